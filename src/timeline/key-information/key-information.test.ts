import type {
  AllergyIntolerance,
  CarePlan,
  CareTeam,
  Condition,
  Flag,
  List,
  MedicationRequest,
  MedicationStatement,
  Resource,
} from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { entryOf, from, when } from '../testing.ts';
import { keyInformationOf } from './key-information.ts';
import { factsOf, read, source, subject, view } from './testing.ts';
import type { KeyFacts, Topic } from './topics.ts';

const failed: Topic = { status: 'failed', resources: [], strangers: 0 };
/** A clinician's allergy came, under another person's name, and was dropped. */
const mixed = (...resources: Resource[]): Topic => ({ status: 'read', resources, strangers: 1 });
const loading: Topic = { status: 'loading', resources: [], strangers: 0 };

const allergy = (id: string, name: string, parts: Partial<AllergyIntolerance> = {}): AllergyIntolerance => ({
  resourceType: 'AllergyIntolerance',
  id,
  meta: from('emis'),
  patient: subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  code: { text: name },
  recordedDate: '2011-05-02',
  ...parts,
});
const penicillin = allergy('a', 'Penicillin', { reaction: [{ manifestation: [{ text: 'Rash' }] }] });
const noneKnown = allergy('n', 'No known allergies', { code: { coding: [{ code: '716186003' }] } });

describe('allergies: source states × statements (misreading 1)', () => {
  const whole = {};
  const down = { sources: [source('emis'), source('system-c', 'failed')] };
  const part = { sources: [source('emis'), source('system-c', 'partial')] };
  const late = { sources: [source('emis'), source('system-c', 'late')] };
  const withheld = { withheld: 'some' as const };
  const unasked = { sourcesRead: 'failed' as const, sources: [] };
  const unconnected = { sources: [source('emis'), source('carecast', 'not-connected')] };

  it.each<[string, Topic, Partial<KeyFacts>, string]>([
    ['an allergy, all read', read(penicillin), whole, 'Known allergies'],
    ['an allergy, a source down', read(penicillin), down, 'Known allergies'],
    ['an allergy, some withheld', read(penicillin), withheld, 'Known allergies'],
    ['an allergy and a statement of none', read(penicillin, noneKnown), whole, 'Known allergies'],
    ['a statement of none, all read', read(noneKnown), whole, 'No known allergies'],
    ['a statement of none, a source late', read(noneKnown), late, 'No known allergies'],
    ['a statement of none, one never connected', read(noneKnown), unconnected, 'No known allergies'],
    ['a statement of none, a source down', read(noneKnown), down, 'Allergies unavailable'],
    ['a statement of none, a source cut short', read(noneKnown), part, 'Allergies unavailable'],
    ['a statement of none, sources unknown', read(noneKnown), unasked, 'Allergies unavailable'],
    ['a statement of none, some withheld', read(noneKnown), withheld, 'Allergies not recorded'],
    ['nothing, all read', read(), whole, 'Allergies not recorded'],
    ['nothing, a source late', read(), late, 'Allergies not recorded'],
    ['nothing, a source down', read(), down, 'Allergies unavailable'],
    ['a statement of none, and one of another person', mixed(noneKnown), whole, 'Allergies unavailable'],
    ['nothing but one of another person', mixed(), whole, 'Allergies unavailable'],
    ['an allergy, and one of another person', mixed(penicillin), whole, 'Known allergies'],
    ['allergies themselves not read', failed, whole, 'Allergies unavailable'],
    ['allergies still loading', loading, whole, 'Allergies are loading'],
  ])('%s', (_, topic, parts, title) => {
    expect(view({ AllergyIntolerance: topic }, parts).allergies.title).toBe(title);
  });

  it('say so where something that came named another person', () => {
    const words = 'Some of what came named another person and is not shown.';
    for (const topic of [mixed(), mixed(penicillin)]) {
      expect(view({ AllergyIntolerance: topic }).allergies.notes).toContain(words);
    }
    expect(view({ Flag: mixed() }).alerts.resuscitation).toMatchObject({
      state: 'unavailable',
      notes: expect.arrayContaining([words]),
    });
  });

  it('are "No known" only on a clinician’s confirmed word about all allergies', () => {
    for (const weak of [
      { ...noneKnown, asserter: subject },
      { ...noneKnown, meta: from('patient') },
      { ...noneKnown, verificationStatus: { coding: [{ code: 'unconfirmed' }] } },
      { ...noneKnown, verificationStatus: { coding: [{ code: 'entered-in-error' }] } },
      { ...noneKnown, code: { coding: [{ code: '409137002', display: 'No known drug allergy' }] } },
      { ...noneKnown, code: { text: 'No known food allergies' } },
      { ...noneKnown, clinicalStatus: { coding: [{ code: 'inactive' }] } },
      { ...noneKnown, asserter: { reference: 'https://hub.example/fhir/RelatedPerson/mother' } },
    ]) {
      expect(view({ AllergyIntolerance: read(weak) }).allergies.state).toBe('not-recorded');
    }
  });

  it('are not "No known" on a list that the person filled in', () => {
    const list = (parts: Partial<List>): List => ({
      resourceType: 'List',
      id: 'l',
      meta: from('emis'),
      status: 'current',
      mode: 'snapshot',
      code: { coding: [{ code: '886921000000105' }] },
      emptyReason: { coding: [{ code: 'nilknown' }] },
      ...parts,
    });
    const state = (one: List) => view({ List: read(one) }).allergies.state;
    expect(state(list({}))).toBe('none');
    expect(state(list({ source: subject }))).toBe('not-recorded');
    expect(state(list({ meta: from('patient') }))).toBe('not-recorded');
  });

  it('never count what was refuted, entered in error or has ended as known', () => {
    const gone = [
      allergy('1', 'Latex', { verificationStatus: { coding: [{ code: 'refuted' }] } }),
      allergy('2', 'Latex', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } }),
      allergy('3', 'Latex', { clinicalStatus: { coding: [{ code: 'resolved' }] } }),
    ];
    expect(view({ AllergyIntolerance: read(...gone) }).allergies).toMatchObject({ state: 'not-recorded', items: [] });
  });

  it('say substance, reaction, source and the age of both', () => {
    expect(view({ AllergyIntolerance: read(penicillin) }).allergies.items).toEqual([
      {
        key: 'AllergyIntolerance/a',
        text: 'Penicillin',
        detail: ['Rash'],
        label: undefined,
        source: 'GP',
        organisation: undefined,
        recorded: '02-May-2011',
        age: 'as at 22-Nov-2026 04:00',
        by: undefined,
        certainty: 'confirmed',
        codes: [],
        against: [],
        narrative: undefined,
      },
    ]);
    const suspected = allergy('s', 'Nuts', { verificationStatus: { coding: [{ code: 'unconfirmed' }] } });
    expect(view({ AllergyIntolerance: read(suspected) }).allergies.items[0]?.label).toBe('Suspected');
  });

  it('say what was noted of them, in the lines it was written in', () => {
    const noted = {
      ...penicillin,
      note: [{ text: 'Rash at age 5.\nNot\nconfirmed by test.', authorString: 'Dr R Iqbal' }],
      reaction: [{ manifestation: [{ text: 'Rash' }], description: 'Trunk only' }],
    };
    expect(view({ AllergyIntolerance: read(noted) }).allergies.items[0]?.narrative).toBe(
      'Rash at age 5.\nNot\nconfirmed by test. (Dr R Iqbal)\nTrunk only',
    );
  });

  it('say when they may be incomplete, and when the sources differ', () => {
    expect(view({ AllergyIntolerance: read(penicillin) }, down).allergies.notes).toEqual([
      'May be incomplete: a source could not be read.',
    ]);
    expect(view({ AllergyIntolerance: read(penicillin, noneKnown) }).allergies.notes).toEqual([
      'Sources differ: GP states no known allergies.',
    ]);
    expect(view({ AllergyIntolerance: read(noneKnown) }, withheld).allergies.notes).toContain(
      'GP states no known allergies. This cannot be relied on here.',
    );
  });

  it('are never "No known" when the list itself says that items are left out', () => {
    const list: List = {
      resourceType: 'List',
      id: 'l',
      meta: from('emis'),
      status: 'current',
      mode: 'snapshot',
      code: { coding: [{ code: '886921000000105' }] },
      note: [{ text: 'Items excluded due to confidentiality and/or patient preferences.' }],
    };
    const panel = view({ AllergyIntolerance: read(noneKnown), List: read(list) });
    expect(panel.allergies.state).toBe('not-recorded');
    expect(panel.allergies.notes).toContain('Items excluded due to confidentiality and/or patient preferences.');
    expect(panel.listWarnings).toHaveLength(1);
    // Two sources that leave things out are two gaps, though they say it in the same words.
    const other = { ...list, id: 'm', meta: from('carecast') };
    expect(view({ AllergyIntolerance: read(noneKnown), List: read(list, other) }).allergies.notes).toEqual([
      'May be incomplete.',
      'GP: Items excluded due to confidentiality and/or patient preferences.',
      'UCLH: Items excluded due to confidentiality and/or patient preferences.',
      'GP states no known allergies. This cannot be relied on here.',
    ]);
    const empty = { ...list, note: undefined, emptyReason: { coding: [{ code: 'nilknown' }] } };
    expect(view({ List: read(empty) }).allergies.state).toBe('none');
  });
});

describe('alerts and plans (misreading 2)', () => {
  const flag = (id: string, text: string, parts: Partial<Flag> = {}): Flag => ({
    resourceType: 'Flag',
    id,
    meta: from('liquidlogic'),
    status: 'active',
    subject,
    code: { text },
    period: { start: '2026-01-01' },
    ...parts,
  });
  const plan: CarePlan = {
    resourceType: 'CarePlan',
    id: 'c',
    meta: from('emis'),
    status: 'active',
    intent: 'plan',
    subject,
    title: 'Treatment escalation plan',
    period: { start: '2026-10-02' },
  };

  it('each have four states, and always say to check the original', () => {
    const none = view({}).alerts.resuscitation;
    expect(none).toMatchObject({ state: 'not-recorded', notes: ['Check the original.'] });
    expect(view({ CarePlan: failed }).alerts.resuscitation.state).toBe('unavailable');
    expect(view({ CarePlan: loading }).alerts.resuscitation.state).toBe('loading');
    const known = view({ CarePlan: read(plan) }).alerts.resuscitation;
    expect(known).toMatchObject({ state: 'known', notes: ['Check the original.'] });
    expect(known.items[0]).toMatchObject({ text: 'Treatment escalation plan', recorded: '02-Oct-2026', source: 'GP' });
    const stated = view({ Flag: read(flag('f', 'No safeguarding concerns')) }).alerts.safeguarding;
    expect(stated.state).toBe('none');
  });

  it('stand under their own topic', () => {
    const { alerts } = view({
      Flag: read(
        flag('1', 'Adult at risk', { category: [{ coding: [{ code: 'SGC' }] }] }),
        flag('2', 'Key worker visits alone are not advised', { meta: from('adastra') }),
        flag('3', 'DNACPR in place'),
        flag('4', 'Lives alone'),
      ),
    });
    expect(alerts.safeguarding.items.map((item) => item.text)).toEqual(['Adult at risk']);
    expect(alerts['special-notes'].items).toHaveLength(1);
    expect(alerts.resuscitation.items.map((item) => item.text)).toEqual(['DNACPR in place']);
    expect(alerts['other-alerts'].items.map((item) => item.text)).toEqual(['Lives alone']);
  });

  it('that are inactive, ended or in error are none', () => {
    const { alerts } = view({
      Flag: read(
        flag('1', 'Lives alone', { status: 'inactive' }),
        flag('2', 'Lives alone', { period: { end: '2026-01-02' } }),
        flag('3', 'Lives alone', { status: 'entered-in-error' }),
      ),
      CarePlan: read({ ...plan, status: 'revoked' } as CarePlan),
    });
    expect(alerts['other-alerts'].state).toBe('not-recorded');
    expect(alerts.resuscitation.state).toBe('not-recorded');
  });
});

describe('problems (misreading 7)', () => {
  const problem = (id: string, text: string, parts: Partial<Condition> = {}): Condition => ({
    resourceType: 'Condition',
    id,
    subject,
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { text },
    ...parts,
  });
  const verified = (code: string) => ({ verificationStatus: { coding: [{ code }] } });

  it('are the active ones; what is refuted, in error, over or a relative’s never stands there', () => {
    const { problems } = view({
      Condition: read(
        problem('1', 'Asthma', { onsetDateTime: '2001' }),
        problem('2', 'Lung cancer', verified('refuted')),
        problem('3', 'Gout', verified('entered-in-error')),
        problem('4', 'Pneumonia', { clinicalStatus: { coding: [{ code: 'resolved' }] } }),
        problem('5', 'Family history of stroke'),
        problem('6', 'Pulmonary embolism', { ...verified('provisional'), onsetDateTime: '2026-11' }),
        problem('7', 'Migraine', { clinicalStatus: undefined, abatementDateTime: '2020' }),
      ),
    });
    expect(problems.items.map((item) => [item.text, item.label, item.recorded])).toEqual([
      ['Pulmonary embolism', 'Suspected', 'Nov-2026'],
      ['Asthma', undefined, '2001'],
    ]);
  });

  it('say which tell of the person as somebody’s carer, and never of one who has a carer (misreading 11)', () => {
    const { problems } = view({
      Condition: read(problem('1', 'Is a carer'), problem('2', 'Has a carer'), problem('3', 'Carer of a relative')),
    });
    const told = problems.items.filter(({ detail }) => detail.includes('As a carer')).map((item) => item.text);
    expect(told.toSorted()).toEqual(['Carer of a relative', 'Is a carer']);
    expect(problems.items).toHaveLength(3);
  });

  it('sent as a code alone stand there under that code: no problem is left out for want of words', () => {
    const coded = problem('1', '', { code: { coding: [{ system: 'http://snomed.info/sct', code: '13645005' }] } });
    const { problems } = view({ Condition: read(coded, problem('2', '', { code: undefined })) });
    expect(problems.items.map((item) => item.text).sort()).toEqual([
      'Not named: SNOMED CT 13645005',
      'Problem not named',
    ]);
  });

  it('that could not be read say so and are never an empty list', () => {
    expect(view({ Condition: failed }).problems).toMatchObject({ status: 'failed', items: [] });
    expect(view({ Condition: failed }).problems.note).toMatch(/Could not be read/);
    expect(view({}, { sources: [source('emis', 'failed')] }).problems.note).toBe(
      'May be incomplete: a source could not be read.',
    );
    expect(view({}, { sources: [source('emis', 'late')] }).problems.note).toBe('May be incomplete: a source is late.');
  });
});

describe('current medicines', () => {
  const request = (id: string, text: string, parts: Partial<MedicationRequest> = {}): MedicationRequest => ({
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    subject,
    medicationCodeableConcept: { text },
    ...parts,
  });
  const statement = (id: string, text: string, parts: Partial<MedicationStatement> = {}): MedicationStatement => ({
    resourceType: 'MedicationStatement',
    id,
    status: 'active',
    subject,
    medicationCodeableConcept: { text },
    ...parts,
  });

  it('are those in use, with the directions as written', () => {
    const { medicines } = view({
      MedicationRequest: read(
        request('1', 'Apixaban 2.5 mg', { authoredOn: '2026-11-19', dosageInstruction: [{ text: 'one twice a day' }] }),
        request('2', 'Amlodipine 5 mg', { status: 'stopped' }),
        request('3', 'Ramipril 5 mg', { status: 'on-hold' }),
      ),
    });
    expect(medicines.items.map((item) => [item.text, item.detail])).toEqual([
      ['Apixaban 2.5 mg', ['one twice a day']],
      ['Ramipril 5 mg', ['On hold']],
    ]);
  });

  it('stand once where a statement names its request, and twice where two sources state them', () => {
    const { medicines } = view({
      MedicationStatement: read(
        statement('s', 'Metformin', { basedOn: [{ reference: 'MedicationRequest/1' }] }),
        statement('ended', 'Aspirin', { effectivePeriod: { end: '2020-01-01' } }),
      ),
      MedicationRequest: read(request('1', 'Metformin'), request('2', 'Metformin', { meta: from('system-c') })),
    });
    expect(medicines.items.map((item) => item.key)).toEqual(['MedicationRequest/2', 'MedicationStatement/s']);
  });

  it('without a name say so', () => {
    const nameless = request('1', '', { medicationCodeableConcept: undefined });
    expect(view({ MedicationRequest: read(nameless) }).medicines.items[0]?.text).toBe('Medicine name not recorded');
  });
});

describe('the care team', () => {
  const team: CareTeam = {
    resourceType: 'CareTeam',
    id: 't',
    meta: from('liquidlogic'),
    status: 'active',
    name: 'Hospital Discharge Team',
    telecom: [{ system: 'phone', value: '020 7946 0706' }],
    participant: [
      { member: { reference: 'Practitioner/x', display: 'Ms Sofia Costa' }, role: [{ text: 'social worker' }] },
      { member: subject },
      { member: { display: 'Former Worker' }, period: { end: '2020-01-01' } },
    ],
  };

  it('names who, in which role and team, and how to reach them', () => {
    expect(view({ CareTeam: read(team) }).careTeam.items).toMatchObject([
      {
        text: 'Ms Sofia Costa',
        role: 'Social worker',
        team: 'Hospital Discharge Team',
        source: 'Council',
        contacts: [{ kind: 'phone', value: '020 7946 0706' }],
      },
    ]);
  });

  it('prefers a member’s own number, and leaves teams of the past out', () => {
    const worker = {
      resourceType: 'Practitioner',
      id: 'x',
      telecom: [
        { system: 'phone', value: '020 7946 0999' },
        { system: 'phone', use: 'home', value: '020 7946 0111' },
      ],
    } as Resource;
    const facts = { included: new Map([['Practitioner/x', worker]]) };
    expect(view({ CareTeam: read(team) }, facts).careTeam.items[0]?.contacts).toEqual([
      { kind: 'phone', value: '020 7946 0999' },
    ]);
    expect(view({ CareTeam: read({ ...team, status: 'inactive' } as CareTeam) }).careTeam.items).toEqual([]);
  });
});

it('the next booking is the nearest one planned, never a cancelled one', () => {
  const entries = [
    entryOf({ key: 'far', state: 'planned', title: 'Booked: far', start: when('2027-01-01') }),
    entryOf({ key: 'near', state: 'planned', title: 'Booked: near', start: when('2026-11-24T14:00:00Z') }),
    entryOf({ key: 'off', state: 'cancelled', start: when('2026-11-23') }),
    entryOf({ key: 'past', state: 'closed', start: when('2026-11-01') }),
  ];
  const { next } = keyInformationOf({ facts: factsOf({}), entries, bookingsComplete: false });
  expect(next).toMatchObject({
    complete: false,
    appointments: [{ key: 'near', when: 'Tue 24-Nov-2026, 14:00' }, { key: 'far' }],
  });
  expect(view({}).next.appointments).toEqual([]);
});
