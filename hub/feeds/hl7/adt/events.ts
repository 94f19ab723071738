/** What an ADT event does to a visit. */
export type VisitStep =
  | 'plan'
  | 'admit'
  | 'update'
  | 'move'
  | 'undo-move'
  | 'leave'
  | 'return'
  | 'discharge'
  | 'undo-discharge'
  | 'undo-admit'
  | 'undo-plan';

/** The events that speak of a visit (HL7 v2.4 chapter 3). */
export const visitSteps: Readonly<Record<string, VisitStep>> = {
  A01: 'admit',
  A02: 'move',
  A03: 'discharge',
  A04: 'admit',
  A05: 'plan',
  A06: 'update',
  A07: 'update',
  A08: 'update',
  A11: 'undo-admit',
  A12: 'undo-move',
  A13: 'undo-discharge',
  A14: 'plan',
  A15: 'update',
  A16: 'update',
  A21: 'leave',
  A22: 'return',
  A27: 'undo-plan',
  A38: 'undo-plan',
};

/** Events that speak of the person alone. A08 does so where it names no visit. */
export const personEvents: ReadonlySet<string> = new Set(['A28', 'A31']);

/** Events that say of two records that they are one: the record of MRG-1 goes. */
export const mergeEvents: ReadonlySet<string> = new Set(['A34', 'A40']);

/** The event that says they are not after all. */
export const unmergeEvent = 'A37';

/** Of what was said at the same moment, the order in which it must have happened. */
export const order: readonly VisitStep[] = [
  'plan',
  'undo-plan',
  'admit',
  'update',
  'move',
  'undo-move',
  'leave',
  'return',
  'discharge',
  'undo-discharge',
  'undo-admit',
];
