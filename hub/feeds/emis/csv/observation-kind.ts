import { conceptIds } from './codes.ts';
import { guid, type Row } from './row.ts';
import type { Telling } from './told.ts';

/** What a row of the Observation table is, of the many things that EMIS keeps there. */
export type ObservationKind =
  | 'problem'
  | 'allergy'
  | 'family-history'
  | 'immunisation'
  | 'referral'
  | 'document'
  | 'request'
  | 'value'
  | 'group'
  | 'investigation'
  | 'finding';

/** SNOMED CT: no known allergy, and none of one kind. They are statements about allergies whatever their row is called. */
const noKnownAllergies = new Set(['716186003', '409137002', '428607008', '429625007', '1003774007']);

/** Whether it says that there are no allergies, or none of a kind. */
export function saysNone({ words }: Pick<Telling, 'words'>, row: Row): boolean {
  return conceptIds(words.concept(guid(row['CodeId']))).some((concept) => noKnownAllergies.has(concept));
}

/** By its type, and by the rows of other tables that go with it. */
export function kindOf({ rows, words }: Telling, name: string, row: Row): ObservationKind {
  if (saysNone({ words }, row)) return 'allergy';
  const type = (row['ObservationType'] ?? '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, ' ')
    .trim();
  if (rows.one('CareRecord_ObservationReferral', name) !== undefined) return 'referral';
  const kind = byType.get(type);
  if (kind !== undefined) return kind;
  if (row['Value'] !== undefined) return 'value';
  if (childrenOf({ rows }, name).length > 0) return 'group';
  if (type === 'test request') return 'request';
  if (type === 'investigation' || type === 'value') return 'investigation';
  return rows.one('CareRecord_Problem', name) === undefined ? 'finding' : 'problem';
}

const byType: ReadonlyMap<string, ObservationKind> = new Map([
  ['allergy', 'allergy'],
  ['family history', 'family-history'],
  ['immunisation', 'immunisation'],
  ['referral', 'referral'],
  ['document', 'document'],
]);

/** The rows that name this one as their parent. */
export function childrenOf({ rows }: Pick<Telling, 'rows'>, name: string): readonly (readonly [string, Row])[] {
  return rows.by('CareRecord_Observation', 'ParentObservationGuid', name).filter(([child]) => child !== name);
}

const observed = new Set<ObservationKind>(['value', 'finding', 'investigation', 'family-history']);

/** Those of them that are told as Observations of their own. */
export function observationsUnder(telling: Telling, name: string): readonly (readonly [string, Row])[] {
  return childrenOf(telling, name).filter(([child, row]) => observed.has(kindOf(telling, child, row)));
}

/**
 * Whether an entry is told as a problem of the person's own: it is on the problem list, and no relative's (misreading 7).
 */
export function isProblem(telling: Telling, name: string | undefined): name is string {
  if (name === undefined || telling.rows.one('CareRecord_Problem', name) === undefined) return false;
  const row = telling.rows.one('CareRecord_Observation', name);
  return row !== undefined && kindOf(telling, name, row) !== 'family-history';
}
