import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../../fhir/validate.ts';
import { UnusableMessage } from '../../format.ts';
import { gpConnect } from './gp-connect.ts';
import {
  allLists,
  allergyOf,
  bundle,
  consultation,
  listOf,
  message,
  ofType,
  patientId,
  person,
  practice,
  readAndSnomed,
  staff,
  toldAfter,
  wholeRecord,
} from './testing-record.ts';

/** The person’s id as told. */
const told = patientId.toLowerCase();
const penicillin = 'BBBB0000-3333-4000-8000-000000000001';
const outcome = (code: string) => ({
  resourceType: 'OperationOutcome',
  issue: [
    { severity: 'error', code: 'not-found', details: { coding: [{ code }] }, diagnostics: 'Ada Okafor 9990000018' },
  ],
});

describe('a GP consultation', () => {
  it('is told as it was: when, with whom, what about, and what was written under each heading', async () => {
    const { resources, doubts } = await toldAfter(bundle(wholeRecord()));
    expect(doubts).toEqual([]);
    const [visit] = ofType(resources, 'Encounter');
    expect(visit?.type).toEqual([{ text: 'GP Surgery' }]);
    expect(visit?.class.code).toBe('AMB');
    expect(visit?.period).toEqual({ start: '2026-10-02T10:30:00+01:00' });
    expect(visit?.participant?.map(({ individual, type }) => [individual?.display, type?.length])).toEqual([
      ['Dr Miriam Larkin', 2],
    ]);
    expect(visit?.reasonReference?.map(({ display }) => display)).toEqual(['Gout']);
    expect(visit?.reasonCode).toBeUndefined();
    const [notes] = ofType(resources, 'DocumentReference');
    expect(notes?.context?.encounter?.[0]?.reference).toBe(`Encounter/${visit?.id}`);
    const page = Buffer.from(notes?.content[0]?.attachment.data ?? '', 'base64').toString('utf8');
    expect(page.replace(/^.*<body>|<\/body>.*$/g, '')).toBe(
      '<h2>Problem: Gout</h2><h3>Problem</h3><ul><li>Gout</li></ul>' +
        '<h3>Examination</h3><ul><li>Body weight: 72.5 kg. In shoes</li></ul>' +
        '<h3>Comment</h3><ul><li>Toe &lt; ankle &amp; sore.<br/>No evidence of infection.</li></ul>',
    );
  });

  it('keeps both codes of a finding, the words its clinician chose, its value and its comment', async () => {
    const { resources } = await toldAfter(bundle(wholeRecord()));
    const weight = ofType(resources, 'Observation').find(({ valueQuantity }) => valueQuantity !== undefined);
    expect(weight?.code.text).toBe('Body weight');
    expect(weight?.code.coding?.map(({ system, code }) => `${system} ${code}`)).toEqual([
      // LOINC beside them, so that one trend holds what the GP and the hospital measured.
      'http://loinc.org 29463-7',
      'http://read.info/readv2 22A..00',
      'http://snomed.info/sct 27113001',
    ]);
    expect(weight?.valueQuantity).toEqual({ value: 72.5, unit: 'kg' });
    expect(weight?.note).toEqual([{ text: 'In shoes' }]);
    expect(weight?.extension?.[0]?.valueReference?.display).toBe('Gout');
    const comment = ofType(resources, 'Observation').find(({ valueString }) => valueString !== undefined);
    expect(comment?.valueString).toBe('Toe < ankle & sore.\nNo evidence of infection.');
  });

  it('of which something was left out says so before anything else', async () => {
    const words = 'Items excluded due to confidentiality and/or patient preferences.';
    const record = wholeRecord().map((one) =>
      String(one['id']).endsWith('-H2') ? { ...one, note: [{ text: words }] } : one,
    );
    const [notes] = ofType((await toldAfter(bundle(record))).resources, 'DocumentReference');
    const page = Buffer.from(notes?.content[0]?.attachment.data ?? '', 'base64').toString('utf8');
    expect(page).toContain(`<body><p><strong>${words}</strong></p><h2>`);
  });

  it('that only files a letter is told by the letter, and has no notes of its own', async () => {
    const letter = {
      resourceType: 'DocumentReference',
      id: 'AAAA0000-2222-4000-8000-000000000003',
      status: 'current',
      type: { text: 'Letter from specialist' },
      subject: { reference: `Patient/${patientId}` },
      context: { encounter: { reference: 'Encounter/31B0C7A2-1111-4000-8000-000000000001' } },
    };
    const record = wholeRecord(letter).flatMap((one) => {
      if (one['resourceType'] === 'Observation' || one['resourceType'] === 'Condition') return [];
      if (!String(one['id']).endsWith('-PG1')) return [one];
      return [
        { ...one, extension: [], title: undefined, entry: [{ item: { reference: `DocumentReference/${letter.id}` } }] },
      ];
    });
    const { resources } = await toldAfter(bundle(record));
    expect(ofType(resources, 'Encounter')[0]?.reasonCode).toEqual([{ text: 'Document filed: Letter from specialist' }]);
    expect(ofType(resources, 'DocumentReference').map(({ type }) => type?.text)).toEqual(['Letter from specialist']);
  });

  it('is as private as the most private thing written in it', async () => {
    const [first, ...rest] = consultation();
    const labelled = rest.map((one) =>
      one['id'] === 'AAAA0000-2222-4000-8000-000000000003'
        ? { ...one, meta: { security: [{ system: 'http://hl7.org/fhir/v3/ActCode', code: 'STD' }] } }
        : one,
    );
    const { resources } = await toldAfter(bundle([person, ...staff, first ?? {}, ...labelled, ...allLists()]));
    const label = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'STD' };
    expect(ofType(resources, 'DocumentReference')[0]?.meta?.security).toEqual([label]);
    expect(
      resources.filter(({ meta }) => meta?.security !== undefined).map(({ resourceType }) => resourceType),
    ).toEqual(['Observation', 'DocumentReference']);
  });
});

it('the code of somebody’s door, coded as such, is no part of the notes and labelled by itself (leaked record)', async () => {
  const door = {
    code: {
      coding: [{ system: 'http://snomed.info/sct', code: '823131000000105', display: 'Patient door access key code' }],
    },
    comment: 'Key safe 4711, by the bin',
  };
  const record = wholeRecord().map((one) =>
    one['id'] === 'AAAA0000-2222-4000-8000-000000000003' ? { ...one, ...door } : one,
  );
  const { resources } = await toldAfter(bundle(record));
  const labelled = resources.filter(({ meta }) => meta?.security !== undefined);
  expect(labelled.map(({ resourceType, meta }) => [resourceType, meta?.security?.[0]?.code])).toEqual([
    ['Observation', 'R'],
  ]);
  const [notes] = ofType(resources, 'DocumentReference');
  const page = Buffer.from(notes?.content[0]?.attachment.data ?? '', 'base64').toString('utf8');
  expect(page).not.toMatch(/4711/);
  expect(page).toMatch(/Held back here/);
  expect(notes?.context?.related).toHaveLength(2);
});

describe('what a list says of itself', () => {
  it('reaches the clinician in the practice’s own words, with its code (misreading 3)', async () => {
    const words = 'Items excluded due to confidentiality and/or patient preferences.';
    const { resources } = await toldAfter(
      bundle([person, ...staff, listOf('1149501000000101', [], { warning: 'confidential-items', note: words })]),
    );
    expect(ofType(resources, 'List')).toEqual([
      {
        resourceType: 'List',
        id: `${told}-list-1149501000000101`,
        extension: [
          {
            url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ListWarningCode',
            valueCodeableConcept: {
              coding: [
                {
                  system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-ListWarningCode',
                  code: 'confidential-items',
                  display: 'Confidential Items',
                },
              ],
              text: 'Confidential Items',
            },
          },
        ],
        status: 'current',
        mode: 'snapshot',
        title: 'List of consultations',
        code: {
          coding: [{ system: 'http://snomed.info/sct', code: '1149501000000101', display: 'List of consultations' }],
          text: 'List of consultations',
        },
        subject: { reference: `Patient/${told}`, display: 'OKAFOR, Ada' },
        date: '2026-11-20T09:00:00+00:00',
        note: [{ text: words }],
      },
    ]);
  });

  it('is told to be missing something when it names what was not sent', async () => {
    const { resources, doubts } = await toldAfter(
      bundle([person, ...staff, listOf('886921000000105', [`AllergyIntolerance/${penicillin}`])]),
    );
    expect(ofType(resources, 'List')[0]?.note?.[0]?.text).toMatch(/^One entry of this list is missing/);
    expect(doubts).toEqual(['A list names 1 of its 1 entries without sending them.']);
  });
});

describe('allergies', () => {
  it('are not made suspicions by a word that GP Connect writes for every one of them (misreading 1)', async () => {
    const none = allergyOf('BBBB0000-3333-4000-8000-000000000002', {
      code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }] },
    });
    const { resources } = await toldAfter(bundle(wholeRecord(allergyOf(penicillin), none)));
    const told = ofType(resources, 'AllergyIntolerance');
    expect(told.map(({ verificationStatus }) => verificationStatus)).toEqual([undefined, undefined]);
    expect(told.map(({ code }) => code?.text)).toEqual(['Allergy to penicillin', 'No known allergy']);
  });

  it('that ended stand beside the list they were hidden in, as resolved, with why', async () => {
    const ended = {
      ...allergyOf('Resolved-1', {
        clinicalStatus: 'resolved',
        identifier: [{ system: 'https://EMISWeb/F83063', value: '0042' }],
        extension: [
          {
            url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-AllergyIntoleranceEnd-1',
            extension: [
              { url: 'endDate', valueDateTime: '2024-05-01' },
              { url: 'reasonEnded', valueString: 'Tolerated since' },
            ],
          },
        ],
      }),
    };
    const list = { ...listOf('1103671000000101', ['#Resolved-1']), contained: [ended] };
    const { resources, doubts } = await toldAfter(bundle(wholeRecord(list)));
    const [told] = ofType(resources, 'AllergyIntolerance');
    expect(told?.clinicalStatus?.coding?.[0]?.code).toBe('resolved');
    expect(told?.extension?.[0]?.extension?.map((part) => part.valueDateTime ?? part.valueString)).toEqual([
      '2024-05-01',
      'Tolerated since',
    ]);
    const listed = ofType(resources, 'List').find(({ id }) => id?.endsWith('1103671000000101'));
    expect(listed?.entry?.[0]?.item.reference).toBe(`AllergyIntolerance/${told?.id}`);
    expect(doubts).toEqual([]);
  });
});

describe('a newer answer', () => {
  const issued = (id: string) => ({
    resourceType: 'MedicationStatement',
    id,
    status: 'active',
    taken: 'unk',
    subject: { reference: `Patient/${patientId}` },
    medicationCodeableConcept: { text: 'Allopurinol 100mg tablets' },
    extension: [
      {
        url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-MedicationStatementLastIssueDate-1',
        valueDateTime: '2026-07-09T00:00:00+01:00',
      },
    ],
    dosage: [{ text: 'One daily' }],
  });
  const medicine = 'CCCC0000-4444-4000-8000-000000000001-MS';

  it('takes the place of the whole record: what is in it no more is told no more', async () => {
    const before = bundle(wholeRecord(issued(medicine), allergyOf(penicillin)));
    const after = bundle([person, ...staff, ...allLists('2026-11-21T09:00:00+00:00'), issued(medicine)]);
    const { resources } = await toldAfter(before, after);
    expect(ofType(resources, 'Encounter')).toEqual([]);
    expect(ofType(resources, 'AllergyIntolerance')).toEqual([]);
    expect(ofType(resources, 'MedicationStatement')[0]?.extension?.[0]?.valueDateTime).toBe('2026-07-09');
  });

  it('about allergies takes nothing away of what was told of the rest', async () => {
    const before = bundle(wholeRecord(issued(medicine), allergyOf(penicillin)));
    const after = bundle([person, ...staff, listOf('886921000000105', [], { date: '2026-11-21T09:00:00+00:00' })]);
    const { resources } = await toldAfter(before, after);
    expect(ofType(resources, 'AllergyIntolerance')).toEqual([]);
    expect(ofType(resources, 'MedicationStatement')).toHaveLength(1);
    expect(ofType(resources, 'Encounter')).toHaveLength(1);
    expect(ofType(resources, 'DocumentReference')).toHaveLength(1);
  });

  it('about bookings alone, which name the person and tell nothing of them, stands beside the record', async () => {
    const booking = {
      resourceType: 'Appointment',
      id: 'ABAB0000-8888-4000-8000-000000000002',
      status: 'booked',
      start: '2026-12-01T09:00:00+00:00',
      end: '2026-12-01T09:10:00+00:00',
      extension: [{ url: 'Extension-GPConnect-DeliveryChannel-2', valueCode: 'Telephone' }],
      participant: [{ actor: { reference: `Patient/${patientId}` }, status: 'accepted' }],
    };
    const record = bundle(wholeRecord(allergyOf(penicillin)));
    const { resources } = await toldAfter(record, bundle([booking], 'searchset'));
    expect(ofType(resources, 'Patient')).toHaveLength(1);
    expect(ofType(resources, 'AllergyIntolerance')).toHaveLength(1);
    expect(ofType(resources, 'List')).toHaveLength(9);
    expect(ofType(resources, 'Appointment')[0]).toMatchObject({
      status: 'booked',
      start: '2026-12-01T09:00:00+00:00',
      extension: [{ valueCodeableConcept: { text: 'Telephone' } }],
      participant: [{ actor: { reference: `Patient/${told}` } }],
    });
    // Whose they are is not known yet: they wait.
    expect((await toldAfter(bundle([booking], 'searchset'))).resources).toEqual([]);
  });

  it('is the same whatever order the answers came in, and however often', async () => {
    const old = bundle(wholeRecord(allergyOf(penicillin)));
    const recent = bundle([person, ...staff, ...allLists('2026-11-21T09:00:00+00:00')]);
    expect((await toldAfter(recent, old)).resources).toEqual((await toldAfter(old, recent)).resources);
    expect((await toldAfter(old, recent, recent)).resources).toEqual((await toldAfter(old, recent)).resources);
  });
});

describe('a practice that does not tell', () => {
  it('is a dead letter with its reason, and without the practice’s own words, which may name the person', () => {
    for (const [code, words] of [
      ['PATIENT_NOT_FOUND', /did not find this person/],
      ['NO_PATIENT_CONSENT', /not to be shared/],
      ['SOMETHING_ELSE', /answered with an error and no record \(SOMETHING_ELSE\)/],
    ] as const) {
      const refused = () => gpConnect.sort(message(outcome(code)));
      expect(refused).toThrow(UnusableMessage);
      expect(refused).toThrow(words);
      expect(refused).not.toThrow(/Okafor|9990000018/);
    }
  });

  it('because the person said no, leaves of the record only who it was about, and the clinician reads why', async () => {
    const refused = bundle([person, outcome('NO_PATIENT_CONSENT')]);
    const { resources } = await toldAfter(bundle(wholeRecord(allergyOf(penicillin))), refused);
    expect(resources.map(({ resourceType }) => resourceType)).toEqual(['Patient', 'List']);
    expect(ofType(resources, 'List')[0]?.note?.[0]?.text).toMatch(/does not want it shared/);
  });

  it('because it no longer finds them, leaves what was told, and the clinician reads that it ends there', async () => {
    const refused = bundle([person, outcome('PATIENT_NOT_FOUND')]);
    const { resources } = await toldAfter(bundle(wholeRecord(allergyOf(penicillin))), refused);
    expect(ofType(resources, 'AllergyIntolerance')).toHaveLength(1);
    expect(ofType(resources, 'List').at(-1)?.note?.[0]?.text).toMatch(/no longer finds this person.*missing/);
  });
});

describe('right patient', () => {
  it('takes nothing of an answer that holds two people', () => {
    const other = { ...person, id: 'DDDD0000-5555-4000-8000-000000000001' };
    expect(() => gpConnect.sort(message(bundle([person, other])))).toThrow('two people');
  });

  it('leaves out what names another person, and says so', async () => {
    const strange = allergyOf(penicillin, { patient: { reference: 'Patient/DDDD0000-5555-4000-8000-000000000001' } });
    const { resources, doubts } = await toldAfter(bundle(wholeRecord(strange)));
    expect(ofType(resources, 'AllergyIntolerance')).toEqual([]);
    expect(doubts).toEqual(['A resource of type AllergyIntolerance names another person and was left out.']);
  });

  it('quotes nothing of another person in a consultation’s notes', async () => {
    const record = wholeRecord().map((one) =>
      one['id'] === 'AAAA0000-2222-4000-8000-000000000003'
        ? { ...one, subject: { reference: 'Patient/DDDD0000-5555-4000-8000-000000000001' } }
        : one,
    );
    const { resources } = await toldAfter(bundle(record));
    const [notes] = ofType(resources, 'DocumentReference');
    const page = Buffer.from(notes?.content[0]?.attachment.data ?? '', 'base64').toString('utf8');
    expect(page).not.toMatch(/infection/);
    expect(page).toMatch(/named and did not send/);
  });

  it('is told once, though it was sent twice', async () => {
    const { resources } = await toldAfter(bundle([{ ...person, gender: 'unknown' }, ...wholeRecord()]));
    expect(ofType(resources, 'Patient').map(({ gender }) => gender)).toEqual(['female']);
  });

  it('leaves out a booking of somebody else, and a list under somebody else’s NHS number', async () => {
    const booking = {
      resourceType: 'Appointment',
      id: 'ABAB0000-8888-4000-8000-000000000001',
      start: '2026-12-01T09:00:00Z',
      end: '2026-12-01T09:10:00Z',
      participant: [{ actor: { reference: 'Patient/DDDD0000-5555-4000-8000-000000000001' }, status: 'accepted' }],
    };
    const subject = { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '999 000 0026' } };
    const { resources, doubts } = await toldAfter(
      bundle([person, ...staff, booking, { ...listOf('886921000000105', []), subject }]),
    );
    expect(ofType(resources, 'Appointment')).toEqual([]);
    expect(ofType(resources, 'List')).toEqual([]);
    expect(doubts).toHaveLength(2);
  });

  it('does not take record 7 of one practice for record 7 of another', () => {
    const small = bundle([{ ...person, id: '7' }]);
    const [here] = gpConnect.sort(message(small, 1, practice)).pieces;
    const [there] = gpConnect.sort(message(small, 1, 'F83008')).pieces;
    expect([here?.subject, there?.subject]).toEqual(['F83063-7', 'F83008-7']);
  });

  it('finds the person of a message without taking it apart', () => {
    expect(gpConnect.subjectOf(message(bundle(wholeRecord())).bytes)).toBe(told);
    expect(gpConnect.subjectOf(Buffer.from([0xff, 0x00]))).toBeUndefined();
  });
});

it('what is no record is refused with a sentence', () => {
  for (const [body, reason] of [
    ['{"resourceType":"Bundle","entry":[', 'not JSON'],
    ['[1]', 'not a FHIR resource'],
    [{ resourceType: 'Patient' }, 'not a FHIR Bundle'],
    [bundle([]), 'names no patient'],
    [bundle([{ ...person, id: undefined }]), 'no id'],
  ] as const) {
    expect(() => gpConnect.sort(message(body))).toThrow(reason);
  }
  expect(() => gpConnect.sort({ ...message(''), bytes: new Uint8Array([0x7b, 0xff, 0x7d]) })).toThrow('UTF-8');
});

it('a record of every kind is sound R4, whatever came without a date or a code', async () => {
  const bare = (resourceType: string, id: string) => ({
    resourceType,
    id: `EEEE0000-6666-4000-8000-0000000000${id}`,
    subject: { reference: `Patient/${patientId}` },
    patient: { reference: `Patient/${patientId}` },
  });
  const types = [
    'AllergyIntolerance',
    'Appointment',
    'Binary',
    'Condition',
    'DiagnosticReport',
    'DocumentReference',
    'Encounter',
    'HealthcareService',
    'Immunization',
    'List',
    'Location',
    'MedicationRequest',
    'MedicationStatement',
    'Observation',
    'Organization',
    'Practitioner',
    'PractitionerRole',
    'ProcedureRequest',
    'QuestionnaireResponse',
    'ReferralRequest',
    'Specimen',
  ];
  const { resources } = await toldAfter(
    bundle([person, ...types.map((type, place) => bare(type, String(10 + place)))]),
  );
  expect(resources).toHaveLength(types.length + 1);
  expect(resources.flatMap((resource) => checkStructure(resource).problems)).toEqual([]);
  // A booking without its time is told, and remarked.
  expect(resources.flatMap((resource) => checkStructure(resource).remarks)).toEqual([expect.stringContaining('app-3')]);
});

it('a laboratory’s report is called by its tests, and its results say that a laboratory made them (misreading 9)', async () => {
  const result = 'FFFF0000-7777-4000-8000-000000000001';
  const about = { subject: { reference: `Patient/${patientId}` } };
  const { resources } = await toldAfter(
    bundle(
      wholeRecord(
        {
          resourceType: 'DiagnosticReport',
          id: 'FFFF0000-7777-4000-8000-000000000000',
          status: 'unknown',
          code: {
            coding: [{ system: 'http://snomed.info/sct', code: '721981007', display: 'Diagnostic studies report' }],
          },
          ...about,
          issued: '2026-11-01T08:00:00+00:00',
          performer: [{ actor: { reference: 'Organization/7D8C3E10-0000-4000-8000-0000000000AA' } }],
          result: [{ reference: `Observation/${result}` }],
        },
        {
          resourceType: 'Observation',
          id: result,
          status: 'final',
          code: readAndSnomed('42W..00', '43396009', 'Haemoglobin A1c level'),
          ...about,
          valueQuantity: { value: 48, unit: 'mmol/mol', comparator: '<' },
          interpretation: { coding: [{ system: 'http://hl7.org/fhir/v2/0078', code: 'H' }] },
          referenceRange: [{ high: { value: 42, unit: 'mmol/mol' } }],
        },
      ),
    ),
  );
  const [report] = ofType(resources, 'DiagnosticReport');
  expect(report?.code.text).toBe('Haemoglobin A1c level');
  expect(report?.performer?.[0]?.display).toBe('Killick Street Health Centre');
  const made = ofType(resources, 'Observation').find(({ id }) => id === result.toLowerCase());
  expect(made?.category?.[0]?.coding?.[0]?.code).toBe('laboratory');
  expect(made?.interpretation?.[0]?.coding?.[0]).toEqual({
    system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
    code: 'H',
  });
  expect(made?.valueQuantity?.comparator).toBe('<');
});
