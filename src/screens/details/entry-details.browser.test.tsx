import type { Condition, DiagnosticReport, Encounter, Observation, Resource } from 'fhir/r4';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { sourceTagSystem } from '../../../fhir/systems.ts';
import type { Entry } from '../../timeline/entry.ts';
import { statementOf } from '../../timeline/source.ts';
import '../../styles.css';
import { axeProblems } from '../testing/axe.ts';
import { entryOf } from '../testing/entries.ts';
import { fakeHub } from '../testing/fake-session.ts';
import { KeptEntryDetails } from './kept-entry-details.tsx';

beforeEach(() => page.viewport(1280, 800));

const from = (source: string) => ({ tag: [{ system: sourceTagSystem, code: source }] });
let visits = 0;

/** A visit as one source tells it, and its row. A new id each time: what was read for one test is not for the next. */
function told(source: string, encounter: Partial<Encounter>, more: Partial<Entry> = {}): Entry {
  visits += 1;
  const resource: Encounter = {
    resourceType: 'Encounter',
    id: `visit-${visits}`,
    meta: from(source),
    status: 'finished',
    class: { code: 'IMP' },
    ...encounter,
  };
  const statement = statementOf(resource);
  return entryOf(statement.reference, '2026-11-14T02:41:00Z', { statements: [statement], ...more });
}

const reference = (entry: Entry) => ({ reference: entry.key });

async function open(entry: Entry, { resources = [] as Resource[], others = [] as Entry[], width = 375 } = {}) {
  const opened: string[] = [];
  let closed = 0;
  const asked: string[] = [];
  const hub = fakeHub({ patientId: 'p', resources });
  const { read } = hub.session;
  hub.session.read = (path, options) => {
    asked.push(path);
    return read(path, options);
  };
  await render(
    <main style={{ width }}>
      <KeptEntryDetails
        key={entry.key}
        session={hub.session}
        entry={entry}
        linked={[]}
        context={{ now: Date.UTC(2026, 10, 22), included: new Map(), patientId: 'p' }}
        over={false}
        onClose={() => (closed += 1)}
        other={(key) => others.find((each) => each.key === key)}
        onOpen={(key) => opened.push(key)}
      />
    </main>,
  );
  return { asked, opened, closed: () => closed };
}

const panel = () => page.getByTestId('entry-details');
const clean = async () => expect(await axeProblems(panel().element())).toEqual([]);

function fall() {
  const stay = told(
    'system-c',
    { hospitalization: { dischargeDisposition: { text: 'Home' } } },
    { title: 'Hospital stay: fall', lane: 'hospital' },
  );
  const report = told(
    'emis',
    { hospitalization: { dischargeDisposition: { text: 'Died' } } },
    { title: 'GP record: fall' },
  );
  return {
    ...stay,
    statements: [...stay.statements, ...report.statements],
    joined: {
      witnesses: [
        { entry: stay, because: undefined },
        { entry: report, because: 'same visit number' },
      ],
      differences: [
        {
          what: 'outcome' as const,
          said: [
            { key: stay.key, words: 'Home' },
            { key: report.key, words: 'Died' },
          ],
        },
      ],
    },
  };
}

test('one event of two sources says who tells it, where they differ and why they were joined; each one’s words stand apart', async () => {
  await open(fall());
  await expect
    .element(panel().getByText('One event, told by Whittington Hospital and GP. They differ on outcome.'))
    .toBeVisible();
  const table = panel().getByRole('table', { name: 'Where the sources differ' });
  await expect.element(table.getByRole('row', { name: 'Outcome Home Died' })).toBeVisible();
  await expect.element(panel().getByText('Why GP is taken for the same: same visit number.')).toBeVisible();
  const [hospital, gp] = ['Told by Whittington Hospital', 'Told by GP'].map((name) =>
    panel().getByRole('region', { name }).element(),
  );
  expect([hospital?.textContent, gp?.textContent]).toEqual([
    expect.stringMatching(/Went to.*Home/),
    expect.stringMatching(/Went to.*Died/),
  ]);
  expect(hospital?.getBoundingClientRect().top).toBe(gp?.getBoundingClientRect().top);
  await clean();
});

test('on a phone the sources’ own words stand one below the other', async () => {
  await open(fall(), { width: 320 });
  const box = (name: string) => panel().getByRole('region', { name }).element().getBoundingClientRect();
  expect(box('Told by GP').top).toBeGreaterThanOrEqual(box('Told by Whittington Hospital').bottom);
  await clean();
});

test('a doubtful pair says what speaks for it and against, shows both rows side by side and opens the other', async () => {
  const other = entryOf('Encounter/other', '2026-11-14T22:40:00Z', { title: 'Emergency department: chest pain' });
  const pair = { key: other.key, because: 'same hospital, same day', apart: 'times differ by 3 hours' };
  const entry = { ...told('system-c', {}), unsure: [pair] };
  const { opened, closed } = await open(entry, { others: [other] });
  await expect
    .element(
      panel().getByText(
        /Possibly the same as “Emergency department: chest pain” at 22:40\. Kept apart: times differ by 3 hours\./,
      ),
    )
    .toBeVisible();
  await panel()
    .getByRole('button', { name: /^Compare with/ })
    .click();
  await expect
    .element(panel().getByRole('region', { name: 'The other entry' }).getByText('Emergency department: chest pain'))
    .toBeVisible();
  await expect.element(panel().getByRole('region', { name: 'This entry' })).toBeVisible();
  await clean();
  await panel().getByRole('button', { name: 'Open the other entry' }).click();
  expect(opened).toEqual([other.key]);
  await userEvent.keyboard('{Escape}');
  expect(closed()).toBe(1);
});

test('a doubt about a row that has gone says so, and offers nothing to compare', async () => {
  const entry = {
    ...told('emis', {}),
    unsure: [{ key: 'Encounter/gone', because: 'same day', apart: 'no time recorded' }],
  };
  await open(entry);
  await expect.element(panel().getByText(/an entry that is no longer in the record/)).toBeVisible();
  expect(
    panel()
      .getByRole('button', { name: /Compare/ })
      .elements(),
  ).toHaveLength(0);
});

test('a call says how its linked visit ended at once, and the visit opens in place', async () => {
  const visit = told(
    'adastra',
    { reasonCode: [{ text: 'Chest pain' }] },
    { title: 'Out-of-hours visit: chest pain', detail: ['At home', 'Muscular pain, advised to see GP'] },
  );
  const call = told('adastra', {}, { title: '111 call: chest pain', children: [visit] });
  await open({ ...call, statements: [...call.statements, ...visit.statements] });
  await expect.element(panel().getByText(/Muscular pain, advised to see GP/)).toBeVisible();
  expect(
    panel()
      .getByRole('article', { name: /^Stated by/ })
      .elements(),
  ).toHaveLength(1);
  await panel().getByRole('button', { name: 'More on Out-of-hours visit: chest pain' }).click();
  await expect
    .poll(
      () =>
        panel()
          .getByRole('article', { name: /^Stated by/ })
          .elements().length,
    )
    .toBe(2);
  await clean();
});

function bloods(stay: Entry): Resource[] {
  const result = (id: string, more: Partial<Observation>): Observation => ({
    resourceType: 'Observation',
    id: `${stay.key.replace('/', '-')}-${id}`,
    meta: from('system-c'),
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text: id },
    subject: { reference: 'Patient/p' },
    encounter: reference(stay),
    effectiveDateTime: '2026-11-18',
    ...more,
  });
  const haemoglobin = result('Haemoglobin', {
    valueQuantity: { value: 94, unit: 'g/L' },
    interpretation: [{ coding: [{ code: 'L' }] }],
    referenceRange: [{ low: { value: 115, unit: 'g/L' }, high: { value: 165, unit: 'g/L' } }],
  });
  const sodium = result('Sodium', { valueQuantity: { value: 136, unit: 'mmol/L' }, status: 'preliminary' });
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id: `${stay.key.replace('/', '-')}-report`,
    meta: from('system-c'),
    status: 'final',
    code: { text: 'Full blood count' },
    subject: { reference: 'Patient/p' },
    encounter: reference(stay),
    effectiveDateTime: '2026-11-18',
    result: [haemoglobin, sodium].map(({ id }) => ({ reference: `Observation/${id}` })),
  };
  return [report, haemoglobin, sodium];
}

test('results stand with range and the laboratory’s own flag; no flag and a preliminary one say so (misreading 9)', async () => {
  const stay = told('system-c', {});
  await open(stay, { resources: bloods(stay), width: 288 });
  const row = (name: RegExp) => panel().getByRole('table', { name: 'Results' }).getByRole('row', { name });
  await expect.element(row(/^Haemoglobin 94 g\/L Flagged low 115 to 165 g\/L/)).toBeVisible();
  await expect.element(row(/^Sodium 136 mmol\/L Not flagged by lab Preliminary Not stated/)).toBeVisible();
  await expect.element(row(/^Full blood count · 18-Nov-2026/)).toBeVisible();
  const table = panel().getByRole('table', { name: 'Results' }).element();
  expect(table.scrollWidth).toBeLessThanOrEqual(288);
  await clean();
});

test('one problem told by two sources says which line is whose', async () => {
  const stay = told('system-c', {});
  const problem = (source: string): Condition => ({
    resourceType: 'Condition',
    id: `${stay.key.replace('/', '-')}-${source}`,
    meta: from(source),
    subject: { reference: 'Patient/p' },
    encounter: reference(stay),
    code: { text: 'Hip fracture' },
  });
  await open(stay, { resources: [problem('system-c'), problem('emis')] });
  const lines = panel().getByRole('region', { name: 'Problems' }).getByRole('listitem');
  await expect
    .poll(() =>
      lines
        .elements()
        .map(({ textContent }) => textContent)
        .sort(),
    )
    .toEqual(['Hip fracture · Listed · GP', 'Hip fracture · Listed · Whittington Hospital']);
});

test('mental health care says why and how it ended only when asked, and nothing linked to it is read before', async () => {
  const contact = told(
    'carecast',
    { reasonCode: [{ text: 'Low mood' }], hospitalization: { dischargeDisposition: { text: 'Ward' } } },
    { lane: 'mental-health', title: 'Mental health contact' },
  );
  const problem: Condition = {
    resourceType: 'Condition',
    id: `${contact.key.replace('/', '-')}-problem`,
    meta: from('carecast'),
    subject: { reference: 'Patient/p' },
    encounter: reference(contact),
    code: { text: 'Depression' },
  };
  const { asked } = await open(contact, { resources: [problem] });
  await expect.element(panel().getByText(/folded away, for privacy/)).toBeVisible();
  for (const word of ['Low mood', 'Ward', 'Depression']) expect(panel().element().textContent).not.toContain(word);
  expect(asked).toEqual([]);
  await clean();
  await panel().getByRole('button', { name: 'Show', exact: true }).click();
  await expect.element(panel().getByText('Low mood')).toBeVisible();
  await expect.element(panel().getByText('Depression')).toBeVisible();
  expect(asked.length).toBeGreaterThan(0);
});
