import type { FhirResource } from 'fhir/r4';
import type { InboxMessage, KeptPiece } from '../../format.ts';
import { gpConnect } from './gp-connect.ts';

/** Anything a practice's system may send; the tests write STU3 by hand. */
export type Sent = Record<string, unknown>;

export const practice = 'F83063';
export const patientId = '5A0E3C52-7F0B-4C1D-9A55-0C6B1F4F9E01';

const extension = (name: string) => `https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-${name}-1`;
const snomedCoding = (code: string, display: string) => ({ system: 'http://snomed.info/sct', code, display });
export const readAndSnomed = (read: string, code: string, display: string, chosen?: string) => ({
  coding: [
    { system: 'http://read.info/readv2', code: read, display, userSelected: true },
    {
      ...snomedCoding(code, display),
      extension: [
        {
          url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-coding-sctdescid',
          extension: [
            { url: 'descriptionId', valueId: '150085018' },
            ...(chosen === undefined ? [] : [{ url: 'descriptionDisplay', valueString: chosen }]),
          ],
        },
      ],
    },
  ],
});

export const person: Sent = {
  resourceType: 'Patient',
  id: patientId,
  identifier: [
    {
      extension: [
        {
          url: extension('NHSNumberVerificationStatus'),
          valueCodeableConcept: {
            coding: [
              {
                system: 'https://fhir.nhs.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1',
                code: '01',
                display: 'Number present and verified',
              },
            ],
          },
        },
      ],
      system: 'https://fhir.nhs.uk/Id/nhs-number',
      value: '9990000018',
    },
  ],
  name: [{ use: 'official', family: 'Okafor', given: ['Ada', 'Grace'], prefix: ['Mrs'] }],
  gender: 'female',
  birthDate: '1948-03-12',
  generalPractitioner: [{ reference: 'Practitioner/7D8C3E10-0000-4000-8000-000000000001' }],
  managingOrganization: { reference: 'Organization/7D8C3E10-0000-4000-8000-0000000000AA' },
};

export const staff: Sent[] = [
  {
    resourceType: 'Practitioner',
    id: '7D8C3E10-0000-4000-8000-000000000001',
    name: [{ use: 'official', family: 'Larkin', given: ['Miriam'], prefix: ['Dr'] }],
    gender: 'unknown',
  },
  {
    resourceType: 'Organization',
    id: '7D8C3E10-0000-4000-8000-0000000000AA',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: practice }],
    name: 'Killick Street Health Centre',
  },
];

const listNames: Record<string, string> = {
  '886921000000105': 'Allergies and adverse reactions',
  '933361000000108': 'Medications and medical devices',
  '717711000000103': 'Problems',
  '1149501000000101': 'List of consultations',
  '1102181000000102': 'Immunisations',
  '887191000000108': 'Investigations and results',
  '792931000000107': 'Outbound referral',
  '714311000000108': 'Patient recall administration',
  '826501000000100': 'Miscellaneous record',
};

/** A list of the record; `warning` is a GP Connect warning code. */
export function listOf(
  code: string,
  items: string[],
  more: { warning?: string; note?: string; date?: string } = {},
): Sent {
  return {
    resourceType: 'List',
    ...(more.warning === undefined
      ? {}
      : { extension: [{ url: extension('ListWarningCode'), valueCode: more.warning }] }),
    status: 'current',
    mode: 'snapshot',
    title: listNames[code] ?? 'Other',
    code: { coding: [snomedCoding(code, listNames[code] ?? 'Other')] },
    subject: { reference: `Patient/${patientId}` },
    date: more.date ?? '2026-11-20T09:00:00+00:00',
    ...(more.note === undefined ? {} : { note: [{ text: more.note }] }),
    entry: items.map((reference) => ({ item: { reference } })),
  };
}

/** Every list that a whole record has, empty. */
export function allLists(date = '2026-11-20T09:00:00+00:00'): Sent[] {
  return Object.keys(listNames).map((code) => listOf(code, [], { date }));
}

const visit = '31B0C7A2-1111-4000-8000-000000000001';

/** A surgery consultation about gout, with a measured weight and a typed comment, as its Lists hold it together. */
export function consultation(): Sent[] {
  const inVisit = { subject: { reference: `Patient/${patientId}` }, context: { reference: `Encounter/${visit}` } };
  const part = (
    id: string,
    code: string,
    display: string,
    entries: string[],
    title?: string,
    extension?: unknown[],
  ) => ({
    resourceType: 'List',
    id,
    ...(extension === undefined ? {} : { extension }),
    status: 'current',
    mode: 'snapshot',
    ...(title === undefined ? {} : { title }),
    code: { coding: [snomedCoding(code, display)] },
    subject: { reference: `Patient/${patientId}` },
    encounter: { reference: `Encounter/${visit}` },
    date: '2026-10-02T10:41:00+01:00',
    entry: entries.map((reference) => ({ item: { reference } })),
  });
  const heading = (id: string, title: string, entries: string[]) =>
    part(id, '24781000000107', 'Category (EHR)', entries, title);
  return [
    {
      resourceType: 'Encounter',
      id: visit,
      identifier: [{ system: `https://EMISWeb/${practice}`, value: visit.replaceAll('-', '') }],
      status: 'finished',
      type: [{ text: 'GP Surgery' }],
      subject: { reference: `Patient/${patientId}` },
      participant: ['PPRF', 'REC'].map((code) => ({
        type: [{ coding: [{ system: 'http://hl7.org/fhir/v3/ParticipationType', code }] }],
        individual: { reference: 'Practitioner/7D8C3E10-0000-4000-8000-000000000001' },
      })),
      period: { start: '2026-10-02T10:30:00+01:00' },
      serviceProvider: { reference: 'Organization/7D8C3E10-0000-4000-8000-0000000000AA' },
    },
    part(`${visit}-LST`, '325851000000107', 'Consultation', [`List/${visit}-PG1`], 'GP Surgery'),
    part(
      `${visit}-PG1`,
      '25851000000105',
      'Topic (EHR)',
      [`List/${visit}-H1`, `List/${visit}-H2`, `List/${visit}-H3`],
      'Gout',
      [
        {
          url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-RelatedProblemHeader-1',
          extension: [
            { url: 'target', valueReference: { reference: 'Condition/AAAA0000-2222-4000-8000-000000000001-PROB' } },
          ],
        },
      ],
    ),
    heading(`${visit}-H1`, 'Problem', ['Observation/AAAA0000-2222-4000-8000-000000000001']),
    heading(`${visit}-H2`, 'Examination', ['Observation/AAAA0000-2222-4000-8000-000000000002']),
    heading(`${visit}-H3`, 'Comment', ['Observation/AAAA0000-2222-4000-8000-000000000003']),
    {
      resourceType: 'Condition',
      id: 'AAAA0000-2222-4000-8000-000000000001-PROB',
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-ActualProblem-1',
          valueReference: { reference: 'Observation/AAAA0000-2222-4000-8000-000000000001' },
        },
        {
          url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-RelatedClinicalContent-1',
          valueReference: { reference: 'Observation/AAAA0000-2222-4000-8000-000000000002' },
        },
        {
          url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-ProblemSignificance-1',
          valueCode: 'major',
        },
      ],
      clinicalStatus: 'active',
      category: [
        {
          coding: [
            {
              system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-ConditionCategory-1',
              code: 'problem-list-item',
            },
          ],
        },
      ],
      code: readAndSnomed('C34..00', '90560007', 'Gout'),
      ...inVisit,
      onsetDateTime: '2026-10-02',
      assertedDate: '2026-10-02T10:35:00+01:00',
    },
    {
      resourceType: 'Observation',
      id: 'AAAA0000-2222-4000-8000-000000000001',
      status: 'final',
      code: readAndSnomed('C34..00', '90560007', 'Gout'),
      ...inVisit,
      effectiveDateTime: '2026-10-02T10:30:00+01:00',
    },
    {
      resourceType: 'Observation',
      id: 'AAAA0000-2222-4000-8000-000000000002',
      status: 'final',
      code: readAndSnomed('22A..00', '27113001', 'O/E - weight', 'Body weight'),
      ...inVisit,
      effectiveDateTime: '2026-10-02T10:30:00+01:00',
      valueQuantity: { value: 72.5, unit: 'kg' },
      comment: 'In shoes',
    },
    {
      resourceType: 'Observation',
      id: 'AAAA0000-2222-4000-8000-000000000003',
      status: 'final',
      code: { coding: [snomedCoding('37331000000100', 'Comment note')] },
      ...inVisit,
      effectiveDateTime: '2026-10-02T10:30:00+01:00',
      comment: 'Toe < ankle & sore.\nNo evidence of infection.',
    },
  ];
}

export function allergyOf(id: string, more: Sent = {}): Sent {
  return {
    resourceType: 'AllergyIntolerance',
    id,
    clinicalStatus: 'active',
    verificationStatus: 'unconfirmed',
    category: ['medication'],
    code: readAndSnomed('SN52.00', '91936005', 'Allergy to penicillin'),
    patient: { reference: `Patient/${patientId}` },
    assertedDate: '2019-04-02T00:00:00+01:00',
    ...more,
  };
}

/** A whole record: the person, the practice, a consultation, every list. */
export function wholeRecord(...more: Sent[]): Sent[] {
  return [person, ...staff, ...consultation(), ...allLists(), ...more];
}

export function bundle(resources: readonly Sent[], type = 'collection'): Sent {
  return { resourceType: 'Bundle', type, entry: resources.map((resource) => ({ resource })) };
}

export function message(body: unknown, seq = 1, organisation = practice): InboxMessage {
  return {
    seq,
    source: 'emis',
    organisation,
    format: 'gp-connect',
    label: `answer-${seq}`,
    receivedAt: '2026-11-21T00:00:00.000Z',
    bytes: typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body)),
  };
}

/** What the hub tells of the person after these answers came, in this order: of each piece the newest by its own date stays. */
export async function toldAfter(
  ...answers: Sent[]
): Promise<{ resources: FhirResource[]; doubts: string[]; subject: string }> {
  const kept = new Map<string, KeptPiece>();
  let subject = '';
  for (const [place, answer] of answers.entries()) {
    for (const piece of gpConnect.sort(message(answer, place + 1)).pieces) {
      subject = piece.subject;
      const at = piece.at ?? `2026-11-21T00:00:0${place}.000Z`;
      const before = kept.get(piece.name);
      if (before === undefined || before.at <= at)
        kept.set(piece.name, { name: piece.name, at, seq: place + 1, content: piece.content });
    }
  }
  const pieces = [...kept.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq));
  const scope = { source: 'emis' as const, organisation: practice, subject, scope: 'structured record' };
  const { resources, doubts } = await gpConnect.tell(scope, pieces, () => Promise.resolve(new Map()));
  return { resources, doubts, subject };
}

/** The resources of one type. */
export function ofType<T extends FhirResource['resourceType']>(
  resources: readonly FhirResource[],
  type: T,
): Extract<FhirResource, { resourceType: T }>[] {
  return resources.filter((one): one is Extract<FhirResource, { resourceType: T }> => one.resourceType === type);
}
