import type { ReadTime } from '../date-time.ts';
import type { Segment } from '../message.ts';
import type { VisitStep } from './events.ts';
import type { VisitMessage } from './visit-message.ts';

/** How a visit stands once all that was said of it is counted together. */
export interface VisitState {
  phase: 'planned' | 'here' | 'away' | 'gone' | 'cancelled';
  /** The segment that states a field of PV1 or PV2 last; undefined when nobody does, or it was taken back. */
  said: (segment: 'PV1' | 'PV2', field: number) => Segment | undefined;
  /** When it began, where only the event says so (EVN-6): PV1-44 counts first. When it was recorded says nothing of it. */
  admitted: ReadTime | undefined;
  /** When it ended, as the discharge says it; undefined while it lasts. */
  ended: { stated: string; event: ReadTime | undefined } | undefined;
  /** Segments of the last message that brought a list of them. */
  list: (segment: 'DG1' | 'PR1') => Segment[];
}

const fields = 52;
const dischargeFields = [36, 37, 45];

/** Counts together what was said of a visit, in order. An empty field says nothing; null takes back; a cancellation undoes. */
export function stateOf(messages: readonly VisitMessage[]): VisitState {
  const said = new Map<string, Segment>();
  const lists = new Map<string, Segment[]>();
  let phase: VisitState['phase'] | undefined;
  let admitted: ReadTime | undefined;
  let ended: VisitState['ended'];
  const wasAdmitted = messages.some(({ step }) => step === 'admit');
  for (const { step, message, stated } of messages) {
    const pv1 = message.first('PV1');
    const skipped = skippedFields(step, wasAdmitted);
    for (const segment of [pv1, message.first('PV2')]) {
      if (segment === undefined) continue;
      for (let field = 1; field <= fields; field += 1) {
        if (!segment.states(field) || (segment.name === 'PV1' && skipped.includes(field))) continue;
        if (segment.isNull(field)) said.delete(`${segment.name}-${field}`);
        else said.set(`${segment.name}-${field}`, segment);
      }
    }
    for (const name of ['DG1', 'PR1']) {
      if (message.all(name).length > 0) lists.set(name, message.all(name));
    }
    if (pv1?.isNull(45) === true) ended = undefined;
    const end = skipped.includes(45) || step === 'undo-admit' ? '' : (pv1?.at(45) ?? '');
    if (step === 'discharge') ended = { stated: end || said.get('PV1-45')?.at(45) || '', event: stated };
    else if (end !== '') ended = { stated: end, event: undefined };
    if (step === 'admit') admitted = stated;
    if (step === 'undo-discharge' || step === 'undo-admit') {
      ended = undefined;
      for (const field of dischargeFields) said.delete(`PV1-${field}`);
    }
    phase = phaseAfter(step, phase ?? firstPhase(pv1), pv1, wasAdmitted);
  }
  return {
    phase: ended !== undefined && phase !== 'cancelled' ? 'gone' : (phase ?? 'here'),
    said: (segment, field) => said.get(`${segment}-${field}`),
    admitted,
    ended,
    list: (segment) => lists.get(segment) ?? [],
  };
}

/**
 * What a message of this kind repeats without meaning it: a plan's time is not when somebody came, and where a cancelled
 * discharge sent them is not said any more.
 */
function skippedFields(step: VisitStep, wasAdmitted: boolean): readonly number[] {
  if (step === 'undo-discharge') return dischargeFields;
  if (step !== 'plan') return [];
  return wasAdmitted ? [2, 44, ...dischargeFields] : dischargeFields;
}

/** Where updates came before any admission, the class says whether somebody is only expected. */
function firstPhase(pv1: Segment | undefined): VisitState['phase'] {
  return isExpected(pv1) ? 'planned' : 'here';
}

function isExpected(pv1: Segment | undefined): boolean {
  return pv1?.at(2).toUpperCase() === 'P';
}

function phaseAfter(
  step: VisitStep,
  before: VisitState['phase'],
  pv1: Segment | undefined,
  wasAdmitted: boolean,
): VisitState['phase'] {
  if (step === 'plan') return wasAdmitted ? before : 'planned';
  if (step === 'undo-plan') return wasAdmitted ? before : 'cancelled';
  // Back on the list of those who are to come, where the cancellation says so.
  if (step === 'undo-admit') return isExpected(pv1) ? 'planned' : 'cancelled';
  return phases[step] ?? before;
}

const phases: Readonly<Partial<Record<VisitStep, VisitState['phase']>>> = {
  admit: 'here',
  return: 'here',
  leave: 'away',
  discharge: 'gone',
  'undo-discharge': 'here',
};
