import { describe, expect, it } from 'vitest';
import {
  bundle,
  ofType,
  patientId,
  person,
  practice,
  readAndSnomed,
  staff,
  toldAfter,
  wholeRecord,
  type Sent,
} from './testing-record.ts';

const about = { subject: { reference: `Patient/${patientId}` } };
const doctor = { reference: 'Practitioner/7D8C3E10-0000-4000-8000-000000000001' };
const gpc = (name: string) => `https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-${name}-1`;

describe('a medicine', () => {
  const medication: Sent = {
    resourceType: 'Medication',
    id: 'A1A1A1A1-0000-4000-8000-000000000001',
    code: readAndSnomed('bxd1.', '318783003', 'Ramipril 5mg capsules'),
  };
  const request = (id: string, more: Sent): Sent => ({
    resourceType: 'MedicationRequest',
    id,
    ...about,
    medicationReference: { reference: `Medication/${String(medication['id'])}` },
    authoredOn: '2026-10-02T10:36:00+01:00',
    requester: { agent: doctor },
    dosageInstruction: [{ text: 'One Capsule Daily', patientInstruction: 'In the morning' }],
    extension: [
      { url: gpc('PrescriptionType'), valueCodeableConcept: { coding: [{ code: 'repeat', display: 'Repeat' }] } },
    ],
    ...more,
  });

  it('keeps what was authorised and each issue of it apart, with name, dose, amount and repeats', async () => {
    const plan = request('B1B1B1B1-0000-4000-8000-000000000001', { intent: 'plan', status: 'active' });
    plan['extension'] = [
      ...(plan['extension'] as Sent[]),
      {
        url: gpc('MedicationRepeatInformation'),
        extension: [
          { url: 'numberOfRepeatPrescriptionsAllowed', valueUnsignedInt: 6 },
          { url: 'numberOfRepeatPrescriptionsIssued', valueUnsignedInt: 2 },
        ],
      },
    ];
    const issue = request('B1B1B1B1-0000-4000-8000-000000000002', {
      intent: 'order',
      status: 'completed',
      basedOn: [{ reference: 'MedicationRequest/B1B1B1B1-0000-4000-8000-000000000001' }],
      dispenseRequest: {
        quantity: { value: '28', unit: 'capsule' },
        expectedSupplyDuration: { value: 28, unit: 'day' },
      },
    });
    const { resources } = await toldAfter(bundle(wholeRecord(medication, plan, issue)));
    const [first, second] = ofType(resources, 'MedicationRequest');
    expect(ofType(resources, 'Medication')).toEqual([]);
    expect(first?.medicationCodeableConcept?.text).toBe('Ramipril 5mg capsules');
    expect(first?.dosageInstruction).toEqual([{ text: 'One Capsule Daily', patientInstruction: 'In the morning' }]);
    expect(first?.courseOfTherapyType?.coding?.[0]?.code).toBe('continuous');
    expect(first?.dispenseRequest).toEqual({ numberOfRepeatsAllowed: 6 });
    expect(first?.extension?.[0]?.extension).toEqual([{ url: 'numberOfPrescriptionsIssued', valueUnsignedInt: 2 }]);
    expect(first?.requester?.display).toBe('Dr Miriam Larkin');
    expect([second?.intent, second?.basedOn?.[0]?.reference]).toEqual(['order', `MedicationRequest/${first?.id}`]);
    expect(second?.dispenseRequest?.quantity).toEqual({ value: 28, unit: 'capsule' });
  });

  it('that was stopped says why and when', async () => {
    const stopped = request('B1B1B1B1-0000-4000-8000-000000000003', { intent: 'plan', status: 'stopped' });
    stopped['extension'] = [
      {
        url: gpc('MedicationStatusReason'),
        extension: [
          { url: 'statusReason', valueCodeableConcept: { text: 'Cough' } },
          { url: 'statusChangeDate', valueDateTime: '2026-11-03T09:00:00+00:00' },
        ],
      },
    ];
    const [told] = ofType((await toldAfter(bundle(wholeRecord(medication, stopped)))).resources, 'MedicationRequest');
    expect(told?.statusReason).toEqual({ text: 'Cough' });
    expect(told?.note).toEqual([{ text: 'Status changed on 2026-11-03', time: '2026-11-03T09:00:00+00:00' }]);
  });

  it('without a name is told, and says so', async () => {
    const nameless = request('B1B1B1B1-0000-4000-8000-000000000004', { intent: 'plan', status: 'active' });
    const { resources, doubts } = await toldAfter(bundle(wholeRecord(nameless)));
    expect(ofType(resources, 'MedicationRequest')[0]?.medicationCodeableConcept?.text).toBe(
      'Medicine name not recorded',
    );
    expect(doubts).toEqual(['A medicine came without its name.']);
  });
});

describe('what a practice did or means to do', () => {
  it('a vaccination goes by its procedure’s name, with batch, site and who gave it; one not given says why', async () => {
    const given = (id: string, more: Sent): Sent => ({
      resourceType: 'Immunization',
      id,
      patient: about.subject,
      status: 'completed',
      notGiven: false,
      vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/v3/NullFlavor', code: 'UNK' }] },
      extension: [
        {
          url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-VaccinationProcedure-1',
          valueCodeableConcept: readAndSnomed('65E..00', '86198006', 'Influenza vaccination'),
        },
      ],
      date: '2026-10-05',
      ...more,
    });
    const { resources } = await toldAfter(
      bundle(
        wholeRecord(
          given('C1C1C1C1-0000-4000-8000-000000000001', {
            lotNumber: 'X1',
            site: { text: 'Left arm' },
            practitioner: [{ actor: doctor, role: { text: 'Administering Provider' } }],
            vaccinationProtocol: [{ doseSequence: 2 }],
          }),
          given('C1C1C1C1-0000-4000-8000-000000000002', {
            notGiven: true,
            explanation: { reasonNotGiven: [{ text: 'Declined' }] },
          }),
        ),
      ),
    );
    const [first, second] = ofType(resources, 'Immunization');
    expect(first?.vaccineCode).toEqual({ text: 'Influenza vaccination' });
    expect(first?.extension?.[0]?.valueCodeableConcept?.coding?.map(({ code }) => code)).toEqual([
      '65E..00',
      '86198006',
    ]);
    expect([first?.lotNumber, first?.site?.text, first?.performer?.[0]?.actor.display]).toEqual([
      'X1',
      'Left arm',
      'Dr Miriam Larkin',
    ]);
    expect(first?.protocolApplied).toEqual([{ doseNumberPositiveInt: 2 }]);
    expect([second?.status, second?.statusReason?.text]).toEqual(['not-done', 'Declined']);
  });

  it('a referral and a diary entry are requests, with what was written and when it is due', async () => {
    const { resources } = await toldAfter(
      bundle(
        wholeRecord(
          {
            resourceType: 'ReferralRequest',
            id: 'D1D1D1D1-0000-4000-8000-000000000001',
            ...about,
            status: 'cancelled',
            intent: 'order',
            priority: 'asap',
            authoredOn: '2026-10-02',
            requester: { agent: doctor },
            recipient: [{ display: 'Whittington Hospital' }],
            reasonCode: [readAndSnomed('8H54.00', '183545006', 'Orthopaedic referral')],
            description: 'Knee gives way',
            note: [{ text: 'Transport:None Required' }],
          },
          {
            resourceType: 'ProcedureRequest',
            id: 'D1D1D1D1-0000-4000-8000-000000000002',
            ...about,
            status: 'active',
            intent: 'plan',
            code: { text: 'Medication review' },
            occurrenceDateTime: '2027-04-01',
          },
        ),
      ),
    );
    const [referral, diary] = ofType(resources, 'ServiceRequest');
    expect(referral).toMatchObject({
      status: 'revoked',
      priority: 'asap',
      category: [{ text: 'Referral' }],
      reasonCode: [{ text: 'Orthopaedic referral' }],
      performer: [{ display: 'Whittington Hospital' }],
      note: [{ text: 'Knee gives way' }, { text: 'Transport:None Required' }],
    });
    expect(diary).toMatchObject({
      category: [{ text: 'Diary entry' }],
      occurrenceDateTime: '2027-04-01',
      intent: 'plan',
    });
  });

  it('a letter kept at the practice is named, and no link leads nowhere; one that came with the record opens', async () => {
    const letter = (id: string, url: string): Sent => ({
      resourceType: 'DocumentReference',
      id,
      ...about,
      status: 'current',
      type: { text: 'Letter from specialist' },
      created: '2026-09-30',
      indexed: '2026-10-01T08:00:00+01:00',
      content: [{ attachment: { contentType: 'text/plain', url, size: 12 } }],
    });
    const away = 'https://emis.example/F83063/Binary/99';
    const { resources } = await toldAfter(
      bundle([
        person,
        ...staff,
        letter('E1E1E1E1-0000-4000-8000-000000000001', away),
        letter('E1E1E1E1-0000-4000-8000-000000000002', 'Binary/E1E1E1E1-0000-4000-8000-000000000003'),
        {
          resourceType: 'Binary',
          id: 'E1E1E1E1-0000-4000-8000-000000000003',
          contentType: 'text/plain',
          content: 'SGVsbG8=',
        },
      ]),
    );
    const [kept, here] = ofType(resources, 'DocumentReference');
    expect(kept?.content[0]?.attachment).toEqual({ contentType: 'text/plain', size: 12, creation: '2026-09-30' });
    expect(kept?.identifier?.map(({ value }) => value)).toEqual([away]);
    const [file] = ofType(resources, 'Binary');
    expect(here?.content[0]?.attachment.url).toBe(`Binary/${file?.id}`);
    expect(file?.data).toBe('SGVsbG8=');
  });
});

it('the person keeps their number and how sure it is, names, languages; a date that cannot be read is left out and said', async () => {
  const { resources, doubts } = await toldAfter(
    bundle([
      {
        ...person,
        birthDate: '12/03/1948',
        deceasedDateTime: 'last week',
        name: [...(person['name'] as Sent[]), { use: 'old', family: 'Eze' }],
        extension: [
          {
            url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-NHSCommunication-1',
            extension: [
              { url: 'language', valueCodeableConcept: { text: 'Igbo' } },
              { url: 'interpreterRequired', valueBoolean: true },
            ],
          },
        ],
      },
      ...staff,
    ]),
  );
  const [told] = ofType(resources, 'Patient');
  expect(told?.identifier?.[0]?.value).toBe('9990000018');
  expect(told?.identifier?.[0]?.extension?.[0]?.valueCodeableConcept?.coding?.[0]?.code).toBe('01');
  expect(told?.name?.map(({ use, family }) => `${use} ${family}`)).toEqual(['official Okafor', 'old Eze']);
  expect(told?.communication?.[0]).toMatchObject({ language: { text: 'Igbo' }, extension: [{ valueBoolean: true }] });
  expect([told?.birthDate, told?.deceasedDateTime, told?.deceasedBoolean]).toEqual([undefined, undefined, true]);
  expect(told?.managingOrganization?.display).toBe('Killick Street Health Centre');
  expect(doubts).toEqual(['A date of the person’s own (birth or death) could not be read and was left out.']);
  expect(ofType(resources, 'Organization')[0]?.identifier?.[0]?.value).toBe(practice);
});
