import { asAtOf } from '../../pen.ts';
import type { Happening } from '../../../borough/happenings.ts';
import type { Borough, Life } from '../../../borough/truth.ts';

export type CareEvent = Extract<Happening, { kind: `care-${string}` }>;

/** Everything the council knows to have happened or be arranged; empty for somebody who never asked it for anything. */
export function knownEvents(life: Life, borough: Borough): CareEvent[] {
  const asAt = asAtOf('liquidlogic', borough.now);
  const events = life.happenings.filter(
    (event): event is CareEvent =>
      event.kind.startsWith('care-') &&
      (event.start <= asAt || (event.kind === 'care-review' && event.status === 'accepted')),
  );
  return events.some(({ start }) => start <= asAt) ? events : [];
}

/** The council's own number of a person, without the council's code before it. */
export function personIdOf({ person }: Life): string {
  return (person.localNumbers.liquidlogic ?? person.key).replace(/^706-/, '');
}
