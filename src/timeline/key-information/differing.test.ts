import * as fc from 'fast-check';
import type { AllergyIntolerance, CarePlan, Condition, Flag, MedicationRequest, MedicationStatement } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { snomed } from '../../../fhir/systems.ts';
import { from } from '../testing.ts';
import { linesOf, sourcesOf } from './lines.ts';
import { read, subject, view } from './testing.ts';
import type { KeyItem } from './topics.ts';

const coded = (code: string, text: string) => ({ coding: [{ system: snomed, code }], text });
const status = (code: string) => ({ coding: [{ code }] });

const problem = (id: string, source: string, parts: Partial<Condition> = {}): Condition => ({
  resourceType: 'Condition',
  id,
  meta: from(source),
  subject,
  clinicalStatus: status('active'),
  verificationStatus: status('confirmed'),
  code: coded('38341003', 'Hypertension'),
  onsetDateTime: '2009-06-03',
  ...parts,
});
const problemLines = (...conditions: Condition[]) =>
  linesOf(view({ Condition: read(...conditions) }).problems.items).map((line) => [
    line.items[0].text,
    sourcesOf(line),
    line.differs,
  ]);

describe('one thing told by two sources', () => {
  it('is one line that names both, when they use the same code', () => {
    expect(problemLines(problem('1', 'emis'), problem('2', 'system-c'))).toEqual([
      ['Hypertension', ['GP', 'Whittington Hospital'], []],
    ]);
  });

  it('stays two where only the words are the same: words alone never join', () => {
    const words = { code: { text: 'Hypertension' } };
    expect(problemLines(problem('1', 'emis', words), problem('2', 'system-c', words))).toHaveLength(2);
  });

  it('stays apart where one source states it twice: two hip fractures are two', () => {
    expect(problemLines(problem('1', 'emis'), problem('2', 'emis'), problem('3', 'system-c'))).toHaveLength(3);
  });

  it('stays two at two sites of the body', () => {
    const site = (code: string) => ({ bodySite: [coded(code, code === '1' ? 'Left' : 'Right')] });
    expect(problemLines(problem('1', 'emis', site('1')), problem('2', 'system-c', site('2')))).toHaveLength(2);
  });

  it('says what each states where they differ, and settles nothing', () => {
    expect(
      problemLines(problem('1', 'emis'), problem('2', 'system-c', { verificationStatus: status('provisional') })),
    ).toEqual([
      ['Hypertension', ['GP', 'Whittington Hospital'], ['GP: nothing more; Whittington Hospital: suspected']],
    ]);
  });

  it('is one line for all visits that a hospital gave the diagnosis at: seven pneumonias are no seven problems', () => {
    const visit = (id: string, source: string, at: string, parts: Partial<Condition> = {}) =>
      problem(id, source, {
        category: [status('encounter-diagnosis')],
        code: coded('233604007', 'Pneumonia'),
        encounter: { reference: `Encounter/${at}` },
        onsetDateTime: at,
        ...parts,
      });
    const lines = linesOf(
      view({
        Condition: read(
          problem('gout', 'emis', { code: coded('90560007', 'Gout'), onsetDateTime: '2024' }),
          visit('1', 'system-c', '2025-10-14'),
          visit('2', 'system-c', '2025-10-14', { verificationStatus: status('provisional') }),
          visit('3', 'carecast', '2020-10-15'),
          visit('4', 'system-c', '2026-03-01', { verificationStatus: status('provisional') }),
        ),
      }).problems.items,
    );
    expect(
      lines.map(({ head, items, differs }) => [head.text, head.label, head.detail, items.length, differs]),
    ).toEqual([
      ['Pneumonia', 'Suspected', ['Diagnosis of a visit'], 1, []],
      ['Pneumonia', undefined, ['Diagnosis of 2 visits, the last 14-Oct-2025'], 3, []],
      ['Gout', undefined, [], 1, []],
    ]);
    expect(lines[1]?.items.map(({ label, recorded }) => `${label ?? 'Said'} ${recorded}`)).toEqual([
      'Said 14-Oct-2025',
      'Said 15-Oct-2020',
      'Suspected 14-Oct-2025',
    ]);
  });

  it('stands with the problem of the practice that has its code, and is no difference between them', () => {
    const visit = { category: [status('encounter-diagnosis')], verificationStatus: status('provisional') };
    const [line, ...others] = linesOf(
      view({ Condition: read(problem('1', 'emis'), problem('2', 'system-c', visit), problem('3', 'system-c', visit)) })
        .problems.items,
    );
    expect(others).toEqual([]);
    expect([line?.head.label, line?.head.detail, line?.items.length, line?.differs]).toEqual([undefined, [], 3, []]);
  });

  it('no statement is lost or told twice, whatever codes and sources they carry', () => {
    const anyItem = fc.record({
      source: fc.constantFrom('GP', 'UCLH', 'Council'),
      organisation: fc.constantFrom(undefined, 'F83010', 'F83011'),
      codes: fc.uniqueArray(fc.constantFrom('s|1', 's|2', 's|3'), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 12 }), (some) => {
        const items = some.map((parts, index) => ({ ...blank, ...parts, key: `k${index}` }));
        const lines = linesOf(items);
        expect(lines.flatMap((line) => line.items.map(({ key }) => key)).toSorted()).toEqual(
          items.map(({ key }) => key).toSorted(),
        );
        for (const { items: told } of lines) {
          const tellers = told.map(({ source, organisation }) => `${source} ${organisation ?? ''}`);
          expect(new Set(tellers).size).toBe(tellers.length);
        }
      }),
    );
  });
});

const blank: KeyItem = {
  key: '',
  text: 'Hypertension',
  detail: [],
  label: undefined,
  source: 'GP',
  organisation: undefined,
  recorded: undefined,
  age: undefined,
  by: undefined,
  certainty: undefined,
  codes: [],
  against: [],
  narrative: undefined,
};

describe('a source that holds the contrary', () => {
  it('of a problem: resolved, or ruled out, by another, said beside the active one', () => {
    const over = { clinicalStatus: status('resolved'), abatementDateTime: '2020-03-12' };
    expect(problemLines(problem('1', 'emis'), problem('2', 'system-c', over))).toEqual([
      ['Hypertension', ['GP'], ['Whittington Hospital: no longer active 12-Mar-2020']],
    ]);
    const refuted = { verificationStatus: status('refuted'), recordedDate: '2021-05-01' };
    expect(problemLines(problem('1', 'emis'), problem('2', 'system-c', refuted))[0]?.[2]).toEqual([
      'Whittington Hospital: ruled out 01-May-2021',
    ]);
  });

  it('but not what ended before this one began, nor what was entered in error', () => {
    const before = { clinicalStatus: status('resolved'), abatementDateTime: '2001-01-01' };
    const wrong = { clinicalStatus: status('resolved'), verificationStatus: status('entered-in-error') };
    const lines = problemLines(problem('1', 'emis'), problem('2', 'system-c', before), problem('3', 'carecast', wrong));
    expect(lines).toEqual([['Hypertension', ['GP'], []]]);
  });

  it('of a medicine: stopped by one and active in another', () => {
    const amlodipine = coded('319283006', 'Amlodipine 5 mg tablets');
    const active: MedicationStatement = {
      resourceType: 'MedicationStatement',
      id: '1',
      meta: from('system-c'),
      status: 'active',
      subject,
      medicationCodeableConcept: amlodipine,
      effectivePeriod: { start: '2019-01-01' },
    };
    const stopped = {
      ...active,
      id: '2',
      meta: from('emis'),
      status: 'stopped' as const,
      effectivePeriod: { end: '2026-11-19' },
    };
    const panel = view({ MedicationStatement: read(active, stopped) });
    expect(panel.medicines.items.map(({ key, against }) => [key, against])).toEqual([
      ['MedicationStatement/1', ['GP: stopped 19-Nov-2026']],
    ]);
  });

  it('of an allergy: ruled out by another, or none known at all', () => {
    const allergy = (id: string, source: string, parts: Partial<AllergyIntolerance> = {}): AllergyIntolerance => ({
      resourceType: 'AllergyIntolerance',
      id,
      meta: from(source),
      patient: subject,
      clinicalStatus: status('active'),
      verificationStatus: status('confirmed'),
      code: coded('91936005', 'Penicillin'),
      recordedDate: '2011-05-02',
      recorder: { display: 'Dr A Okafor' },
      ...parts,
    });
    const refuted = allergy('2', 'carecast', { verificationStatus: status('refuted'), recordedDate: '2024-02-09' });
    const none = allergy('3', 'system-c', { code: coded('716186003', 'No known allergy') });
    const { allergies } = view({ AllergyIntolerance: read(allergy('1', 'emis'), refuted, none) });
    expect(allergies.title).toBe('Known allergies');
    expect(allergies.notes).toEqual([
      'Sources differ on Penicillin: UCLH states it ruled out, 09-Feb-2024.',
      'Sources differ: Whittington Hospital states no known allergies.',
    ]);
    expect(allergies.items[0]).toMatchObject({ by: 'Dr A Okafor', certainty: 'confirmed' });
  });

  it('of a reaction: a rash in one record and anaphylaxis in another are both said', () => {
    const items = [
      { ...blank, key: '1', text: 'Penicillin', codes: ['s|1'], detail: ['Rash'] },
      { ...blank, key: '2', text: 'Penicillin', codes: ['s|1'], detail: ['Anaphylaxis', 'severe'], source: 'UCLH' },
    ];
    expect(linesOf(items).map(({ differs }) => differs)).toEqual([['GP: rash; UCLH: anaphylaxis, severe']]);
  });

  it('of a resuscitation decision: two are both shown, and said not to agree by themselves', () => {
    const flag = (id: string, source: string, text: string): Flag => ({
      resourceType: 'Flag',
      id,
      meta: from(source),
      status: 'active',
      subject,
      code: { text },
    });
    const { resuscitation } = view({
      Flag: read(flag('1', 'emis', 'For resuscitation: CPR to be attempted'), flag('2', 'system-c', 'DNACPR in place')),
    }).alerts;
    expect(resuscitation.items).toHaveLength(2);
    expect(resuscitation.notes[0]).toBe('2 statements: read each.');
    const { safeguarding } = view({
      Flag: read(flag('1', 'liquidlogic', 'Safeguarding enquiry'), flag('2', 'emis', 'No safeguarding concerns')),
    }).alerts;
    expect(safeguarding.notes[0]).toBe('Sources differ: GP states that there is none.');
  });
});

describe('what a medicine’s source states', () => {
  const request = (id: string, parts: Partial<MedicationRequest>): MedicationRequest => ({
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    subject,
    medicationCodeableConcept: { text: 'Metformin' },
    ...parts,
  });

  it('acute or repeat, as it says; nothing where it says nothing', () => {
    const words = (parts: Partial<MedicationRequest>) =>
      view({ MedicationRequest: read(request('1', parts)) }).medicines.items[0]?.detail;
    expect(words({ courseOfTherapyType: status('acute') })).toEqual(['acute']);
    expect(words({ courseOfTherapyType: status('continuous') })).toEqual(['repeat']);
    expect(words({})).toEqual([]);
    const prescriptionType = 'https://example/Extension-CareConnect-GPC-PrescriptionType-1';
    expect(words({ extension: [{ url: prescriptionType, valueCodeableConcept: status('repeat') }] })).toEqual([
      'repeat',
    ]);
  });

  it('when it was last issued, and how long ago', () => {
    const plan = request('plan', { intent: 'plan', courseOfTherapyType: status('continuous') });
    const issue = (id: string, authoredOn: string) =>
      request(id, { authoredOn, status: 'completed', basedOn: [{ reference: 'MedicationRequest/plan' }] });
    const { medicines } = view({
      MedicationRequest: read(plan, issue('1', '2026-08-01'), issue('2', '2026-10-02'), request('3', {})),
    });
    expect(medicines.items.map(({ key, detail }) => [key, detail])).toEqual([
      ['MedicationRequest/3', []],
      ['MedicationRequest/plan', ['repeat', 'last issued 02-Oct-2026, 7w 2d ago']],
    ]);
  });
});

describe('problems', () => {
  const significance = (valueCode: string) => ({
    extension: [{ url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ProblemSignificance', valueCode }],
  });

  it('that their source calls major stand first, minor ones last and said to be', () => {
    const { problems } = view({
      Condition: read(
        problem('minor', 'emis', { ...significance('minor'), onsetDateTime: '2026-01-01' }),
        problem('plain', 'emis', { onsetDateTime: '2025-01-01' }),
        problem('major', 'emis', { ...significance('major'), onsetDateTime: '1999-01-01' }),
      ),
    });
    expect(problems.items.map(({ key, detail }) => [key, detail])).toEqual([
      ['Condition/major', []],
      ['Condition/plain', []],
      ['Condition/minor', ['Minor']],
    ]);
  });
});

describe('care plans', () => {
  const plan = (id: string, parts: Partial<CarePlan>): CarePlan => ({
    resourceType: 'CarePlan',
    id,
    meta: from('emis'),
    status: 'active',
    intent: 'plan',
    subject,
    title: 'Diabetes care plan',
    description: 'Feet checked every year.',
    author: { display: 'Dr A Okafor' },
    period: { start: '2026-07-05' },
    ...parts,
  });
  const review = (start: string, state: 'scheduled' | 'completed' = 'scheduled') => ({
    activity: [{ detail: { status: state, code: { text: 'Care plan review' }, scheduledPeriod: { start } } }],
  });

  it('say what, who wrote it, and when it is to be reviewed', () => {
    const { carePlans } = view({ CarePlan: read(plan('1', review('2027-07-05'))) });
    expect(carePlans.items).toMatchObject([
      {
        text: 'Diabetes care plan',
        by: 'Dr A Okafor',
        recorded: '05-Jul-2026',
        detail: ['review due 05-Jul-2027'],
        narrative: 'Feet checked every year.',
      },
    ]);
  });

  it('say that a review was due, not that it was done; a review that was held is no longer due', () => {
    const words = (parts: Partial<CarePlan>) => view({ CarePlan: read(plan('1', parts)) }).carePlans.items[0]?.detail;
    expect(words(review('2026-03-03'))).toEqual(['review was due 03-Mar-2026']);
    expect(words(review('2026-03-03', 'completed'))).toEqual([]);
  });

  it('that are over are none; a draft says so; one for an emergency stands with the alerts instead', () => {
    const { carePlans, alerts } = view({
      CarePlan: read(
        plan('over', { period: { end: '2026-01-01' } }),
        plan('done', { status: 'completed' }),
        plan('draft', { status: 'draft' }),
        plan('escalation', { title: 'Treatment escalation plan' }),
      ),
    });
    expect(carePlans.items.map(({ key, detail }) => [key, detail])).toEqual([
      ['CarePlan/draft', ['draft, not in force']],
    ]);
    expect(alerts.resuscitation.items).toMatchObject([
      { text: 'Treatment escalation plan', by: 'Dr A Okafor', narrative: 'Feet checked every year.' },
    ]);
  });
});
