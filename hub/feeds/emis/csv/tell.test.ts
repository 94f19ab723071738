import { describe, expect, it } from 'vitest';
import type { TableName } from './tables.ts';
import { fileOf, guidOf, Kept, only, type TestRow } from './testing-extract.ts';

const [grace, practice, doctor, nurse, surgery] = [guidOf(1), guidOf(2), guidOf(3), guidOf(4), guidOf(5)];
const [visit, cough, copd, sats] = [guidOf(10), guidOf(11), guidOf(12), guidOf(13)];

const patient: TestRow = {
  PatientGuid: grace,
  OrganisationGuid: practice,
  UsualGpUserInRoleGuid: doctor,
  Sex: 'F',
  DateOfBirth: '1948-03-12',
  Title: 'Mrs',
  GivenName: 'Grace',
  MiddleNames: 'Ada',
  Surname: 'Okafor',
  NhsNumber: '999 000 0018',
  PatientNumber: '1204',
  NHSNumberStatus: 'Number present and verified',
  HouseNameFlatNumber: 'Flat 2',
  NumberAndStreet: '9 Hornsey Road',
  Town: 'London',
  Postcode: 'N7 6DR',
  MobilePhone: '07700 900123',
  SpineSensitive: 'false',
  IsConfidential: 'false',
  Deleted: 'false',
};
const codes: TestRow[] = [
  { CodeId: '1', Term: 'Cough', SnomedCTConceptId: '49727002', ReadTermId: '171..' },
  { CodeId: '2', Term: 'Chronic obstructive pulmonary disease', SnomedCTConceptId: '13645005' },
  { CodeId: '3', Term: 'Blood pressure', SnomedCTConceptId: '75367002' },
  { CodeId: '4', Term: 'Systolic blood pressure', SnomedCTConceptId: '72313002' },
  { CodeId: '5', Term: 'Diastolic blood pressure', SnomedCTConceptId: '1091811000000102' },
  { CodeId: '6', Term: 'Oxygen saturation', SnomedCTConceptId: '431314004' },
  { CodeId: '7', Term: 'No known allergies', SnomedCTConceptId: '716186003' },
  { CodeId: '8', Term: 'FH: Ischaemic heart disease' },
  { CodeId: '9', Term: 'Full blood count' },
  { CodeId: '10', Term: 'Haemoglobin' },
  { CodeId: '11', Term: 'Referral to respiratory physician' },
  { CodeId: '12', Term: 'Discharge letter' },
  { CodeId: '13', Term: 'Influenza vaccination' },
  { CodeId: '14', Term: 'Patient door access key code', SnomedCTConceptId: '823131000000105' },
  {
    CodeId: '15',
    Term: 'Black African',
    NationalCodeCategory: 'Ethnicity',
    NationalCode: 'N',
    NationalDescription: 'African',
  },
];
const of = (row: TestRow): TestRow => ({
  PatientGuid: grace,
  OrganisationGuid: practice,
  EffectiveDate: '2026-11-02',
  EffectiveDatePrecision: 'YMD',
  EnteredDate: '2026-11-02',
  EnteredTime: '09:41:10',
  ClinicianUserInRoleGuid: doctor,
  EnteredByUserInRoleGuid: doctor,
  Deleted: 'false',
  IsConfidential: 'false',
  ...row,
});
const consultation = (row: TestRow = {}): TestRow =>
  of({ ConsultationGuid: visit, ConsultationSourceTerm: 'GP Surgery', Complete: 'true', ...row });
const observation = (id: string, code: string, row: TestRow = {}): TestRow =>
  of({ ObservationGuid: id, CodeId: code, ConsultationGuid: visit, ObservationType: 'Observation', ...row });

/** The practice's lists, and Grace Okafor with these rows. */
const kept = (rows: Partial<Record<TableName, TestRow[]>>, person: TestRow = patient): Kept =>
  new Kept(
    fileOf('Coding_ClinicalCode', codes),
    fileOf('Coding_DrugCode', [{ CodeId: '50', Term: 'Ramipril 5mg capsules', DmdProductCodeId: '319785005' }]),
    fileOf('Admin_Organisation', [
      { OrganisationGuid: practice, OrganisationName: 'Killick Street Health Centre', ODSCode: 'F83063' },
    ]),
    fileOf('Admin_Location', [{ LocationGuid: surgery, LocationName: 'Killick Street', Deleted: 'false' }]),
    fileOf('Admin_UserInRole', [
      { UserInRoleGuid: doctor, OrganisationGuid: practice, Title: 'Dr', GivenName: 'Adaeze', Surname: 'Whitfield' },
      { UserInRoleGuid: nurse, OrganisationGuid: practice, Title: 'Ms', GivenName: 'Priya', Surname: 'Blake' },
    ]),
    fileOf('Admin_Patient', [person]),
    ...Object.entries(rows).map(([table, given]) => fileOf(table as TableName, given)),
  );

describe('who it is', () => {
  it('is the person as the practice registered them, with a number that was verified', async () => {
    const told = only(await kept({ CareRecord_Observation: [observation(cough, '15')] }).tell(grace), 'Patient');
    expect(told).toMatchObject({
      id: grace,
      active: true,
      name: [{ family: 'Okafor', given: ['Grace', 'Ada'], prefix: ['Mrs'] }],
      gender: 'female',
      birthDate: '1948-03-12',
      address: [{ line: ['Flat 2', '9 Hornsey Road'], city: 'London', postalCode: 'N7 6DR' }],
      generalPractitioner: [{ display: 'Killick Street Health Centre' }, { display: 'Dr Adaeze Whitfield' }],
    });
    expect(told.identifier?.map(({ value }) => value)).toEqual(['9990000018', grace, 'F83063-1204']);
    expect(told.identifier?.[0]).toMatchObject({
      value: '9990000018',
      extension: [{ valueCodeableConcept: { coding: [{ code: '01' }] } }],
    });
    expect(told.extension?.[0]?.valueCodeableConcept?.coding?.[0]?.code).toBe('N');
  });

  it.each(['', 'Traced', 'not verified', '99'])(
    'believes no number to be verified by the status "%s"',
    async (status) => {
      const told = only(await kept({}, { ...patient, NHSNumberStatus: status }).tell(grace), 'Patient');
      expect(told.identifier?.[0]?.extension?.[0]?.valueCodeableConcept?.coding?.[0]?.code).toBe('02');
    },
  );

  it('closes the whole person who is sensitive on the Spine, and tells nothing of their record', async () => {
    const told = await kept({ CareRecord_Consultation: [consultation()] }, { ...patient, SpineSensitive: 'true' }).tell(
      grace,
    );
    expect(told.resources).toHaveLength(1);
    expect(only(told, 'Patient').meta?.security?.[0]?.code).toBe('V');
    // Neither where they live nor who looks after them there.
    expect(JSON.stringify(told)).not.toMatch(/Hornsey|N7 6DR|07700|Killick|F83063|Whitfield/);
  });

  it('takes name and address back when a record is taken back, or turns out to be invented for a test', async () => {
    const changes: TestRow[] = [{ DummyType: 'true' }, { Deleted: 'true' }];
    for (const change of changes) {
      const all = kept({ CareRecord_Consultation: [consultation()] });
      all.take(fileOf('Admin_Patient', [{ ...patient, ...change }], '20261123013000', 2));
      expect((await all.tell(grace)).resources).toEqual([{ resourceType: 'Patient', id: grace, active: false }]);
    }
  });

  it('restricts every item of a person whose whole record the practice keeps confidential', async () => {
    const { resources } = await kept(
      { CareRecord_Consultation: [consultation()], CareRecord_Observation: [observation(cough, '1')] },
      { ...patient, IsConfidential: 'true' },
    ).tell(grace);
    expect(resources).toHaveLength(3);
    expect(resources.map(({ meta }) => meta?.security?.[0]?.code)).toEqual([undefined, 'R', 'R']);
    expect(JSON.stringify(resources[0])).not.toMatch(/Hornsey|07700/);
  });

  it('keeps the record of somebody who left the practice, and says that it ends there', async () => {
    const told = await kept(
      { CareRecord_Consultation: [consultation()] },
      { ...patient, DateOfDeactivation: '2026-11-05' },
    ).tell(grace);
    expect(only(told, 'Patient')).toMatchObject({ active: false, address: [{ period: { end: '2026-11-05' } }] });
    expect(only(told, 'Patient').generalPractitioner).toBeUndefined();
    expect(only(told, 'Encounter').id).toBe(visit);
    expect(only(told, 'List').note?.[0]?.text).toBe(
      'The registration with Killick Street Health Centre ended on 05-Nov-2026. What happened after that is missing from its record.',
    );
  });

  it('waits for the person, whose rows came before their own', async () => {
    const told = await new Kept(fileOf('CareRecord_Consultation', [consultation()])).tell(grace);
    expect(told.resources).toEqual([]);
    expect(told.doubts).toHaveLength(1);
  });
});

describe('a consultation', () => {
  it('has its kind in words, its clinician, its place from the booked session, and its day without a time made up', async () => {
    const [slot, session] = [guidOf(20), guidOf(21)];
    const told = await kept({
      CareRecord_Consultation: [consultation({ AppointmentSlotGuid: slot, EffectiveDatePrecision: 'YMDT' })],
      Appointment_Slot: [
        of({
          SlotGuid: slot,
          SessionGuid: session,
          AppointmentDate: '2026-11-02',
          AppointmentStartTime: '09:30:00',
          PlannedDurationInMinutes: '10',
          SendInTime: '09:34:00',
          DidNotAttend: 'false',
        }),
      ],
      Appointment_Session: [
        { AppointmentSessionGuid: session, Description: 'GP morning surgery', LocationGuid: surgery, Deleted: 'false' },
      ],
      Appointment_SessionUser: [{ SessionGuid: session, UserInRoleGuid: nurse, Deleted: 'false' }],
    }).tell(grace);
    const booked = only(told, 'Appointment');
    expect(only(told, 'Encounter')).toMatchObject({
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'GP Surgery' }],
      participant: [{ individual: { reference: `Practitioner/${doctor}`, display: 'Dr Adaeze Whitfield' } }],
      period: { start: '2026-11-02' },
      location: [{ location: { display: 'Killick Street' } }],
      appointment: [{ reference: `Appointment/${booked.id}` }],
    });
    expect(booked).toMatchObject({
      status: 'fulfilled',
      start: '2026-11-02T09:30:00+00:00',
      end: '2026-11-02T09:40:00+00:00',
      serviceType: [{ text: 'GP morning surgery' }],
    });
    expect(booked.participant.map(({ actor }) => actor?.display)).toEqual([
      'OKAFOR, Grace Ada',
      'Ms Priya Blake',
      'Killick Street',
    ]);
  });

  it('that is still being written says so, and one whose date is none shows what was written', async () => {
    const row = consultation({ Complete: 'false', EffectiveDate: '2026-11-31' });
    const told = await kept({ CareRecord_Consultation: [row] }).tell(grace);
    expect(only(told, 'Encounter')).toMatchObject({ status: 'in-progress', period: { start: '2026-11-31' } });
    expect(told.doubts).toEqual(['A date that cannot be read, told in words']);
  });

  it('claims no contact with the practice for what its staff entered from elsewhere', async () => {
    const row = consultation({ ConsultationSourceTerm: 'Externally Entered' });
    const told = only(await kept({ CareRecord_Consultation: [row] }).tell(grace), 'Encounter');
    expect(told.class.code).toBeUndefined();
    expect(told.serviceProvider).toBeUndefined();
  });

  it('names the problem it was about; failing that the one thing coded; of several none', async () => {
    const reasonsWith = async (...rows: TestRow[]) =>
      only(
        await kept({
          CareRecord_Consultation: [consultation()],
          CareRecord_Observation: rows,
          CareRecord_Problem: [of({ ObservationGuid: copd, ProblemStatusDescription: 'Active Problem' })],
        }).tell(grace),
        'Encounter',
      ).reasonCode?.map(({ text }) => text);
    expect(await reasonsWith(observation(cough, '1'))).toEqual(['Cough']);
    expect(await reasonsWith(observation(cough, '1'), observation(sats, '6'))).toBeUndefined();
    const about = observation(copd, '2', { ConsultationGuid: '' });
    const filedUnder = observation(cough, '1', { ProblemGuid: copd });
    expect(await reasonsWith(about, filedUnder, observation(sats, '6'))).toEqual([
      'Chronic obstructive pulmonary disease',
    ]);
  });

  it('does not name a confidential entry as its reason', async () => {
    const told = await kept({
      CareRecord_Consultation: [consultation()],
      CareRecord_Observation: [observation(cough, '1', { IsConfidential: 'true' })],
    }).tell(grace);
    expect(only(told, 'Encounter').reasonCode).toBeUndefined();
    expect(JSON.stringify(only(told, 'Encounter'))).not.toContain('Cough');
    expect(only(told, 'Observation').meta?.security?.[0]?.code).toBe('R');
  });

  it('has what was written in it on one page: the problem first, nothing confidential, and no code of a door', async () => {
    const [both, upper, lower, secret, door] = [30, 31, 32, 33, 34].map(guidOf) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const half = { ParentObservationGuid: both, NumericUnit: 'mmHg', ObservationType: 'Value' };
    const told = await kept({
      CareRecord_Consultation: [consultation()],
      CareRecord_Observation: [
        observation(cough, '1', { AssociatedText: 'Dry, for two weeks', EnteredTime: '09:41:00' }),
        observation(both, '3', { EnteredTime: '09:42:00' }),
        observation(upper, '4', { ...half, Value: '152' }),
        observation(lower, '5', { ...half, Value: '88' }),
        observation(copd, '2', { EnteredTime: '09:43:00' }),
        observation(secret, '9', { IsConfidential: 'true', AssociatedText: 'Told in confidence' }),
        observation(door, '14', { AssociatedText: '4711' }),
      ],
      CareRecord_Problem: [of({ ObservationGuid: copd, Comment: 'Inhaler technique good' })],
    }).tell(grace);
    const page = only(told, 'DocumentReference', `${visit}-notes`);
    expect(Buffer.from(page.content[0]?.attachment.data ?? '', 'base64').toString('utf8')).toBe(
      [
        'Problem: Chronic obstructive pulmonary disease. Inhaler technique good',
        'Cough. Dry, for two weeks',
        'Blood pressure: 152/88 mmHg',
      ].join('\n'),
    );
    expect(page.context?.related?.map(({ reference }) => reference)).toEqual([
      `Observation/${cough}`,
      `Observation/${both}`,
      `Condition/${copd}`,
    ]);
    expect(page.meta).toBeUndefined();
  });

  it('has no page where nobody wrote a word', async () => {
    const rows = { CareRecord_Consultation: [consultation()], CareRecord_Observation: [observation(cough, '1')] };
    const told = await kept(rows).tell(grace);
    expect(told.resources.map(({ resourceType }) => resourceType)).not.toContain('DocumentReference');
    expect(only(told, 'Observation').dataAbsentReason?.text).toBe('Entry without a value');
  });

  it('goes when it is deleted, and its entries stay without it', async () => {
    const all = kept({ CareRecord_Consultation: [consultation()], CareRecord_Observation: [observation(cough, '1')] });
    all.take(fileOf('CareRecord_Consultation', [consultation({ Deleted: 'true' })], '20261123013000', 2));
    const told = await all.tell(grace);
    expect(told.resources.map(({ resourceType }) => resourceType)).toEqual(['Patient', 'Observation']);
    expect(only(told, 'Observation').encounter).toBeUndefined();
  });
});

describe('an entry of the record', () => {
  it.each([
    ['U', undefined],
    ['Y', '2026'],
    ['YM', '2026-11'],
    ['YMD', '2026-11-02'],
    ['YMDT', '2026-11-02'],
  ])('has its date in the precision %s', async (precision, date) => {
    const row = observation(cough, '1', { EffectiveDatePrecision: precision });
    const told = only(await kept({ CareRecord_Observation: [row] }).tell(grace), 'Observation');
    expect(told.effectiveDateTime).toBe(date);
    expect(told.issued).toBe('2026-11-02T09:41:10+00:00');
  });

  it('whose date is none is told without one, with the date as it was written', async () => {
    const all = await kept({ CareRecord_Observation: [observation(cough, '1', { EffectiveDate: '2026-13-02' })] }).tell(
      grace,
    );
    expect(only(all, 'Observation').effectiveDateTime).toBeUndefined();
    expect(only(all, 'Observation').note).toEqual([{ text: 'Date as written in the GP record: 2026-13-02' }]);
    expect(all.doubts).toEqual(['A date that cannot be read, told in words']);
  });

  it('whose code is in no list is told all the same, and says so', async () => {
    const all = await kept({ CareRecord_Observation: [observation(cough, '777')] }).tell(grace);
    expect(only(all, 'Observation').code.text).toBe('Entry with a code that is not in the extract (777)');
    expect(all.doubts).toEqual(['Codes of this record that are in no code list that has come: 1']);
  });

  it('is one blood pressure with two halves, and as confidential as either half', async () => {
    const [both, upper, lower] = [guidOf(30), guidOf(31), guidOf(32)];
    const half = (id: string, code: string, value: string, row: TestRow = {}): TestRow =>
      observation(id, code, {
        ParentObservationGuid: both,
        Value: value,
        NumericUnit: 'mmHg',
        ObservationType: 'Value',
        ...row,
      });
    const rows = [observation(both, '3'), half(upper, '4', '152'), half(lower, '5', '88')];
    const told = await kept({ CareRecord_Observation: rows }).tell(grace);
    expect(only(told, 'Observation')).toMatchObject({
      id: both,
      component: [
        { valueQuantity: { value: 152, unit: 'mmHg', code: 'mm[Hg]' } },
        { valueQuantity: { value: 88, unit: 'mmHg', code: 'mm[Hg]' } },
      ],
    });
    expect(only(told, 'Observation').meta).toBeUndefined();
    rows[2] = half(lower, '5', '88', { IsConfidential: 'true' });
    expect(only(await kept({ CareRecord_Observation: rows }).tell(grace), 'Observation').meta?.security).toHaveLength(
      1,
    );
  });

  it('keeps a comparator, a range and what is no number', async () => {
    const value = async (row: TestRow) =>
      only(
        await kept({ CareRecord_Observation: [observation(sats, '6', { ObservationType: 'Value', ...row })] }).tell(
          grace,
        ),
        'Observation',
      );
    expect((await value({ Value: '<5', NumericUnit: 'mg/L' })).valueQuantity).toMatchObject({
      value: 5,
      comparator: '<',
    });
    expect(
      (await value({ Value: '94', NumericUnit: '%', NumericRangeLow: '95', NumericRangeHigh: 'n/a' })).referenceRange,
    ).toEqual([{ low: { value: 95, unit: '%', system: 'http://unitsofmeasure.org', code: '%' }, high: undefined }]);
    expect((await value({ Value: '1,5', NumericUnit: 'mg/L' })).valueString).toBe('1,5 mg/L');
    expect((await value({ Value: '94', NumericRangeHigh: '98' })).interpretation).toBeUndefined();
  });

  it('is a report with its results when it is the heading of an investigation', async () => {
    const [count, haemoglobin] = [guidOf(40), guidOf(41)];
    const told = await kept({
      CareRecord_Observation: [
        observation(count, '9', { ObservationType: 'Investigation' }),
        observation(haemoglobin, '10', {
          ObservationType: 'Investigation',
          ParentObservationGuid: count,
          Value: '104',
          NumericUnit: 'g/L',
        }),
      ],
    }).tell(grace);
    expect(only(told, 'DiagnosticReport')).toMatchObject({
      status: 'unknown',
      code: { text: 'Full blood count' },
      result: [{ reference: `Observation/${haemoglobin}`, display: 'Haemoglobin' }],
    });
    expect(only(told, 'Observation')).toMatchObject({
      valueQuantity: { value: 104 },
      status: 'unknown',
      interpretation: [{ text: 'Laboratory flag not in the GP extract' }],
      category: [{ coding: [{ code: 'laboratory' }] }],
    });
  });

  it('is an allergy, the word that there is none, a vaccination, a referral, or a letter that was filed', async () => {
    const [none, jab, referred, letter] = [guidOf(50), guidOf(51), guidOf(52), guidOf(53)];
    const told = await kept({
      CareRecord_Observation: [
        observation(none, '7'),
        observation(jab, '13', { ObservationType: 'Immunisation', EffectiveDatePrecision: 'U' }),
        observation(referred, '11', { ObservationType: 'Referral', AssociatedText: 'Worse since the summer' }),
        observation(letter, '12', {
          ObservationType: 'Document',
          DocumentGuid: guidOf(54),
          AssociatedText: 'Whittington Health',
        }),
      ],
      CareRecord_ObservationReferral: [
        of({
          ObservationGuid: referred,
          ReferralUrgency: '2 Week Wait',
          ReferralMode: 'NHS e-Referral',
          ReferralUBRN: '000012345678',
        }),
      ],
    }).tell(grace);
    expect(only(told, 'AllergyIntolerance').code?.coding?.[0]?.code).toBe('716186003');
    expect(only(told, 'Immunization').occurrenceString).toBe('Date not known');
    expect(only(told, 'ServiceRequest')).toMatchObject({
      status: 'active',
      priority: 'urgent',
      identifier: [{ value: '000012345678' }],
      note: [{ text: 'Worse since the summer' }, { text: 'Urgency: 2 Week Wait' }, { text: 'Sent by: NHS e-Referral' }],
    });
    expect(only(told, 'DocumentReference').description).toBe(
      'Discharge letter. Whittington Health. The document itself is kept by the practice',
    );
  });

  it('tells how an allergy showed itself in the words beside it, and claims no certainty that nobody stated', async () => {
    const rows = [observation(cough, '1', { ObservationType: 'Allergy', AssociatedText: 'Anaphylaxis in 2019' })];
    const told = only(await kept({ CareRecord_Observation: rows }).tell(grace), 'AllergyIntolerance');
    expect(told.reaction).toEqual([
      { description: 'Anaphylaxis in 2019', manifestation: [{ text: 'Anaphylaxis in 2019' }] },
    ]);
    expect(told.verificationStatus).toBeUndefined();
  });

  it('of a relative is never a problem of the person', async () => {
    const told = await kept({
      CareRecord_Observation: [observation(copd, '8', { ObservationType: 'Family history' })],
      CareRecord_Problem: [of({ ObservationGuid: copd, ProblemStatusDescription: 'Active Problem' })],
    }).tell(grace);
    expect(told.resources.map(({ resourceType }) => resourceType)).toEqual(['Patient', 'Observation']);
    expect(only(told, 'Observation').category).toEqual([{ text: 'Family history' }]);
  });

  it('on how to get into a home is restricted whatever its row says', async () => {
    const told = await kept({ CareRecord_Observation: [observation(cough, '14')] }).tell(grace);
    expect(only(told, 'Observation').meta?.security?.[0]?.code).toBe('R');
  });
});

describe('a problem', () => {
  it.each([
    [{ ProblemStatusDescription: 'Active Problem' }, 'active'],
    [{ ProblemStatusDescription: 'Past Problem' }, 'inactive'],
    [{ ProblemStatusDescription: 'Past Problem', EndDate: '2026-11-05', EndDatePrecision: 'YM' }, 'resolved'],
  ])('states whether it is active, and nothing of how sure anybody is: %j', async (row, status) => {
    const told = only(
      await kept({
        CareRecord_Observation: [observation(copd, '2')],
        CareRecord_Problem: [
          of({
            ObservationGuid: copd,
            SignificanceDescription: 'Significant Problem',
            Comment: 'Inhaler technique good',
            ...row,
          }),
        ],
      }).tell(grace),
      'Condition',
    );
    expect(told).toMatchObject({
      clinicalStatus: { coding: [{ code: status }] },
      extension: [{ valueCode: 'major' }],
      onsetDateTime: '2026-11-02',
      note: [{ text: 'Inhaler technique good' }],
    });
    expect(told.verificationStatus).toBeUndefined();
    expect(told.abatementDateTime).toBe(status === 'resolved' ? '2026-11' : undefined);
  });

  it('is restricted when its entry is, and an entry again when it is taken off the list', async () => {
    const rows = {
      CareRecord_Observation: [observation(copd, '2', { IsConfidential: 'true' })],
      CareRecord_Problem: [of({ ObservationGuid: copd })],
    };
    const all = kept(rows);
    expect(only(await all.tell(grace), 'Condition').meta?.security?.[0]?.code).toBe('R');
    all.take(fileOf('CareRecord_Problem', [of({ ObservationGuid: copd, Deleted: 'true' })], '20261123013000', 2));
    expect((await all.tell(grace)).resources.map(({ resourceType }) => resourceType)).toEqual([
      'Patient',
      'Observation',
    ]);
  });

  it('does not name a confidential problem it is grouped with', async () => {
    const told = await kept({
      CareRecord_Observation: [observation(copd, '2'), observation(cough, '1', { IsConfidential: 'true' })],
      CareRecord_Problem: [
        of({ ObservationGuid: copd, ParentProblemObservationGuid: cough, ParentProblemRelationship: 'Grouped' }),
        of({ ObservationGuid: cough }),
      ],
    }).tell(grace);
    expect(JSON.stringify(only(told, 'Condition', copd))).not.toContain('Cough');
  });
});

describe('a medicine', () => {
  const [ramipril, first, second] = [guidOf(60), guidOf(61), guidOf(62)];
  const drug = (row: TestRow = {}): TestRow =>
    of({
      DrugRecordGuid: ramipril,
      CodeId: '50',
      Dosage: 'One a day',
      Quantity: '28',
      QuantityUnit: 'capsule',
      PrescriptionType: 'Repeat',
      IsActive: 'true',
      NumberOfIssuesAuthorised: '6',
      ...row,
    });
  const issued = (id: string, on: string): TestRow =>
    of({
      IssueRecordGuid: id,
      DrugRecordGuid: ramipril,
      CodeId: '50',
      Dosage: 'One a day',
      EffectiveDate: on,
      CourseDurationInDays: '28',
    });

  it('is one plan with its statement, its issues and the last of them', async () => {
    const told = await kept({
      Prescribing_DrugRecord: [drug()],
      Prescribing_IssueRecord: [issued(first, '2026-09-01'), issued(second, '2026-10-02')],
    }).tell(grace);
    expect(only(told, 'MedicationStatement')).toMatchObject({
      id: `${ramipril}-MS`,
      status: 'active',
      basedOn: [{ reference: `MedicationRequest/${ramipril}` }],
      extension: [{ valueDateTime: '2026-10-02' }],
      medicationCodeableConcept: { text: 'Ramipril 5mg capsules', coding: [{ code: '319785005' }] },
      dosage: [{ text: 'One a day' }],
    });
    expect(only(told, 'MedicationRequest', ramipril)).toMatchObject({
      intent: 'plan',
      courseOfTherapyType: { coding: [{ code: 'repeat' }] },
      dispenseRequest: { numberOfRepeatsAllowed: 5, quantity: { value: 28, unit: 'capsule' } },
    });
    for (const id of [first, second]) {
      expect(only(told, 'MedicationRequest', `${id}-issue`)).toMatchObject({
        intent: 'order',
        status: 'completed',
        basedOn: [{ reference: `MedicationRequest/${ramipril}` }],
      });
    }
  });

  it('that is confidential has confidential issues, whatever their rows say', async () => {
    const told = await kept({
      Prescribing_DrugRecord: [drug({ IsConfidential: 'true' })],
      Prescribing_IssueRecord: [issued(first, '2026-09-01')],
    }).tell(grace);
    const medicines = told.resources.filter(({ resourceType }) => resourceType.startsWith('Medication'));
    expect(medicines.map(({ meta }) => meta?.security?.[0]?.code)).toEqual(['R', 'R', 'R']);
  });

  it('that was cancelled is stopped on that day; one that is merely not active any more has run its course', async () => {
    const statusOf = async (row: TestRow) =>
      only(await kept({ Prescribing_DrugRecord: [drug(row)] }).tell(grace), 'MedicationStatement');
    expect(await statusOf({ IsActive: 'false', CancellationDate: '2026-11-10' })).toMatchObject({
      status: 'stopped',
      effectivePeriod: { start: '2026-11-02', end: '2026-11-10' },
    });
    expect((await statusOf({ IsActive: 'false' })).status).toBe('completed');
  });
});

describe('an appointment', () => {
  const slot = guidOf(70);
  const row = (more: TestRow): TestRow =>
    of({
      SlotGuid: slot,
      AppointmentDate: '2026-07-14',
      AppointmentStartTime: '14:10:00',
      PlannedDurationInMinutes: '15',
      ...more,
    });
  const statusOf = async (more: TestRow) =>
    only(await kept({ Appointment_Slot: [row(more)] }).tell(grace), 'Appointment');

  it('was missed, was kept, or nobody wrote down which', async () => {
    expect(await statusOf({ DidNotAttend: 'true' })).toMatchObject({
      status: 'noshow',
      start: '2026-07-14T14:10:00+01:00',
    });
    expect((await statusOf({ SendInTime: '14:12:00', LeftTime: '14:30:00' })).status).toBe('fulfilled');
    expect((await statusOf({})).status).toBe('booked');
  });

  it('is cancelled for one whose slot is free again or somebody else’s, and theirs alone', async () => {
    const other = guidOf(99);
    for (const next of ['', other]) {
      const all = kept({ Appointment_Slot: [row({})] });
      all.take(fileOf('Appointment_Slot', [{ ...row({}), PatientGuid: next }], '20261123013000', 2));
      expect(only(await all.tell(grace), 'Appointment')).toMatchObject({
        status: 'cancelled',
        cancelationReason: { text: 'Not recorded: the slot was given up' },
      });
      all.take(fileOf('Admin_Patient', [{ ...patient, PatientGuid: other }], '20261123013000', 3));
      const theirs = (await all.tell(other)).resources.filter(({ resourceType }) => resourceType === 'Appointment');
      expect(theirs.map((one) => ('status' in one ? one.status : undefined))).toEqual(next === other ? ['booked'] : []);
    }
  });
});

it('keeps what is to be done by a day as a plan, open until it is done', async () => {
  const diary = (row: TestRow): TestRow =>
    of({
      DiaryGuid: guidOf(80),
      CodeId: '13',
      EffectiveDate: '2027-10-01',
      IsActive: 'true',
      IsComplete: 'false',
      ...row,
    });
  const statusOf = async (row: TestRow) =>
    only(await kept({ CareRecord_Diary: [diary(row)] }).tell(grace), 'ServiceRequest');
  expect(await statusOf({})).toMatchObject({ status: 'active', intent: 'plan', occurrenceDateTime: '2027-10-01' });
  expect((await statusOf({ IsComplete: 'true' })).status).toBe('completed');
  expect((await statusOf({ IsActive: 'false' })).status).toBe('revoked');
});

it('tells the practice, its places and its staff, each with its own name', async () => {
  const all = kept({
    Admin_OrganisationLocation: [
      { OrganisationGuid: practice, LocationGuid: surgery, IsMainLocation: 'true', Deleted: 'false' },
    ],
  });
  expect(only(await all.tell('', 'Admin_Organisation'), 'Organization')).toMatchObject({
    id: practice,
    identifier: [{ value: 'F83063' }],
    name: 'Killick Street Health Centre',
  });
  expect(only(await all.tell('', 'Admin_Location'), 'Location').managingOrganization?.display).toBe(
    'Killick Street Health Centre',
  );
  expect(only(await all.tell('', 'Admin_UserInRole'), 'Practitioner', doctor).name?.[0]?.text).toBe(
    'Dr Adaeze Whitfield',
  );
  expect((await all.tell('', 'Coding_ClinicalCode')).resources).toEqual([]);
});
