import type { Coding } from 'fhir/r4';
import { confidentiality } from '../../../fhir/systems.ts';
import type { Report } from './report.ts';

/** SNOMED CT: consent given for electronic record sharing. */
const shared = '425691002';

/**
 * What a case's reports say of who may read it. Restricted, or shared without the person's consent, is labelled as it says;
 * what is no known confidentiality is carried as it stands, and a label nobody knows is withheld. All of the case bears it:
 * the export tells of the same call and has no word for any of this (leaked record).
 */
export function labelsOf(reports: readonly Report[], doubts: Set<string>): Coding[] | undefined {
  const codes = new Set<string>();
  for (const { confidentiality: stated, consent } of reports) {
    if (stated?.code !== undefined && stated.code !== 'N') codes.add(stated.code);
    if (consent !== undefined && consent.code !== shared) {
      codes.add('R');
      doubts.add('A report without consent to sharing: restricted');
    }
  }
  if (codes.has('R')) doubts.add('A report that is restricted by its sender');
  return codes.size === 0 ? undefined : [...codes].sort().map((code) => ({ system: confidentiality, code }));
}
