import { formatTime, formatDateTime, formatDate } from '../../timeline/dates.ts';
import type { Difference, Entry, Joined } from '../../timeline/entry.ts';
import { sourceLabels } from '../feed/source-labels.ts';

/** What each witness is called where they stand side by side, by the key of its entry: its source, and its kind where two share one. */
export function witnessNames({ witnesses }: Joined): Map<string, string> {
  const sources = witnesses.map(({ entry }) => sourceLabels(entry).join(', '));
  const names = witnesses.map(({ entry }, index) => {
    const source = sources[index] ?? '';
    return sources.indexOf(source) === sources.lastIndexOf(source) ? source : `${source}, ${kindOf(entry)}`;
  });
  return new Map(
    witnesses.map(({ entry }, index) => {
      const name = names[index] ?? '';
      const before = names.slice(0, index).filter((other) => other === name).length;
      return [entry.key, before === 0 ? name : `${name} (${before + 1})`];
    }),
  );
}

/** `One event, told by Whittington Hospital and GP. They differ on time and outcome.` (look.md, What is said about gaps) */
export function joinedSentence(joined: Joined): string {
  const sources = [...new Set(joined.witnesses.flatMap(({ entry }) => sourceLabels(entry)))];
  const told = `One event, told ${joined.witnesses.length} times by ${list(sources)}.`;
  const one = sources.length === joined.witnesses.length ? `One event, told by ${list(sources)}.` : told;
  const whats = [...new Set(joined.differences.map(({ what }) => differenceNames[what].toLowerCase()))];
  return whats.length === 0 ? one : `${one} They differ on ${list(whats)}.`;
}

export const differenceNames: Record<Difference['what'], string> = {
  time: 'Time',
  place: 'Place',
  kind: 'Kind',
  reason: 'Reason',
  outcome: 'Outcome',
  state: 'How it stands',
};

/** What one witness says where they differ; one that is silent does not agree, and is said to be silent. */
export function saidBy(difference: Difference, key: string): string {
  return difference.said.find((said) => said.key === key)?.words ?? 'Not stated';
}

/** Another row named in a sentence: `“Emergency department: chest pain” at 22:40`; its day too, where that differs. */
export function otherWords(other: Entry, own: Entry): string {
  const { start } = other;
  if (start === undefined) return `“${other.title}”, date not known`;
  const sameDay = own.start !== undefined && formatDate(own.start) === formatDate(start);
  const time = formatTime(start);
  if (sameDay && time !== undefined) return `“${other.title}” at ${time}`;
  return sameDay ? `“${other.title}” on the same day` : `“${other.title}”, ${formatDateTime(start)}`;
}

function kindOf({ title }: Entry): string {
  return title.split(':')[0]?.toLowerCase() ?? title;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
