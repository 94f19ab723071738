import type { AllergyIntolerance, CarePlan, CareTeam, Condition, MedicationStatement, Resource } from 'fhir/r4';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { snomed } from '../../../fhir/systems.ts';
import '../../styles.css';
import { factsOf, read, source, subject } from '../../timeline/key-information/testing.ts';
import type { KeyFacts, Topic, TopicId } from '../../timeline/key-information/topics.ts';
import { entryOf, from, when } from '../../timeline/testing.ts';
import { egfr, pressure } from '../../timeline/trends/testing.ts';
import { axeProblems } from '../testing/axe.ts';
import { fakeHub } from '../testing/fake-session.ts';
import { OpenTrend } from '../trends/open-trend.ts';
import { KeyPanel } from './key-panel.tsx';

const status = (code: string) => ({ coding: [{ code }] });
const hypertension = (id: string, told: string, parts: Partial<Condition> = {}): Condition => ({
  resourceType: 'Condition',
  id,
  meta: from(told),
  subject,
  clinicalStatus: status('active'),
  verificationStatus: status('confirmed'),
  code: { coding: [{ system: snomed, code: '38341003' }], text: 'Hypertension' },
  onsetDateTime: id === '1' ? '2009-06-03' : '2012-01-01',
  ...parts,
});
const penicillin: AllergyIntolerance = {
  resourceType: 'AllergyIntolerance',
  id: 'a',
  meta: from('emis'),
  patient: subject,
  clinicalStatus: status('active'),
  verificationStatus: status('confirmed'),
  code: { text: 'Penicillin' },
  reaction: [{ manifestation: [{ text: 'Rash' }] }],
  recordedDate: '2011-05-02',
  recorder: { display: 'Dr A Okafor' },
};
const noneKnown: AllergyIntolerance = {
  ...penicillin,
  id: 'n',
  meta: from('system-c'),
  code: { coding: [{ code: '716186003' }], text: 'No known allergies' },
  reaction: [],
};
const amlodipine = (id: string, told: string, parts: Partial<MedicationStatement>): MedicationStatement => ({
  resourceType: 'MedicationStatement',
  id,
  meta: from(told),
  status: 'active',
  subject,
  medicationCodeableConcept: { coding: [{ system: snomed, code: '319283006' }], text: 'Amlodipine 5 mg tablets' },
  dosage: [{ text: 'One tablet a day' }],
  ...parts,
});
const plan: CarePlan = {
  resourceType: 'CarePlan',
  id: 'p',
  meta: from('emis'),
  status: 'active',
  intent: 'plan',
  subject,
  title: 'Treatment escalation plan',
  description: 'Admit for treatable illness. Not for intensive care.',
  period: { start: '2026-10-02' },
};
const team: CareTeam = {
  resourceType: 'CareTeam',
  id: 't',
  meta: from('liquidlogic'),
  status: 'active',
  subject,
  participant: [{ member: { display: 'Ms Sofia Costa' }, role: [{ text: 'social worker' }] }],
  telecom: [{ system: 'phone', value: '020 7946 0706' }],
};
const whole: Partial<Record<TopicId, Topic>> = {
  AllergyIntolerance: read(penicillin, noneKnown),
  Condition: read(hypertension('1', 'emis'), hypertension('2', 'system-c')),
  MedicationStatement: read(
    amlodipine('1', 'system-c', {}),
    amlodipine('2', 'emis', { status: 'stopped', effectivePeriod: { end: '2026-11-19' } }),
  ),
  CarePlan: read(plan, { ...plan, id: 'd', title: 'Diabetes care plan', description: 'Feet checked.' } as CarePlan),
  CareTeam: read(team),
};
const bookings = ['2026-12-01T10:00:00Z', '2026-11-24T14:00:00Z', '2027-01-05', '2027-02-02', '2027-03-03'].map(
  (at, index) => entryOf({ key: `b${index}`, state: 'planned', title: `Booked: clinic ${index}`, start: when(at) }),
);

beforeEach(() => page.viewport(1280, 900));

let opened = 0;
async function show(
  topics: Partial<Record<TopicId, Topic>>,
  parts: Partial<KeyFacts> = {},
  { resources = [], complete = true }: { resources?: Resource[]; complete?: boolean } = {},
) {
  opened += 1;
  const hub = fakeHub({ patientId: 'p1', resources, session: { openedAt: -opened } });
  const asked: string[] = [];
  await render(
    <OpenTrend value={({ name }) => asked.push(name)}>
      <main>
        <h2>Key information</h2>
        <KeyPanel
          session={hub.session}
          input={{ facts: factsOf(topics, parts), entries: bookings, bookingsComplete: complete }}
          failed={false}
          onRetry={() => undefined}
        />
      </main>
    </OpenTrend>,
  );
  return { hub, asked };
}

const text = () => document.body.textContent;

test('what is urgent stands first, each with who says so, when, how sure, and how old that is', async () => {
  await show(whole);
  const headings = page
    .getByRole('heading', { level: 3 })
    .elements()
    .map((heading) => heading.textContent);
  expect(headings.slice(0, 2)).toEqual(['Known allergies', 'Resuscitation or escalation plan recorded']);
  expect(text()).toContain('Penicillin · RashGP · 02-May-2011 · Dr A Okafor · confirmed · as at 22-Nov-2026 04:00');
  await expect.element(page.getByText('Sources differ: Whittington Hospital states no known allergies.')).toBeVisible();
  await expect.element(page.getByText('Admit for treatable illness. Not for intensive care.')).toBeVisible();
});

test('a problem told by two sources is one line that names both, and opens to each one’s own statement', async () => {
  await show(whole);
  const told = page.getByText('Told by Whittington Hospital and GP');
  await expect.element(told).toBeVisible();
  await expect.element(page.getByText(/^GP · 03-Jun-2009/)).not.toBeVisible();
  await told.click();
  await expect.element(page.getByText(/^GP · 03-Jun-2009/)).toBeVisible();
  await expect.element(page.getByText(/^Whittington Hospital · 01-Jan-2012/)).toBeVisible();
});

test('a medicine stopped by one source and active in another says so beside it', async () => {
  await show(whole);
  await expect.element(page.getByText('Sources differ: GP: stopped 19-Nov-2026')).toBeVisible();
});

test('sections fold to their counts; one that could not be read says so folded', async () => {
  await show({ ...whole, CareTeam: { status: 'failed', resources: [], strangers: 0 } });
  await expect.element(page.getByRole('group', { name: 'Care plans' })).toBeVisible();
  expect(page.getByRole('group', { name: 'Care plans' }).element().textContent).toBe('Care plans1');
  expect(page.getByRole('group', { name: 'Care team' }).element().textContent).toMatch(/^Care teamUnavailable/);
  await page.getByText('Care plans').click();
  await expect.element(page.getByText('Feet checked.')).toBeVisible();
});

test('the care team can be rung from here', async () => {
  await show(whole);
  await page.getByText('Care team').click();
  await expect.element(page.getByRole('link', { name: '020 7946 0706' })).toHaveAttribute('href', 'tel:02079460706');
});

test('bookings stand nearest first with their weekday, and one that may be missing is said', async () => {
  await show(whole, {}, { complete: false });
  const lines = page.getByRole('group', { name: 'Next bookings' }).getByRole('listitem').elements();
  expect(lines.map((line) => line.textContent).slice(0, 2)).toEqual([
    expect.stringMatching(/^Tue 24-Nov-2026, 14:00/),
    expect.stringMatching(/^Tue 01-Dec-2026, 10:00/),
  ]);
  await expect.element(page.getByText('2 more')).toBeVisible();
  await expect.element(page.getByText('A nearer one may not have been read.')).toBeVisible();
});

test('results are read when they are asked for, each with its latest value, and open over time', async () => {
  const resources = [egfr('1', '2026-01-01', 48), egfr('2', '2025-01-01', 51), pressure('3', '2026-02-03', 150, 90)];
  const { asked } = await show(whole, {}, { resources });
  expect(text()).not.toContain('150/90');
  await page.getByText('Results and trends').click();
  await expect.element(page.getByText('150/90 mmHg')).toBeVisible();
  await expect.element(page.getByText('48 mL/min/1.73 m2')).toBeVisible();
  expect(text()).toContain('01-Jan-2026 · Laboratory, told by Whittington Hospital · 2 since 01-Jan-2025');
  await page.getByRole('button', { name: /^eGFR.*over time/ }).click();
  expect(asked).toEqual(['eGFR']);
});

test('results that cannot be read are never an empty list', async () => {
  const { hub } = await show(whole);
  hub.faults['Observation'] = 'server';
  await page.getByText('Results and trends').click();
  await expect.element(page.getByText(/Results could not be read/)).toBeVisible();
});

test.each([1280, 768, 390, 320])('is clean for axe and fits at %i px', async (width) => {
  await page.viewport(width, 700);
  await show(
    whole,
    { sources: [source('emis', 'partial'), source('system-c', 'late')] },
    { resources: [egfr('1', '2026-01-01', 48)] },
  );
  await page.getByText('Results and trends').click();
  await expect.element(page.getByText('48 mL/min/1.73 m2')).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(document.documentElement.clientWidth);
  expect(await axeProblems(document.querySelector('main') ?? document)).toEqual([]);
});
