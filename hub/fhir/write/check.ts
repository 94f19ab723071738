import type { Identifier } from 'fhir/r4';
import { parseNhsNumber } from '../../../fhir/nhs-number.ts';
import type { ResourceType } from '../../../fhir/resource-types.ts';
import { nhsNumberSystem, nhsNumberVerificationExtension } from '../../../fhir/systems.ts';
import { labelBits, maskOf } from '../../access/labels.ts';
import type { JsonObject } from '../../resource/json.ts';
import { isObject, walkObjects } from '../../resource/json.ts';
import { aboutOf } from '../../resource/about.ts';
import { FhirError } from '../fhir-error.ts';

/** UK Core NHSNumberVerificationStatusEngland. */
const verificationCodes = new Set(['01', '02', '03', '04', '05', '06', '07', '08']);

/** Whom a write may be about: the one person of the token, and their NHS number where they have one. */
export interface WriteSubject {
  patient: string;
  nhsNumber: string | undefined;
}

/**
 * Checks what an app wants to write, references already in the hub's own form, for everything but its structure
 * (structure-checks.ts). Throws 422 with every problem found, in sentences that repeat no value: NHS numbers, whose it is (it
 * must name the person of the token and nobody else: wrong patient), and labels, which an app that may not see what is
 * labelled does not set.
 */
export function checkWrite(resource: JsonObject, type: ResourceType, subject: WriteSubject): void {
  const problems = [...numberProblems(resource, subject), ...subjectProblems(resource, type, subject)];
  // What the hub itself puts on a person's choice is no label of the app's.
  const ours = type === 'Consent' ? labelBits.own : 0;
  if ((maskOf(resource) & ~ours) !== 0)
    problems.push('It carries a restricting label, which is for the sources of a record to set.');
  if (problems.length > 0) throw unfit(problems);
}

/** 422: it may not be stored as it is. */
export function unfit(problems: readonly string[]): FhirError {
  return new FhirError(422, 'invalid', problems.slice(0, 5).join(' '));
}

function numberProblems(resource: JsonObject, { nhsNumber }: WriteSubject): string[] {
  const problems = new Set<string>();
  walkObjects(resource, (object) => {
    if (object['system'] !== nhsNumberSystem || typeof object['value'] !== 'string') return;
    const stated = parseNhsNumber(object['value']);
    if (stated === undefined || stated !== object['value'])
      problems.add('It holds an NHS number that is not ten digits with a right check digit.');
    else if (stated !== nhsNumber)
      problems.add('It holds an NHS number that is not the number of the person it is for.');
    if (!statesKnownVerification(object))
      problems.add('It holds an NHS number with a verification status that is not known.');
  });
  return [...problems];
}

function statesKnownVerification(identifier: JsonObject): boolean {
  const { extension = [] } = identifier as unknown as Pick<Identifier, 'extension'>;
  return extension
    .filter(({ url }) => url === nhsNumberVerificationExtension)
    .every(({ valueCodeableConcept }) =>
      valueCodeableConcept?.coding?.some(({ code }) => verificationCodes.has(code ?? '')),
    );
}

/** Where the type has an element for the person, it has to name this one; no element may name another. */
function subjectProblems(resource: JsonObject, type: ResourceType, { patient }: WriteSubject): string[] {
  const own = `Patient/${patient}`;
  const { patients } = aboutOf(resource);
  const problems: string[] = [];
  if (!patients.includes(own) && type !== 'Binary') problems.push(`It does not say that it is about ${own}.`);
  let others = false;
  walkObjects(resource, (object) => {
    const { reference, resourceType } = object;
    if (typeof reference === 'string' && /(^|\/)Patient\//.test(reference) && reference !== own) others = true;
    if (resourceType === 'Patient') others = true;
    if (isObject(object['identifier']) && object['type'] === 'Patient' && reference === undefined) others = true;
  });
  if (others) problems.push('It names another person.');
  return problems;
}
