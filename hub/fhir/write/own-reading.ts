import { isDeepStrictEqual } from 'node:util';
import type { Observation } from 'fhir/r4';
import { observationOf, readingOf, readingProblems } from '../../../fhir/own-reading.ts';
import type { ResourceType } from '../../../fhir/resource-types.ts';
import type { Reader } from '../../access/reader.ts';
import type { JsonObject } from '../../resource/json.ts';
import { unfit } from './check.ts';

/** Clocks of phones are off by a little; what is said to be measured later than this is a mistyped day. */
const aheadMs = 10 * 60_000;
const oldestMs = 366 * 24 * 3_600_000;

/** Whether this is what a person shares of themself: their readings, told by the source `patient` and by no app or organisation. */
export function isOwnReading(reader: Reader, type: ResourceType): boolean {
  return type === 'Observation' && reader.readings === true && reader.access.ground === 'self';
}

/**
 * Throws 422 unless it is exactly what a person may share: one weight or blood pressure within what is possible, taken within
 * the last year, in the form of `observationOf`; or one shared before, the same in all but that it was entered in error. What a
 * clinician reads as the person's own words holds nothing else.
 */
export function checkOwnReading(resource: JsonObject, standing: string | undefined, patient: string): void {
  const stated = told(resource);
  if (standing !== undefined) {
    const before = told(JSON.parse(standing) as JsonObject);
    if (isDeepStrictEqual(stated, { ...before, status: 'entered-in-error' })) return;
    throw unfit([
      'A reading that was shared is not changed. Say that it was entered in error, and share the right one.',
    ]);
  }
  const { effectiveDateTime: takenAt } = stated;
  const reading = readingOf(stated);
  const at = Date.parse(takenAt ?? '');
  if (reading === undefined || takenAt === undefined || !/T.*(Z|[+-]\d\d:\d\d)$/.test(takenAt) || Number.isNaN(at)) {
    throw unfit(['It is no weight or blood pressure with the time at which it was taken.']);
  }
  const problems = readingProblems(reading);
  if (at > Date.now() + aheadMs) problems.push('It is said to be taken later than now.');
  if (at < Date.now() - oldestMs) problems.push('It was taken more than a year ago.');
  if (problems.length > 0) throw unfit(problems);
  if (!isDeepStrictEqual(stated, plain(observationOf(`Patient/${patient}`, reading, takenAt))))
    throw unfit(['It says more, or something else, than a weight or blood pressure that a person shares.']);
}

/** What it says, without what the hub itself writes on it. */
function told({ id: _id, meta: _meta, ...resource }: JsonObject): Partial<Observation> {
  return plain(resource) as Partial<Observation>;
}

function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
