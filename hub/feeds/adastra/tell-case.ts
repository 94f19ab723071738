import type { FhirResource } from 'fhir/r4';
import type { KeptPiece, ReadShared, Scope, Told } from '../format.ts';

import { caseAppointment, keptBy } from './case-appointment.ts';
import { caseDocuments } from './case-documents.ts';
import { caseNotes } from './case-notes.ts';
import { casePatient } from './case-patient.ts';
import { contactEncounter } from './contact-encounter.ts';
import { contactsOf } from './contacts.ts';
import { organisationScope, tellOrganisation } from './organisations.ts';
import { reportDocument } from './report-document.ts';
import { labelsOf } from './report-labels.ts';
import { gathered, type ToldCase } from './told-case.ts';

/**
 * Everything that is kept of one case as resources. An export and the 111 reports of one case are pieces of one scope, and
 * both formats tell it by this function: so a call that both tell of is one Encounter, whichever came first.
 */
export async function tellCase(scope: Scope, pieces: readonly KeptPiece[], shared: ReadShared): Promise<Told> {
  if (scope.subject === '') return tellOrganisation(scope, pieces);
  const bare = gathered(scope, pieces);
  if (bare.export === undefined && bare.reports.length === 0) return { resources: [], doubts: [] };
  const told: ToldCase = { ...bare, names: await namesFor(bare, shared) };
  const patient = casePatient(told);
  told.patient = { reference: `Patient/${told.key}`, display: displayOf(patient.name?.[0]) };
  const contacts = contactsOf(told);
  const appointment = caseAppointment(told, contacts);
  const kept =
    appointment?.status === 'booked' || appointment?.status === 'arrived'
      ? keptBy(told.export?.said.appointment, contacts)
      : undefined;
  const resources: (FhirResource | undefined)[] = [
    patient,
    ...contacts.map((contact) => {
      const encounter = contactEncounter(told, contact, contacts);
      return contact === kept && appointment !== undefined
        ? { ...encounter, appointment: [{ reference: `Appointment/${appointment.id ?? ''}` }] }
        : encounter;
    }),
    appointment,
    ...caseDocuments(told, contacts),
    ...contacts.flatMap((contact) => contact.reports.map((report) => reportDocument(told, contact, report))),
    ...caseNotes(told),
  ];
  const labels = labelsOf(
    told.reports.map(({ said }) => said),
    told.doubts,
  );
  return {
    resources: resources
      .filter((resource) => resource !== undefined)
      .map((resource) => {
        // Whom a case is about is no secret of the case: a label on a Patient would close the whole record.
        const open = labels === undefined || resource.resourceType === 'Patient';
        const own = (resource.meta?.security ?? []).filter(({ code }) => !labels?.some((label) => label.code === code));
        return open ? resource : { ...resource, meta: { security: [...labels, ...own] } };
      }),
    doubts: [...told.doubts],
  };
}

function displayOf(name: { family?: string; given?: string[]; text?: string } | undefined): string {
  if (name === undefined) return 'Not recorded';
  const parts = [name.family?.toUpperCase(), name.given?.join(' ')].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? (name.text ?? 'Not recorded') : parts.join(', ');
}

async function namesFor(told: ToldCase, shared: ReadShared): Promise<ReadonlyMap<string, string>> {
  const codes = new Set(
    [told.organisation, told.export?.said.patient.registration.surgery].filter((code) => code !== undefined),
  );
  const names = new Map<string, string>();
  for (const ods of codes) {
    const name = (await shared(organisationScope(ods), ['name'])).get('name');
    if (name !== undefined) names.set(ods, name);
  }
  return names;
}
