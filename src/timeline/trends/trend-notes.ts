import type { SourceFacts } from '../completeness.ts';
import { sourceLine } from '../completeness.ts';
import { count } from '../words.ts';
import type { Trends } from './series.ts';

export interface NoteFacts {
  sources: readonly SourceFacts[];
  sourcesRead: 'loading' | 'read' | 'failed';
  withheld: 'none' | 'some';
}

/** Sentences about what may be missing from results over time: the sources' own state, and what is withheld (T3). */
export function gapNotes({ sources, sourcesRead, withheld }: NoteFacts): string[] {
  const notes: string[] = [];
  if (sourcesRead === 'failed') {
    notes.push('Which sources are connected could not be read. Results may be missing.');
  }
  for (const source of sources) {
    const { name } = sourceLine(source);
    if (source.status === 'failed') notes.push(`${name} could not be read. Results may be missing.`);
    if (source.status === 'partial') notes.push(`${name}: only part was read. Results may be missing.`);
    if (source.status === 'late') {
      notes.push(`${name} are ${sourceLine(source).age.replace(': ', ', ')}. Later results may be missing.`);
    }
  }
  if (withheld === 'some') notes.push('Some information is not shown to you, for privacy.');
  return notes;
}

/** Who told the readings, and of how many who could have: `Told by 2 of 5 connected sources: GP, UCLH.` */
export function tellersWords(trends: Trends, { sources, sourcesRead }: NoteFacts): string {
  const tellers = new Set([
    ...trends.series.flatMap(({ readings }) => readings.map(({ source }) => source)),
    ...trends.unusable.map(({ source }) => source),
  ]);
  const connected = sources.filter(({ status }) => status !== 'not-connected').length;
  const of = sourcesRead === 'read' && connected >= Math.max(1, tellers.size) ? ` of ${connected} connected` : '';
  if (tellers.size === 0) {
    return of === '' ? 'No source sent any.' : `None${of} ${connected === 1 ? 'source' : 'sources'} sent any.`;
  }
  const sourcesWord =
    of === '' ? count(tellers.size, 'source') : `${tellers.size}${of} ${connected === 1 ? 'source' : 'sources'}`;
  return `Told by ${sourcesWord}: ${[...tellers].toSorted((a, b) => a.localeCompare(b, 'en-GB')).join(', ')}.`;
}

/** What was left out or cannot be drawn, counted; undefined where nothing was. */
export function withdrawnWords({ withdrawn }: Trends): string | undefined {
  if (withdrawn === 0) return undefined;
  return `${count(withdrawn, 'result')} marked by the source as entered in error ${withdrawn === 1 ? 'is' : 'are'} not shown.`;
}
