import type { FhirResource } from 'fhir/r4';
import type { Format, InboxMessage, KeptPiece, Piece, Told } from '../format.ts';
import { adastraCase } from './case-format.ts';
import { nhs111Report } from './report-format.ts';

export const caseGuid = '5D0B5E0C-1F5E-4B6A-9C7E-0A1B2C3D4E5F';
export const service = 'XLCW1';

/** A document in its format. */
export type Sent = readonly [Format, string];

/** A message as the inbox keeps it. */
export function messageOf(format: Format, text: string | Uint8Array, parts: Partial<InboxMessage> = {}): InboxMessage {
  return {
    seq: 1,
    source: 'adastra',
    organisation: service,
    format: format.name,
    label: 'a test',
    receivedAt: '2026-11-21T23:10:00.000Z',
    bytes: typeof text === 'string' ? Buffer.from(text) : text,
    ...parts,
  };
}

/** Messages in the order in which they came, told as the hub tells them: of one name only the last piece is kept. */
export async function toldOf(
  ...messages: readonly Sent[]
): Promise<Told & { subjects: string[]; ofSubject: (subject: string) => FhirResource[] }> {
  const kept = new Map<string, Piece & { at: string; seq: number }>();
  const doubts: string[] = [];
  for (const [index, [format, text]] of messages.entries()) {
    const message = messageOf(format, text, { seq: index + 1 });
    const sorted = format.sort(message);
    doubts.push(...sorted.doubts);
    for (const piece of sorted.pieces) {
      const key = JSON.stringify([piece.subject, piece.scope, piece.name]);
      const before = kept.get(key);
      const at = piece.at ?? message.receivedAt;
      if (before === undefined || before.at <= at) kept.set(key, { ...piece, at, seq: message.seq });
    }
  }
  const shared = (scope: string, names: readonly string[]) =>
    Promise.resolve(
      new Map(
        [...kept.values()]
          .filter((piece) => piece.subject === '' && piece.scope === scope && names.includes(piece.name))
          .map(({ name, content }) => [name, content]),
      ),
    );
  const bySubject = new Map<string, FhirResource[]>();
  for (const [subject, pieces] of Map.groupBy([...kept.values()], (piece) => piece.subject)) {
    for (const [scope, own] of Map.groupBy(pieces, (piece) => piece.scope)) {
      const ordered: KeptPiece[] = own.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq));
      const told = await adastraCase.tell(
        { source: 'adastra', organisation: service, subject, scope },
        ordered,
        shared,
      );
      doubts.push(...told.doubts);
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), ...told.resources]);
    }
  }
  const subjects = [...bySubject.keys()].filter((subject) => subject !== '');
  const resources = subjects.flatMap((subject) => bySubject.get(subject) ?? []);
  return {
    resources: JSON.parse(JSON.stringify(resources)) as FhirResource[],
    doubts,
    subjects,
    ofSubject: (subject) => bySubject.get(subject) ?? [],
  };
}

/** The resources of one type. */
export function only<T extends FhirResource['resourceType']>(
  { resources }: { resources: readonly FhirResource[] },
  type: T,
): Extract<FhirResource, { resourceType: T }>[] {
  return resources.filter((resource) => resource.resourceType === type) as Extract<FhirResource, { resourceType: T }>[];
}

/** The words of a page that is kept with a document. */
export function wordsOf(document: { content?: { attachment?: { data?: string } }[] } | undefined): string {
  return Buffer.from(document?.content?.[0]?.attachment?.data ?? '', 'base64').toString('utf8');
}

const patient = `<patient><firstName>Rosa</firstName><lastName>Example</lastName>
  <dateOfBirth dataOfBirthType="Exact"><dobValue>1948-03-12</dobValue></dateOfBirth><gender>Female</gender>
  <nationalNumber nationalNumberStatus="Confirmed"><number>999 000 0018</number></nationalNumber>
  <address addressType="Home"><line1>1 Invented Row</line1><line2/><locality/><town>London</town><county/><postcode>N1 2ZZ</postcode></address>
  <phone numberType="Mobile"><number>07700 900001</number></phone>
  <gpRegistration><registrationStatus>Registered</registrationStatus><surgeryNationalCode>F83063</surgeryNationalCode></gpRegistration></patient>`;

export const phoned = `<consultation><startTime>2026-11-20T20:16:00</startTime><endTime>2026-11-20T20:27:00</endTime>
  <consultationBy providerType="Advisor"><name>Kit Sample</name></consultationBy><location>Telephone</location>
  <summary>Fever since this morning.
Drinking well.</summary></consultation>`;

export const visited = `<consultation><startTime>2026-11-20T21:30:00</startTime><endTime>2026-11-20T21:52:00</endTime>
  <consultationBy providerType="Doctor"><name>Dr Ada Model</name></consultationBy><location>Invented Base</location>
  <summary>Chest clear.</summary><medicalHistory>Asthma</medicalHistory>
  <eventOutcome codeScheme="Adastra"><code>GP</code><description>GP to follow up</description></eventOutcome>
  <clinicalCode codeScheme="SNOMED CT"><code>386661006</code><description>Fever</description></clinicalCode></consultation>`;

/** A case export; `parts` take the place of what a plain case has. */
export function caseXml(parts: Record<string, string> = {}): string {
  const said: Record<string, string> = {
    adastraCaseReference: `<adastraCaseReference>${caseGuid}</adastraCaseReference>`,
    adastraCaseNumber: '<adastraCaseNumber>41001</adastraCaseNumber>',
    patient,
    presentingCondition: '<presentingCondition><symptoms>Fever</symptoms></presentingCondition>',
    priority: '<priority codeScheme="Adastra"><code>2</code><description>2 hours</description></priority>',
    caseType: '<caseType codeScheme="Adastra"><code>BASE</code><description>Base appointment</description></caseType>',
    caseStatus: '<caseStatus>COMPLETE</caseStatus>',
    activeDate: '<activeDate>2026-11-20T20:15:00</activeDate>',
    completedDate: '<completedDate>2026-11-20T21:55:00</completedDate>',
    latestAppointment: '',
    questions: '',
    consultations: phoned + visited,
    specialNote: '',
    outcome: '',
    ...parts,
  };
  return `<?xml version="1.0" encoding="utf-8"?>
<adastraCaseDataExport xmlns="http://www.adastra.com/dataExport">${Object.values(said).join('\n')}</adastraCaseDataExport>`;
}

/** A case's patient with some of it otherwise. */
export function patientXml(change: (text: string) => string): string {
  return change(patient);
}

/** A 111 report of the same case, bare; `parts` take the place of what a plain report has. */
export function reportXml(
  parts: Partial<
    Record<
      | 'id'
      | 'number'
      | 'guid'
      | 'low'
      | 'high'
      | 'written'
      | 'title'
      | 'sections'
      | 'ids'
      | 'extra'
      | 'confidentiality'
      | 'consent'
      | 'related'
      | 'born',
      string
    >
  > = {},
): string {
  const said = {
    id: '0F000000-0000-4000-8000-000000000001',
    number: '41001',
    guid: caseGuid,
    low: '20261120201512+0000',
    high: '20261120202700+00',
    written: '20261120202705+00',
    title: 'NHS 111 Report',
    born: '19480312',
    ids: '<id root="2.16.840.1.113883.2.1.4.1" extension="9990000018"/>',
    confidentiality: 'N',
    consent: '425691002',
    related: '',
    extra: '',
    sections:
      section("Patient's Reported Condition", '<content>Fever &amp; cough<br/></content>') +
      section('Advice Given', 'Rest.<br/>Ring back <b>if worse</b>.'),
    ...parts,
  };
  return `<?xml version="1.0" encoding="utf-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:npfitlc="NPFIT:HL7:Localisation" classCode="DOCCLIN" moodCode="EVN">
<id root="${said.id}"/><code code="819551000000100" codeSystem="2.16.840.1.113883.2.1.3.2.4.15"/><title>${said.title}</title>
<effectiveTime value="${said.written}"/><confidentialityCode code="${said.confidentiality}" codeSystem="2.16.840.1.113883.1.11.16926"/>
<setId root="${said.id}"/><versionNumber value="1"/>
<recordTarget><patientRole>${said.ids}
<addr use="H"><streetAddressLine>1 Invented Row</streetAddressLine><streetAddressLine>London</streetAddressLine><postalCode>N1 2ZZ</postalCode></addr>
<telecom value="tel:07700900001" use="MC"/>
<patient><name><given>Rosa</given><family>Example</family></name><administrativeGenderCode code="2" displayName="Female"/><birthTime value="${said.born}"/></patient>
<providerOrganization><id root="2.16.840.1.113883.2.1.3.2.4.19.1" extension="F83063"/><name>Invented Surgery</name></providerOrganization>
</patientRole></recordTarget>
<author><assignedAuthor><code code="NR1690" displayName="Call Operator"/><assignedPerson><name>Kit Sample</name></assignedPerson></assignedAuthor></author>
<informant><relatedEntity><code code="16" displayName="Relative"/><relatedPerson><name>Lee Example</name></relatedPerson></relatedEntity></informant>
<custodian><assignedCustodian><representedCustodianOrganization><id root="2.16.840.1.113883.2.1.3.2.4.19.1" extension="XLCW1"/><name>Invented Urgent Care</name></representedCustodianOrganization></assignedCustodian></custodian>
${said.related}
<authorization><consent><code code="${said.consent}" displayName="As stated"/></consent></authorization>
<componentOf><encompassingEncounter><npfitlc:templateId extension="COCD_TP146232GB01#EncompassingEncounter"/>
<id root="2.16.840.1.113883.2.1.3.2.4.18.34" extension="${said.guid}"/><id extension="${said.number}" root="2.16.840.1.113883.2.1.3.2.4.18.35"/>
<code code="NHS111Encounter"/><effectiveTime><low value="${said.low}"/><high value="${said.high}"/></effectiveTime>
<dischargeDispositionCode code="Dx05" codeSystem="2.16.840.1.113883.2.1.3.2.4.17.325" displayName="To contact a local service within 2 hours"/>
</encompassingEncounter></componentOf>
<component><structuredBody><component><section>${said.extra}${said.sections}</section></component></structuredBody></component>
</ClinicalDocument>`;
}

export function section(title: string, text: string): string {
  return `<component><section><title>${title}</title><text mediaType="text/x-hl7-text+xml">${text}</text></section></component>`;
}

export const exported = (text: string): Sent => [adastraCase, text];
export const reported = (text: string): Sent => [nhs111Report, text];

/** FHIR `date` and `dateTime`. */
export const dateTimePattern = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?)?)?$/;
