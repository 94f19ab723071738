import { isDirectoryType, isResourceType } from '../../../../fhir/resource-types.ts';
import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { type Area, areaOf as areaOfList, consultationPart, listCodes } from './list-codes.ts';
import { objects, words } from './read.ts';
import { keyReferred } from './keys.ts';

const areaOfType = new Map<string, Area>([
  ['AllergyIntolerance', 'allergies'],
  ['MedicationStatement', 'medications'],
  ['MedicationRequest', 'medications'],
  ['Condition', 'problems'],
  ['Encounter', 'consultations'],
  ['Immunization', 'immunisations'],
  ['DiagnosticReport', 'investigations'],
  ['Specimen', 'investigations'],
  ['ReferralRequest', 'referrals'],
  ['ProcedureRequest', 'diary'],
  ['Observation', 'uncategorised'],
  ['QuestionnaireResponse', 'uncategorised'],
  ['DocumentReference', 'consultations'],
  ['Binary', 'consultations'],
  ['Appointment', 'appointments'],
]);

/**
 * The parts of the record that an answer covers: the practice's system sends the list of every part it was asked for, an empty
 * one too. An answer about allergies says nothing of consultations.
 */
export function areasOf(resources: readonly JsonObject[]): Area[] {
  const areas = new Set<Area>();
  for (const one of resources) {
    if (typeOf(one) === 'Appointment') areas.add('appointments');
    // What holds a consultation together, or came along with something, covers nothing by itself.
    if (typeOf(one) !== 'List' || consultationPart(one) !== undefined || isSecondary(one)) continue;
    const area = areaOfList(one);
    if (area !== undefined) areas.add(area);
  }
  return [...areas].sort();
}

/**
 * What stands of a person's record when several answers are kept, newest first: of each part the newest answer that covers it,
 * so that a new record takes the place of the last one wholly, and an answer about one part takes nothing of the others away.
 */
export function standing(answers: readonly (readonly JsonObject[])[]): JsonObject[] {
  const [newest = []] = answers;
  const told = new Map(newest.map((one, place) => [keyIn(one, place), one]));
  const covered = new Set(areasOf(newest));
  for (const older of answers.slice(1)) {
    const results = reported(older);
    for (const [place, one] of older.entries()) {
      const key = keyIn(one, place);
      const area = areaOf(one, results);
      if (!told.has(key) && (area === undefined ? isCarried(one) : !covered.has(area))) told.set(key, one);
    }
    for (const area of areasOf(older)) covered.add(area);
  }
  return [...told.values()];
}

function areaOf(one: JsonObject, results: ReadonlySet<string>): Area | undefined {
  const type = typeOf(one);
  if (type === 'List') return areaOfList(one);
  if (type === 'Observation' && results.has(`Observation/${words(one['id']) ?? ''}`)) return 'investigations';
  return areaOfType.get(type);
}

function isSecondary(list: JsonObject): boolean {
  return listCodes(list).some((code) => /^(?:consultations|problems)-/.test(code));
}

/** Who it is about, and staff, places and medicines' names: what stays may refer to them. */
function isCarried(one: JsonObject): boolean {
  const type = typeOf(one);
  return type === 'Patient' || (isResourceType(type) && isDirectoryType(type));
}

function reported(answer: readonly JsonObject[]): Set<string> {
  return new Set(
    answer
      .filter((one) => typeOf(one) === 'DiagnosticReport')
      .flatMap((report) => objects(report['result']).flatMap((one) => keyReferred(one) ?? [])),
  );
}

/** A list of the record has no id of its own: its code names it. */
function keyIn(one: JsonObject, place: number): string {
  const type = typeOf(one);
  if (type === 'Patient') return 'Patient';
  const id = words(one['id']) ?? (type === 'List' ? listCodes(one)[0] : undefined);
  return id === undefined ? `${type}#${place}${JSON.stringify(one)}` : `${type}/${id}`;
}
