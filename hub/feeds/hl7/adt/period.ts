import type { Period } from 'fhir/r4';
import { parsePartialDate } from '../../../../fhir/partial-date.ts';
import { readTime, type ReadTime } from '../date-time.ts';
import type { Dialect } from '../dialect.ts';
import type { VisitState } from './visit-state.ts';

/**
 * When a visit began and ended: PV1-44 and PV1-45; for one that is expected PV2-8; else when the admission or the discharge
 * happened. Never when a message was sent (T1). What cannot be read stays as it was written, and the visit is undated.
 */
export function periodOf(state: VisitState, dialect: Dialect, doubts: string[]): Period | undefined {
  const arrival = state.said('PV1', 44)?.at(44) ?? '';
  const expected = state.phase === 'planned' ? (state.said('PV2', 8)?.at(8) ?? '') : '';
  const start = stated(arrival || expected, state.admitted, dialect, doubts);
  const end = state.ended === undefined ? undefined : stated(state.ended.stated, state.ended.event, dialect, doubts);
  if (start === undefined) doubts.push('A visit whose beginning nobody stated');
  if (isAhead(start, state)) doubts.push('A visit that begins more than a day after it was told to have begun');
  if (start === undefined && end === undefined) return undefined;
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}

/** Told as it is stated all the same: which of two times is the slip, nobody here can know. */
function isAhead(start: string | undefined, { phase, admitted }: VisitState): boolean {
  const from = parsePartialDate(start)?.start;
  if (from === undefined || admitted?.instant === undefined || phase === 'planned') return false;
  return from > admitted.instant + 86_400_000;
}

function stated(text: string, event: ReadTime | undefined, dialect: Dialect, doubts: string[]): string | undefined {
  if (text === '') return event?.value;
  const read = readTime(text);
  if (read.doubt !== undefined) doubts.push(`${read.doubt} (PV1-44, PV1-45)`);
  return read.value === undefined ? text : habitual(read.value, dialect);
}

/** A time as this system means it: midnight may be its word for a time that nobody stated. */
export function habitual(value: string, { midnightIsUnknown }: Dialect): string {
  return midnightIsUnknown && value.slice(10).startsWith('T00:00:00') ? value.slice(0, 10) : value;
}
