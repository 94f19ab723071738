import { formatClock } from '../dates.ts';
import { asAtWords, dateWords, nameOfSource, serviceOf } from '../source-words.ts';
import type { CompletenessFacts } from './facts.ts';
import type { Notice } from './notice.ts';

/** Sources that are down, late or sent part only, as the hub states them, and that it could not be asked for them. */
export function sourceNotices(facts: CompletenessFacts): Notice[] {
  const notices: Notice[] = [];
  if (facts.sourcesRead === 'failed') {
    notices.push({
      kind: 'sources-unknown',
      key: 'sources-unknown',
      text: 'Which sources are connected could not be read. Entries may be missing.',
      action: { label: 'Try again', what: 'retry', stream: 'sources' },
    });
  }
  for (const source of facts.sources) {
    const name = nameOfSource(source);
    const asAt = asAtWords(source);
    if (source.status === 'failed') {
      const when = facts.readAt === undefined ? '' : ` at ${formatClock(facts.readAt)}`;
      notices.push({
        kind: 'source-down',
        key: `source-down:${source.id}`,
        text: `${name} could not be read${when}. ${asAt === undefined ? '' : `What is shown of them is from ${asAt}. `}Entries may be missing.`,
        action: { label: 'Try again', what: 'retry', stream: 'sources' },
      });
    } else if (source.status === 'late') {
      const from = asAt === undefined ? 'are late' : `are from ${asAt}`;
      notices.push({
        kind: 'late',
        key: `late:${source.id}`,
        // The service alone: nobody has to do anything in the system behind it.
        text: `${serviceOf(source)} ${from}. Later ${laterThings(source.id)} may be missing.`,
      });
    } else if (source.status === 'partial') {
      const starts = dateWords(source.startsFrom);
      const before = starts === undefined ? '' : ` Nothing is there from before ${starts}.`;
      notices.push({
        kind: 'truncated',
        key: `truncated:${source.id}`,
        // Where in time it lacks something, nobody knows.
        text: `${name}: only part was read. Entries may be missing.${before}`,
      });
    }
  }
  return notices;
}

function laterThings(source: string): string {
  if (source === 'adastra') return 'calls and visits';
  return source === 'liquidlogic' ? 'requests, assessments and services' : 'entries';
}
