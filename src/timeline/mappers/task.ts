import type { Task } from 'fhir/r4';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import { type LookContext, nameOf } from '../context.ts';
import { formatDate } from '../dates.ts';
import type { Entry, Kind, State } from '../entry.ts';
import { laneOf } from '../lane.ts';
import { concept, date, items, keyOf, text } from '../read.ts';
import { sourceOf, statementOf } from '../source.ts';
import { capital, inWords, lowerStart, phrases } from '../words.ts';
import { asCarer } from './carer.ts';
import { interweaveConcept } from './interweave.ts';
import { timeCautions } from './times.ts';

/** An assessment or a review (the Interweave guide's Task), with who did it and whether it was done. */
export function mapTask(task: Task, context: LookContext): Entry {
  const code = concept(task.code);
  const description = text(task.description);
  const reason = concept(task.reasonCode);
  const { lane } = laneOf({
    source: sourceOf(task),
    classCode: undefined,
    typeWords: [code, description].filter((word) => word !== undefined),
    placeWords: [],
    placeCodes: [],
  });
  const kind: Kind = /review/i.test(code ?? description ?? '') ? 'review' : 'assessment';
  const start = date(task.executionPeriod?.start) ?? date(task.authoredOn);
  const due = date(task.restriction?.period?.end) ?? date(task.restriction?.period?.start);
  const end = date(task.executionPeriod?.end);
  const state = stateOf(task, start, due, context.now);
  const title = lane === 'mental-health' ? `Mental health ${kind}` : titleOf(kind, code ?? description, reason);
  return {
    key: keyOf(task),
    kind,
    lane,
    state,
    title: state === 'cancelled' ? `Cancelled: ${lowerStart(title)}` : title,
    detail: phrases(
      nameOf(task.owner, task, context),
      nameOf(task.location, task, context),
      lane === 'mental-health' ? undefined : outcomeWords(task),
      state === 'cancelled' && lane !== 'mental-health' ? concept(task.statusReason) : undefined,
    ),
    facts: phrases(
      asCarer(code, description, reason) ? 'As a carer' : undefined,
      ...progressWords(task, state, start, due, end),
    ).slice(0, 3),
    cautions: [
      ...(state === 'unknown' ? ['Not known if done'] : []),
      ...timeCautions(task.executionPeriod, task.authoredOn),
    ],
    start,
    end,
    lasting: false,
    moves: [],
    children: [],
    statements: [statementOf(task)],
  };
}

function titleOf(kind: Kind, name: string | undefined, reason: string | undefined): string {
  const plain = /^(?:assessment|review|task)$/i;
  const own = name === undefined || plain.test(name) ? undefined : capital(inWords(name));
  const planned = /\bun-?planned\b/i.test(reason ?? '')
    ? 'unplanned'
    : /\bplanned\b/i.test(reason ?? '')
      ? 'planned'
      : undefined;
  if (kind === 'assessment') return own ?? 'Care assessment';
  const title = own ?? 'Care review';
  return planned === undefined || /planned/i.test(title) ? title : `${title}: ${planned}`;
}

/** `rejected` and `failed` were never done; a date gone by without a word on it is not known (misreading 6). */
function stateOf(task: Task, start: PartialDate | undefined, due: PartialDate | undefined, now: number): State {
  const status = text(task.status);
  if (status === 'completed') return 'closed';
  if (status === 'cancelled' || status === 'rejected' || status === 'failed') return 'cancelled';
  if (start !== undefined && start.end > now && start.start > now) return 'planned';
  if (status === 'in-progress') return 'open';
  const limit = due ?? date(task.executionPeriod?.start);
  if (limit === undefined) return 'open';
  if (limit.end > now) return due === undefined ? 'planned' : 'open';
  return 'unknown';
}

function progressWords(
  task: Task,
  state: State,
  start: PartialDate | undefined,
  due: PartialDate | undefined,
  end: PartialDate | undefined,
): (string | undefined)[] {
  const dueWords = due === undefined ? undefined : `due ${formatDate(due)}`;
  if (state === 'closed') return [doneWords(start, end)];
  if (state === 'planned') return ['Arranged', dueWords];
  if (state === 'cancelled') return [text(task.status) === 'rejected' ? 'not accepted' : undefined];
  if (state === 'unknown') return [dueWords];
  if (text(task.status) === 'on-hold') return ['On hold', dueWords];
  if (text(task.status) === 'in-progress') {
    return ['started', dueWords];
  }
  return [text(task.status) === 'accepted' ? 'accepted, not started' : 'asked for, not started', dueWords];
}

/** The day it was done, where that is not the day its row stands at. */
function doneWords(start: PartialDate | undefined, end: PartialDate | undefined): string {
  if (end === undefined || (start !== undefined && formatDate(start) === formatDate(end))) return 'done';
  return `done ${formatDate(end)}`;
}

/** Outcome the source states: business status, or an output in words. Never a score or a narrative (look.md). */
function outcomeWords(task: Task): string | undefined {
  const stated = concept(task.businessStatus) ?? interweaveConcept(task, 'SocialCareAssessmentOutcome');
  if (stated !== undefined) return `Outcome: ${stated}`;
  for (const output of items(task.output)) {
    if (!/outcome/i.test(concept(output.type) ?? '')) continue;
    const words = concept(output.valueCodeableConcept) ?? text(output.valueString);
    if (words !== undefined) return `Outcome: ${words}`;
  }
  return undefined;
}
