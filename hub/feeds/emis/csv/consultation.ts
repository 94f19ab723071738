import type { CodeableConcept, Encounter } from 'fhir/r4';
import { classOfWords } from '../gp-connect/encounter-class.ts';
import { hl7, ukCore } from './codes.ts';
import { appointmentReference } from './appointment.ts';
import { isUnreadable } from './dates.ts';
import { isProblem, kindOf } from './observation-kind.ts';
import { guid, isFalse, isTrue, type Row } from './row.ts';
import { effectiveOf, head, list, type Telling } from './told.ts';

/** A contact with the practice, or one elsewhere that its staff entered. EMIS names its kind in words and states no class. */
export function consultation(telling: Telling, id: string, row: Row): Encounter {
  const { patient, words, rows } = telling;
  const source = sourceOf(telling, row);
  const kind = classOfWords(row['ConsultationSourceTerm'] ?? source?.text);
  const ofPractice = kind.code !== undefined;
  const clinician = words.staff(guid(row['ClinicianUserInRoleGuid']));
  // A visit has no notes: a date that is none stands where the date would, and the reader sees it as it was written.
  const start = effectiveOf(row) ?? (isUnreadable(row['EffectiveDate']) ? row['EffectiveDate'] : undefined);
  const slot = rows.one('Appointment_Slot', guid(row['AppointmentSlotGuid']));
  const session = kind.code === 'AMB' ? words.session(guid(slot?.['SessionGuid'])) : undefined;
  const place = words.location(guid(session?.['LocationGuid']));
  return {
    resourceType: 'Encounter',
    ...head(id, row),
    status: isFalse(row['Complete']) ? 'in-progress' : 'finished',
    class: kind,
    type: list(source),
    serviceType: !ofPractice ? undefined : ukCore('PracticeSettingCode', '600', 'General Medical Practice'),
    subject: patient,
    participant:
      clinician === undefined
        ? undefined
        : [{ type: [hl7('v3-ParticipationType', 'ATND', 'attender')], individual: clinician }],
    appointment: list(appointmentReference(telling, guid(row['AppointmentSlotGuid']))),
    period: start === undefined ? undefined : { start },
    ...reasonsOf(telling, id),
    location: place === undefined ? undefined : [{ location: place }],
    serviceProvider: !ofPractice ? undefined : words.organisation(guid(row['OrganisationGuid'])),
  };
}

function sourceOf({ words }: Telling, row: Row): CodeableConcept | undefined {
  const code = guid(row['ConsultationSourceCodeId']);
  const term = row['ConsultationSourceTerm'];
  if (code !== undefined) return words.concept(code, term);
  return term === undefined ? undefined : { text: term };
}

/**
 * Why: the problems that its entries are filed under or that were opened in it; where there is none, the one thing that was
 * coded in it, if only one was. Of several nobody can tell which was the reason, and a confidential one is never named.
 */
function reasonsOf(telling: Telling, id: string): Pick<Encounter, 'reasonCode' | 'reasonReference'> {
  const { rows, words } = telling;
  const problems = new Set<string>();
  const findings: Row[] = [];
  for (const [name, row] of rows.by('CareRecord_Observation', 'ConsultationGuid', id)) {
    for (const problem of [name, guid(row['ProblemGuid'])]) if (isProblem(telling, problem)) problems.add(problem);
    if (kindOf(telling, name, row) === 'finding') findings.push(row);
  }
  const named = [...problems].sort().flatMap((problem) => {
    const row = rows.one('CareRecord_Observation', problem);
    if (row === undefined || isTrue(row['IsConfidential'])) return [];
    return [{ problem, code: words.concept(guid(row['CodeId'])) }];
  });
  if (named.length > 0) {
    return {
      reasonCode: named.map(({ code }) => code),
      reasonReference: named.map(({ problem, code }) => ({ reference: `Condition/${problem}`, display: code.text })),
    };
  }
  const [only, ...others] = findings;
  if (problems.size > 0 || only === undefined || others.length > 0 || isTrue(only['IsConfidential'])) return {};
  return { reasonCode: [words.concept(guid(only['CodeId']))] };
}
