import type { RowQuery } from './row-query.ts';

/**
 * What a search asked, for the audit: the names of its parameters, its dates and its order. Never a token's value: an
 * identifier or a text somebody typed does not belong in an audit that others read.
 */
export function summaryOf(query: RowQuery): string {
  const names = new Set(query.tokens.flat().map((token) => /^[A-Za-z_-]*/.exec(token)?.[0] ?? ''));
  const parts = [
    ...[...names].filter((name) => name !== ''),
    ...query.missing.map(({ prefix, missing }) => `${prefix.replace(/[=|].*$/, '')}:missing=${missing}`),
    ...query.dates.map(({ field, prefix, span }) => `${field}=${prefix}${span.start}/${span.end}`),
    `sort=${query.sort.descending ? '-' : ''}${query.sort.field}`,
    `limit=${query.limit}`,
    ...(query.after === undefined ? [] : ['next page']),
  ];
  return parts.join(' ');
}

/** How many of each type were asked for: `Location 2, Practitioner 4`. */
export function typeCounts(references: readonly { type: string }[]): string {
  const counts = new Map<string, number>();
  for (const { type } of references) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => `${type} ${count}`)
    .join(', ');
}
