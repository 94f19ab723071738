import { dateTime } from '../../../../borough/clock.ts';
import type { ListWarning } from '../../../../borough/facts.ts';
import { type Chart, lists } from './chart.ts';
import { gpcExtension, profile, reference, snomedCode, stated, type Stu3 } from './stu3.ts';

const names: Record<string, string> = {
  [lists.allergies]: 'Allergies and adverse reactions',
  [lists.ended]: 'Ended allergies',
  [lists.medications]: 'Medications and medical devices',
  [lists.problems]: 'Problems',
  [lists.consultations]: 'List of consultations',
  [lists.immunisations]: 'Immunisations',
  [lists.investigations]: 'Investigations and results',
  [lists.referrals]: 'Outbound referral',
  [lists.diary]: 'Patient recall administration',
  [lists.other]: 'Miscellaneous record',
};

const excluded = 'Items excluded due to confidentiality and/or patient preferences.';
const nothing = 'Information not available';

/**
 * The lists of the record, all of them in every answer, and what each says of itself: something was left out of it, or the
 * whole record is still on its way from another practice.
 */
export function recordLists(chart: Chart): Stu3[] {
  const told = chart.life.listWarnings.filter(({ tellers }) => tellers.includes('emis'));
  return Object.values(lists).map((code) => {
    const entries = chart.lists.get(code) ?? [];
    const warnings = told.filter((warning) => concerns(warning, code));
    if (chart.heldBack.has(code) && !warnings.some((one) => one.code === 'confidential-items')) {
      warnings.push({ id: '', tellers: [], code: 'confidential-items', text: excluded, at: chart.asAt });
    }
    const words = [...warnings.map(({ text }) => text), ...(entries.length === 0 ? [nothing] : [])];
    return stated({
      resourceType: 'List',
      meta: profile('List'),
      extension: [
        {
          url: gpcExtension('ClinicalSetting'),
          valueCodeableConcept: snomedCode('1060971000000108', 'General practice service'),
        },
        ...warnings.map((warning) => ({ url: gpcExtension('ListWarningCode'), valueCode: warning.code })),
      ],
      status: 'current',
      mode: 'snapshot',
      title: code === lists.other ? 'Uncategorised data' : names[code],
      code: snomedCode(code, names[code] ?? ''),
      subject: reference('Patient', chart.patient),
      date: dateTime(chart.asAt),
      orderedBy: { coding: [{ system: 'http://hl7.org/fhir/list-order', code: 'event-date' }] },
      note: words.length === 0 ? undefined : [{ text: words.join(' ') }],
      entry: entries.length === 0 ? undefined : entries.map((one) => ({ item: { reference: one } })),
      emptyReason:
        entries.length > 0
          ? undefined
          : {
              coding: [
                {
                  system: 'https://fhir.nhs.uk/STU3/CodeSystem/CareConnect-ListEmptyReasonCode-1',
                  code: 'no-content-recorded',
                  display: 'No Content Recorded',
                },
              ],
            },
    });
  });
}

/** What is in transit is the whole record; what is held back, or waits to be filed, is a consultation's. */
function concerns(warning: ListWarning, list: string): boolean {
  return warning.code === 'data-in-transit' || list === lists.consultations;
}
