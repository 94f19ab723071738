import { type Lane, lanes } from '../../timeline/entry.ts';
import type { Ground } from '../../timeline/overview/grounds.ts';
import type { OverviewLane } from '../../timeline/overview/lanes.ts';

/** A setting nothing was read of because it failed stands as a hatched lane: left out, it would look like no care (T3). */
export function withFailedLanes(found: readonly OverviewLane[], grounds: readonly Ground[]): OverviewLane[] {
  const failed = new Set(grounds.filter(({ kind }) => kind === 'failed').flatMap((ground) => ground.lanes ?? []));
  return lanes.flatMap((lane: Lane) => {
    const its = found.find((candidate) => candidate.lane === lane);
    if (its !== undefined) return [its];
    return failed.has(lane) ? [{ lane, points: new Float64Array(0), bars: [], undated: 0 }] : [];
  });
}
