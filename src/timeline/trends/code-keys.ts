import { loinc, snomed } from '../../../fhir/systems.ts';

/** A measurement that is asked for under one name, whichever code its writer used. */
export interface Measure {
  id: 'blood-pressure' | 'weight' | 'hba1c' | 'egfr';
  name: string;
  /**
   * Codes (`system|code`) in groups: those of one group mean the same measurement and share a line; different groups are
   * shown under one heading and never on one line, since a change of method looks like a change in the person.
   */
  groups: readonly (readonly string[])[];
}

const l = (code: string): string => `${loinc}|${code}`;
const s = (code: string): string => `${snomed}|${code}`;

/** What clinicians follow most, always listed first. Codes: LOINC, and SNOMED CT UK as UK Core vital signs name them. */
export const measures: readonly Measure[] = [
  {
    id: 'blood-pressure',
    name: 'Blood pressure',
    groups: [
      [l('85354-9'), l('55284-4'), s('75367002')],
      [l('8480-6'), s('72313002'), s('271649006')],
      [l('8462-4'), s('1091811000000102'), s('271650006')],
    ],
  },
  { id: 'weight', name: 'Weight', groups: [[l('29463-7'), s('27113001')], [l('3141-9')]] },
  {
    id: 'hba1c',
    name: 'HbA1c',
    groups: [[l('59261-8'), s('999791000000106')], [l('4548-4')]],
  },
  {
    id: 'egfr',
    name: 'eGFR',
    groups: [
      [l('33914-3')],
      [s('1020291000000106')],
      [l('62238-1')],
      [s('1011481000000105')],
      [l('98979-8')],
      [l('50210-4')],
    ],
  },
];

const sameAs = new Map(
  measures.flatMap(({ groups }) => groups.flatMap((group) => group.map((code) => [code, group[0] ?? code] as const))),
);

/**
 * The code that says which measurement this is: of those that mean the same, the first of the table; LOINC before SNOMED
 * CT before others, because a LOINC code names specimen and method. Undefined without a code: words alone never say that
 * two results are of one test.
 */
export function primaryCode(codes: readonly string[]): string | undefined {
  const known = codes.map((code) => sameAs.get(code)).find((code) => code !== undefined);
  return (
    known ??
    codes.find((code) => code.startsWith(`${loinc}|`)) ??
    codes.find((code) => code.startsWith(`${snomed}|`)) ??
    codes[0]
  );
}

/** The measure one of the codes belongs to. */
export function measureOf(codes: readonly string[]): Measure | undefined {
  return measures.find(({ groups }) => groups.some((group) => group.some((code) => codes.includes(code))));
}

/** All codes to ask for when one of these is to be followed: their own, and all of the measure they belong to. */
export function codesToAsk(codes: readonly string[]): string[] {
  return [...new Set([...codes, ...(measureOf(codes)?.groups.flat() ?? [])])].toSorted();
}
