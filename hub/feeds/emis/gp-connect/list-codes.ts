import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { object, objects, words } from './read.ts';

/** GP Connect's lists by their SNOMED CT codes: what part of the record each stands for. */
const areaOfList = new Map<string, Area>([
  ['886921000000105', 'allergies'],
  ['1103671000000101', 'allergies'],
  ['933361000000108', 'medications'],
  ['717711000000103', 'problems'],
  ['1149501000000101', 'consultations'],
  ['1102181000000102', 'immunisations'],
  ['887191000000108', 'investigations'],
  ['792931000000107', 'referrals'],
  ['714311000000108', 'diary'],
  ['826501000000100', 'uncategorised'],
]);

export type Area =
  | 'allergies'
  | 'medications'
  | 'problems'
  | 'consultations'
  | 'immunisations'
  | 'investigations'
  | 'referrals'
  | 'diary'
  | 'uncategorised'
  | 'appointments';

/** The part of the record that a list is of; lists of what a part brought along (`problems-medications-…`) go with that part. */
export function areaOf(list: JsonObject): Area | undefined {
  const codes = listCodes(list);
  const own = codes.map((code) => areaOfList.get(code)).find((area) => area !== undefined);
  if (own !== undefined) return own;
  if (consultationPart(list) !== undefined || codes.some((code) => code.startsWith('consultations-')))
    return 'consultations';
  return codes.some((code) => code.startsWith('problems-')) ? 'problems' : undefined;
}

/** Lists that hold one consultation together: the consultation, its topics, their headings. */
const withinConsultation = new Map<string, 'consultation' | 'topic' | 'heading'>([
  ['325851000000107', 'consultation'],
  ['25851000000105', 'topic'],
  ['24781000000107', 'heading'],
]);

export function listCodes(list: JsonObject): string[] {
  return objects(object(list['code'])?.['coding']).flatMap(({ code }) => words(code) ?? []);
}

/** Which part of a consultation a List is; undefined for a list of the record. */
export function consultationPart(list: JsonObject | undefined): 'consultation' | 'topic' | 'heading' | undefined {
  if (list === undefined || typeOf(list) !== 'List') return undefined;
  return listCodes(list)
    .map((code) => withinConsultation.get(code))
    .find((one) => one !== undefined);
}
