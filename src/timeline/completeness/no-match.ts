import { count } from '../words.ts';
import { type CompletenessFacts, failedIds, loadedCount, readBackTo } from './facts.ts';

const older = { loading: 'Older entries are still loading.', stopped: 'Older entries were not loaded.', all: '' };

/**
 * "No matches" with its scope, so that it never reads as "never happened" (misreading 16): how much was searched, back to
 * when, what was not searched, and that not everything could be read. Nothing where something is shown, or nothing is hidden.
 */
export function noMatchWords(facts: CompletenessFacts): string | undefined {
  if (facts.hiddenBy === undefined || facts.shown + facts.folded > 0 || facts.hidden === 0) return undefined;
  const date = readBackTo(facts);
  const loaded = `${count(loadedCount(facts), 'loaded entry', 'loaded entries')}${date === undefined ? '' : `, back to ${date}`}`;
  const searched = facts.hiddenBy !== 'filters';
  return [
    searched ? `No matches in ${loaded}.` : `No entry passes the filters: they hide all ${loaded}.`,
    searched && facts.hiddenBy === 'both' ? 'Filters are on as well.' : '',
    searched ? 'Letters were not searched. Nor were medicines and results inside entries.' : '',
    older[facts.status],
    failedIds(facts).length === 0 ? '' : 'Not all could be read: what is looked for may be among what is missing.',
  ]
    .filter(Boolean)
    .join(' ');
}
