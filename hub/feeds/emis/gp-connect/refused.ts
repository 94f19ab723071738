import type { FhirResource, List } from 'fhir/r4';
import { type JsonObject, typeOf } from '../../../resource/json.ts';
import type { Told } from '../../format.ts';
import { notice } from './lists.ts';
import { readingOf } from './reading.ts';
import { refusalCodes } from './refusal.ts';

const refusals = ['NO_PATIENT_CONSENT', 'PATIENT_NOT_FOUND'] as const;
type Refusal = (typeof refusals)[number];

/** The practice's refusal to tell of this one person, when that is what an answer says. */
export function refusalOf(resources: readonly JsonObject[]): Refusal | undefined {
  const codes = new Set(resources.filter((one) => typeOf(one) === 'OperationOutcome').flatMap(refusalCodes));
  return refusals.find((one) => codes.has(one));
}

/** The hub's own word for a record that it asked for and did not get. */
export const unansweredCode = 'HUB_GOT_NO_ANSWER';

/** Whether this is the hub's note that it got no answer. */
export function isUnanswered(resources: readonly JsonObject[]): boolean {
  return resources.some((one) => typeOf(one) === 'OperationOutcome' && refusalCodes(one).includes(unansweredCode));
}

/** What the clinician reads while the last asking brought nothing (silent gap): what was told before stays. */
export function noticeOfNoAnswer(note: readonly JsonObject[], subject: string, organisation: string): List {
  return notice(
    'list-unanswered',
    'When it was last asked, the GP practice’s system gave no answer that could be used. What it sent before is shown; anything later is missing.',
    readingOf(note, subject, organisation, []),
  );
}

/**
 * What is told after a practice refused, and what the clinician reads. Where the person has said no, nothing of the record stays
 * but who it was about (leaked record). Where they are not found, what was told before may be all there will ever be (they moved,
 * or died): it stays, and says that it is kept up to date no more (silent gap).
 */
export function tellRefusal(
  refusal: readonly JsonObject[],
  before: { resources: readonly FhirResource[]; doubts: readonly string[] },
  subject: string,
  organisation: string,
): Told {
  const reading = readingOf(refusal, subject, organisation, []);
  const person = before.resources.filter(({ resourceType }) => resourceType === 'Patient');
  // Nobody is told anything of a person whose record was never seen.
  if (person.length === 0) return { resources: [], doubts: [] };
  if (refusalOf(refusal) === 'NO_PATIENT_CONSENT') {
    const said: List = notice(
      'list-refused',
      'The GP record is not shown: the practice has recorded that this person does not want it shared. Items are excluded.',
      reading,
      true,
    );
    return { resources: [...person, said], doubts: [] };
  }
  const said: List = notice(
    'list-refused',
    'The GP practice no longer finds this person among its patients. What it sent before is shown; anything later is missing.',
    reading,
  );
  return { resources: [...before.resources, said], doubts: [...before.doubts] };
}
