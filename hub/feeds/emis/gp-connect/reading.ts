import { hash } from 'node:crypto';
import type { Reference } from 'fhir/r4';
import { isResourceType } from '../../../../fhir/resource-types.ts';
import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { identifier } from './datatypes.ts';
import { keyOf, ownKey } from './keys.ts';
import { ownId } from './own-ids.ts';
import { linkedProblems, problemsMade } from './problem-links.ts';
import { object, objects, some, words } from './read.ts';
import { fileName, nameOfResource } from './resource-names.ts';

/** A record while it is put into R4: who it is about, and what its references lead to. */
export interface Reading {
  /** The person's id as told. */
  subject: string;
  /** ODS code of the practice. */
  organisation: string;
  /** The person, for `subject` and its like. */
  patient: Reference;
  /** The resource's id as told; made from its number, else from its content, where it came without one. */
  idOf(resource: JsonObject): string;
  /** What a reference leads to within the record. */
  find(reference: unknown, owner?: JsonObject): JsonObject | undefined;
  /** The reference in R4, always with words where there are any. */
  refer(reference: unknown, owner?: JsonObject): Reference | undefined;
  referAll(references: unknown, owner?: JsonObject): Reference[] | undefined;
  /** The problems that the practice linked the resource to. */
  problemsOf(resource: JsonObject): Reference[] | undefined;
  /** The problem that was made from this entry (ActualProblem). */
  problemMadeFrom(entry: JsonObject): JsonObject | undefined;
  /** Something odd, for the operator: a sentence without patient data. */
  doubt(sentence: string): void;
}

/** STU3 types that R4 tells as another. */
const renamed = new Map<string, string>([
  ['ReferralRequest', 'ServiceRequest'],
  ['ProcedureRequest', 'ServiceRequest'],
]);

/** Prepares a record of one person for reading; doubts are added to `doubts`. */
export function readingOf(
  resources: readonly JsonObject[],
  subject: string,
  organisation: string,
  doubts: string[],
): Reading {
  const byKey = new Map(resources.map((one) => [ownKey(one), one]));
  const person = resources.find((one) => typeOf(one) === 'Patient');
  const idOf = (resource: JsonObject) => ownId(words(resource['id']) ?? made(resource), organisation);
  const find = (reference: unknown, owner?: JsonObject): JsonObject | undefined => {
    const written = words(object(reference)?.['reference']);
    if (written === undefined) return undefined;
    if (written.startsWith('#')) return objects(owner?.['contained']).find(({ id }) => id === written.slice(1));
    return byKey.get(keyOf(written) ?? '');
  };
  /** Who holds a role: what is read beside an entry is a name. */
  const holderOf = (role: JsonObject | undefined): JsonObject | undefined => {
    const who = role !== undefined && typeOf(role) === 'PractitionerRole' ? find(role['practitioner']) : undefined;
    return who !== undefined && typeOf(who) === 'Practitioner' ? who : undefined;
  };
  const refer = (reference: unknown, owner?: JsonObject): Reference | undefined => {
    const sent = object(reference);
    if (sent === undefined) return undefined;
    const target = find(sent, owner);
    if (holderOf(target) !== undefined) return refer(target?.['practitioner']);
    const display = words(sent['display']) ?? (target === undefined ? undefined : nameOfResource(target));
    const written = words(sent['reference']);
    const [type, id] = (written?.startsWith('#') === true ? undefined : keyOf(written ?? ''))?.split('/') ?? [];
    const told = type === undefined ? undefined : (renamed.get(type) ?? type);
    if (told !== undefined && id !== undefined && isResourceType(told)) {
      return { reference: `${told}/${ownId(id, organisation)}`, display };
    }
    const number = identifier(sent['identifier']) ?? identifier(target?.['identifier']);
    return display === undefined && number === undefined ? undefined : { identifier: number, display };
  };
  const problems = linkedProblems(resources);
  const madeFrom = problemsMade(resources);
  return {
    subject,
    organisation,
    patient: { reference: `Patient/${subject}`, display: person === undefined ? undefined : fileName(person) },
    idOf,
    find,
    refer,
    referAll: (references, owner) => some(objects(references).map((one) => refer(one, owner))),
    problemsOf: (resource) => some((problems.get(ownKey(resource)) ?? []).map((reference) => refer({ reference }))),
    problemMadeFrom: (entry) => madeFrom.get(ownKey(entry)),
    doubt: (sentence) => doubts.push(sentence),
  };
}

/** The same for the same resource told again, so that a replay meets it. */
function made(resource: JsonObject): string {
  const number = identifier(resource['identifier']);
  const own = number === undefined ? JSON.stringify(resource) : `${number.system ?? ''}|${number.value ?? ''}`;
  return `made-${hash('sha256', own, 'hex').slice(0, 40)}`;
}
