import { searchableInstant } from '../store/storable.ts';
import type { DateCondition, DateField, Position, RowQuery } from './row-query.ts';
import type { Values } from './statement.ts';

// Column names are written here and nowhere else: nothing of a request becomes SQL text.
const spans: Record<DateField, { start: string; end: string; sort: string }> = {
  date: { start: 'date_start', end: 'date_end', sort: 'coalesce(date_start, date_end)' },
  authored: {
    start: 'authored_start',
    end: 'authored_end',
    sort: 'coalesce(authored_start, authored_end)',
  },
  updated: { start: 'updated', end: `(updated + interval '1 millisecond')`, sort: 'updated' },
};

/** What a row is sorted by: its start, or its end where only that is known; null where neither is. */
export function sortColumn(field: DateField): string {
  return spans[field].sort;
}

/**
 * The conditions of a query besides its compartment and type, as SQL over `resource`.
 * @param isKept whether what a reference leads to is kept from the reader, as SQL of `Type/id`: a row is not found by pointing
 * at what its reader may not know of, and has no such pointer
 */
export function conditionsOf(query: RowQuery, values: Values, isKept: (target: string) => string): string[] {
  const target = `substr(token, strpos(token, '=') + 1)`;
  return [
    ...(query.ids === undefined ? [] : [`id = any(${values.bind(query.ids, 'text[]')})`]),
    ...query.tokens.map((group) => {
      const wanted = values.bind(group, 'text[]');
      if (!group.some(isReference)) return `tokens && ${wanted}`;
      return `tokens && array(select token from unnest(${wanted}) as token where not ${isKept(target)})`;
    }),
    ...query.missing.map(({ prefix, missing }) => {
      const some = `exists (select from unnest(tokens) as token
        where starts_with(token, ${values.bind(prefix, 'text')}) and not ${isKept(target)})`;
      return missing ? `not ${some}` : some;
    }),
    ...query.dates.map((condition) => dateCondition(condition, values)),
    ...(query.after === undefined ? [] : [afterCondition(query, query.after, values)]),
  ];
}

/** `encounter=Encounter/x`; the tokens of codes and identifiers have a bar first. */
function isReference(token: string): boolean {
  return /^[A-Za-z_-]+=[A-Z][A-Za-z]+\//.test(token);
}

/**
 * One date prefix over half-open spans (FHIR R4 search, 3.1.1.4.6). A side that is not known is unbounded: a stay still
 * running reaches into every day after its start. A row with neither side has no date and never matches.
 */
function dateCondition({ field, prefix, span }: DateCondition, values: Values): string {
  const start = `coalesce(${spans[field].start}, '-infinity')`;
  const end = `coalesce(${spans[field].end}, 'infinity')`;
  // Each is bound only where it is used: an unused parameter has no type, and the statement would be refused.
  const from = () => values.bind(searchableInstant(span.start), 'timestamptz');
  const to = () => values.bind(searchableInstant(span.end), 'timestamptz');
  const within = () => `(${start} >= ${from()} and ${end} <= ${to()})`;
  const matches = {
    eq: within,
    ne: () => `not ${within()}`,
    gt: () => `${end} > ${to()}`,
    ge: () => `(${end} > ${to()} or ${within()})`,
    lt: () => `${start} < ${from()}`,
    le: () => `(${start} < ${from()} or ${within()})`,
    sa: () => `${start} >= ${to()}`,
    eb: () => `${end} <= ${from()}`,
  }[prefix];
  return `(${spans[field].sort} is not null and ${matches()})`;
}

/** Rows after a position, in an order that puts rows without the date last whichever way it runs. */
function afterCondition(query: RowQuery, after: Position, values: Values): string {
  const sort = sortColumn(query.sort.field);
  const id = values.bind(after.id, 'text');
  if (after.date === undefined) return `(${sort} is null and id > ${id})`;
  const date = values.bind(after.date, 'timestamptz');
  const beyond = query.sort.descending ? '<' : '>';
  return `(${sort} ${beyond} ${date} or (${sort} = ${date} and id > ${id}) or ${sort} is null)`;
}
