import { hash } from 'node:crypto';
import type { Reference } from 'fhir/r4';
import { isResourceType } from '../../../../fhir/resource-types.ts';
import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { conceptWords, identifier } from './datatypes.ts';
import { spokenName } from './names.ts';
import { ownId } from './own-ids.ts';
import { extensions, object, objects, some, words } from './read.ts';

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
  const byKey = new Map(resources.map((one) => [`${typeOf(one)}/${words(one['id']) ?? ''}`, one]));
  const person = resources.find((one) => typeOf(one) === 'Patient');
  const idOf = (resource: JsonObject) => {
    return ownId(words(resource['id']) ?? made(resource), organisation);
  };
  const find = (reference: unknown, owner?: JsonObject): JsonObject | undefined => {
    const written = words(object(reference)?.['reference']);
    if (written === undefined) return undefined;
    if (written.startsWith('#')) return objects(owner?.['contained']).find(({ id }) => id === written.slice(1));
    return byKey.get(keyOf(written) ?? '');
  };
  const nameOf = (resource: JsonObject): string | undefined => {
    if (typeOf(resource) === 'PractitionerRole') {
      const who = find(resource['practitioner']);
      return who === undefined ? words(object(resource['practitioner'])?.['display']) : nameOf(who);
    }
    return nameOfResource(resource);
  };
  const refer = (reference: unknown, owner?: JsonObject): Reference | undefined => {
    const sent = object(reference);
    if (sent === undefined) return undefined;
    const target = find(sent, owner);
    // A role is told for who holds it: what is read beside an entry is a name.
    if (target !== undefined && typeOf(target) === 'PractitionerRole' && find(target['practitioner']) !== undefined) {
      return refer(target['practitioner']);
    }
    const display = words(sent['display']) ?? (target === undefined ? undefined : nameOf(target));
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
  const madeFrom = new Map(
    resources
      .filter((one) => typeOf(one) === 'Condition')
      .flatMap((problem) =>
        extensions(problem, 'ActualProblem').map(
          ({ valueReference }) => [keyOf(words(object(valueReference)?.['reference']) ?? '') ?? '', problem] as const,
        ),
      ),
  );
  return {
    subject,
    organisation,
    patient: { reference: `Patient/${subject}`, display: person === undefined ? undefined : fileName(person) },
    idOf,
    find,
    refer,
    referAll: (references, owner) => some(objects(references).map((one) => refer(one, owner))),
    problemsOf: (resource) =>
      some(
        (problems.get(`${typeOf(resource)}/${words(resource['id']) ?? ''}`) ?? []).map((reference) =>
          refer({ reference }),
        ),
      ),
    problemMadeFrom: (entry) => madeFrom.get(`${typeOf(entry)}/${words(entry['id']) ?? ''}`),
    doubt: (sentence) => doubts.push(sentence),
  };
}

/**
 * Problems by what belongs to them. A problem names its entries (RelatedClinicalContent); they are told with a link to the
 * problem instead, because what points at something sensitive is as sensitive as that, and not the other way about.
 */
function linkedProblems(resources: readonly JsonObject[]): Map<string, string[]> {
  const byItem = new Map<string, string[]>();
  for (const problem of resources.filter((one) => typeOf(one) === 'Condition' && words(one['id']) !== undefined)) {
    for (const related of extensions(problem, 'RelatedClinicalContent')) {
      const item = keyOf(words(object(related['valueReference'])?.['reference']) ?? '');
      if (item !== undefined) byItem.set(item, [...(byItem.get(item) ?? []), `Condition/${words(problem['id'])}`]);
    }
  }
  return byItem;
}

/** The same for the same resource told again, so that a replay meets it. */
function made(resource: JsonObject): string {
  const number = identifier(resource['identifier']);
  const own = number === undefined ? JSON.stringify(resource) : `${number.system ?? ''}|${number.value ?? ''}`;
  return `made-${hash('sha256', own, 'hex').slice(0, 40)}`;
}

/** `Type/id` at the end of a reference, whole address or relative. */
export function keyOf(reference: string): string | undefined {
  return /(?:^|\/)([A-Z][A-Za-z]+\/[^/?#|\s]+)(?:\/_history\/[^/]+)?$/.exec(reference)?.[1];
}

/** `SMITH, Jane`. */
function fileName(person: JsonObject): string | undefined {
  const names = objects(person['name']);
  const official = names.find(({ use }) => use === 'official') ?? names[0];
  const family = words(official?.['family']);
  const given = words(official?.['given']);
  return family === undefined
    ? spokenName(official)
    : [family.toUpperCase(), ...(given === undefined ? [] : [given])].join(', ');
}

function nameOfResource(resource: JsonObject): string | undefined {
  switch (typeOf(resource)) {
    case 'Practitioner':
      return spokenName(resource['name']);
    case 'Patient':
      return fileName(resource);
    case 'Encounter':
      return conceptWords(resource['type']);
    case 'DocumentReference':
      return conceptWords(resource['type']) ?? words(resource['description']);
    case 'ReferralRequest':
      return conceptWords(resource['reasonCode']) ?? words(resource['description']);
    case 'Immunization':
      return undefined;
    default:
      return words(resource['name']) ?? conceptWords(resource['code']);
  }
}
