import { lazyPart } from './lazy-part.tsx';
import { OutcomePage } from './outcome-page.tsx';
import type { LaunchFailure } from '../launch/outcome.ts';

/**
 * Why nobody got in, as soon as the words for it are here; a record that opens does without them. Whatever happens, that
 * no record is shown is said, and that this means nothing about what is on record.
 */
export const { Part: LazyLaunchOutcome } = lazyPart<LaunchFailure>(
  async () => (await import('./launch-outcome.tsx')).LaunchOutcomeScreen,
  {
    waiting: 'No record is shown.',
    failed:
      'No record is shown, and why could not be shown either: a part of this page did not arrive. This does not mean that there is nothing on record.',
    frame: (told) => (
      <OutcomePage>
        <h1 className="mb-3 text-2xl leading-tight">Not opened</h1>
        {told}
      </OutcomePage>
    ),
  },
);
