import type { JsonObject } from '../../../resource/json.ts';
import { object, objects, words } from './read.ts';

/** Why a practice's system gave no record, in a sentence for the operator; no patient data. */
const reasons = new Map<string, string>([
  [
    'PATIENT_NOT_FOUND',
    'The practice’s system did not find this person among those it may tell of: not registered there, no longer registered, ' +
      'died, sensitive, or the NHS number not verified.',
  ],
  ['NO_PATIENT_CONSENT', 'The person has said at the practice that their record is not to be shared.'],
  ['INVALID_NHS_NUMBER', 'The practice’s system does not take the NHS number for one.'],
  ['INVALID_PATIENT_DEMOGRAPHICS', 'The practice’s system holds other demographics for this person.'],
  ['NO_ORGANISATIONAL_CONSENT', 'The practice does not share records with this organisation.'],
  ['ACCESS_DENIED', 'The practice’s system does not let this hub read.'],
]);

/** The codes of an OperationOutcome: Spine's own (`PATIENT_NOT_FOUND`) where there are any, else FHIR's (`not-found`). */
export function refusalCodes(outcome: JsonObject): string[] {
  const codes = objects(outcome['issue']).flatMap(({ details, code }) => {
    const spine = objects(object(details)?.['coding']).flatMap(({ code }) => words(code) ?? []);
    return spine.length > 0 ? spine : (words(code) ?? []);
  });
  return [...new Set(codes.map((code) => code.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 40)))];
}

/** What an OperationOutcome says, as a sentence. Its own words are left out: they may name the person. */
export function refusalReason(outcome: JsonObject): string {
  const codes = refusalCodes(outcome);
  const known = codes.map((code) => reasons.get(code)).find((reason) => reason !== undefined);
  const named = codes.length === 0 ? 'no reason' : codes.join(', ');
  return known === undefined
    ? `The practice’s system answered with an error and no record (${named}).`
    : `${known} (${named})`;
}
