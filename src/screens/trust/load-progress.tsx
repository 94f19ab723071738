import type { CompletenessFacts } from '../../timeline/completeness.ts';
import { loadShare } from '../../timeline/completeness/load-share.ts';

/**
 * How far back loading has got, while it goes on or stands still; its words, with Stop and Load the rest, stand beside it. It runs
 * to and fro where nobody can know how much is to come, and stands still once stopped.
 */
export function LoadProgress({ facts }: { facts: CompletenessFacts }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const share = loadShare(facts);
  if (facts.status === 'all' || (facts.status === 'stopped' && share === undefined)) return null;
  return (
    <progress
      className="mr-2 inline-block h-2 w-20 accent-action"
      aria-label={facts.status === 'stopped' ? 'How far back the record is loaded' : 'Loading the record'}
      value={share}
    />
  );
}
