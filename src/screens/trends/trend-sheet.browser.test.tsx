import type { Observation } from 'fhir/r4';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { loinc, ucum } from '../../../fhir/systems.ts';
import '../../styles.css';
import { egfr, pressure, result } from '../../timeline/trends/testing.ts';
import { from } from '../../timeline/testing.ts';
import { axeProblems } from '../testing/axe.ts';
import { fakeHub, type FakeHubParts } from '../testing/fake-session.ts';
import { TrendSheet, type TrendSheetProps } from './trend-sheet.tsx';

const now = Date.parse('2026-11-22T10:42:00Z');
const own = { performer: [{ reference: 'Patient/p1' }], meta: from('patient') };
const under = (id: string, taken: string): Observation =>
  egfr(id, taken, 15, {
    valueQuantity: { value: 15, comparator: '<', unit: 'mL/min/{1.73_m2}', system: ucum, code: 'mL/min/{1.73_m2}' },
  });
const kidneys: Observation[] = [
  egfr('1', '2019-04', 62),
  egfr('2', '2021-03-02', 48, { interpretation: [{ coding: [{ code: 'L' }] }] }),
  egfr('3', '2023-05-10', 33),
  egfr('4', '2024-11-10', 21, { meta: from('carecast') }),
  egfr('5', '2025-09-10T08:10:00Z', 17, { status: 'preliminary' }),
  under('6', '2026-08-11'),
  under('7', '2026-11-01'),
  egfr('8', '2026-02-01', 0, { valueQuantity: undefined, valueString: 'Haemolysed' }),
  egfr('9', '2022-02-01', 480, { status: 'entered-in-error' }),
];

beforeEach(() => page.viewport(1280, 800));

let number = 0;
async function open(
  resources: Observation[],
  parts: Partial<TrendSheetProps> = {},
  hubParts: Partial<FakeHubParts> = {},
) {
  number += 1;
  const hub = fakeHub({ patientId: 'p1', resources, session: { openedAt: number }, ...hubParts });
  const closed: true[] = [];
  await render(
    <TrendSheet
      session={hub.session}
      ask={{ name: 'eGFR', codes: [`${loinc}|33914-3`] }}
      now={now}
      sources={[]}
      sourcesRead="read"
      withheld="none"
      onClose={() => closed.push(true)}
      {...parts}
    />,
  );
  return { ...hub, closed };
}

const slider = () => page.getByRole('slider');
const rows = () =>
  page
    .getByRole('row')
    .elements()
    .map((row) => row.textContent);

describe('results over time', () => {
  test('every reading stands in the table, newest first, with what its source says of it', async () => {
    await open(kidneys);
    await expect.element(page.getByRole('heading', { name: 'eGFR over time' })).toHaveFocus();
    await expect.element(page.getByRole('table')).toBeVisible();
    expect(rows().slice(1)).toEqual([
      expect.stringMatching(
        /01-Nov-2026<15outside the range the laboratory stated · a limit, not a measured value · Not flagged by lab/,
      ),
      expect.stringContaining('11-Aug-2026<15'),
      expect.stringMatching(
        /10-Sep-2025 09:1017outside .* stated, Preliminary · Not flagged by lab · range 60 mL.* and over · Laboratory/,
      ),
      expect.stringMatching(/10-Nov-2024.*UCLH/),
      expect.stringContaining('10-May-2023'),
      expect.stringMatching(/02-Mar-2021.*Flagged low/),
      expect.stringMatching(/^Apr-201962/),
    ]);
    expect(document.body.textContent).not.toMatch(/480|normal/i);
  });

  test('what cannot be drawn and what was withdrawn are said', async () => {
    await open(kidneys);
    await expect.element(page.getByText('Not in the picture: 1')).toBeVisible();
    await expect.element(page.getByText(/Sent as words: Haemolysed/)).toBeVisible();
    await expect
      .element(page.getByText(/1 result marked by the source as entered in error is not shown/))
      .toBeVisible();
  });

  test('by key alone a reader goes from reading to reading, each in full words', async () => {
    await open(kidneys);
    await expect.element(slider()).toHaveAttribute('aria-valuetext', expect.stringMatching(/^01-Nov-2026: <15 mL/));
    slider().element().focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await expect
      .element(slider())
      .toHaveAttribute('aria-valuetext', expect.stringMatching(/^10-Sep-2025 09:10: 17 mL.*Preliminary.*Laboratory/));
    await userEvent.keyboard('{Home}');
    await expect.element(slider()).toHaveAttribute('aria-valuetext', expect.stringContaining('Apr-2019: 62'));
    await expect.element(page.getByRole('button', { name: 'Earlier reading of eGFR (mL/min/1.73 m2)' })).toBeDisabled();
  });

  test('two units are two pictures, and it is said that nothing was converted (misreading 20)', async () => {
    await open([result('a', '2014-03-01', '4548-4', 7.4, '%'), result('b', '2026-03-01', '59261-8', 58, 'mmol/mol')]);
    await expect.element(page.getByRole('heading', { name: 'HbA1c (mmol/mol)' })).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'HbA1c (%)' })).toBeVisible();
    await expect.element(page.getByText(/No value was converted/)).toBeVisible();
    expect(page.getByRole('img').elements()).toHaveLength(2);
  });

  test('a home reading is told from one taken by staff, by its own mark and in words', async () => {
    await open([pressure('h', '2026-11-01', 152, 88, own), pressure('g', '2026-10-01', 146, 84)]);
    await expect
      .element(slider())
      .toHaveAttribute('aria-valuetext', expect.stringContaining('Home reading, not checked by staff'));
    const marks = page.getByRole('list', { name: 'What the marks mean' });
    expect(marks.element().textContent).toBe('Measured by the GP practiceHome reading, not checked by staff');
    const shapes = [...marks.element().querySelectorAll('path')].map((path) => path.getAttribute('d'));
    expect(new Set(shapes).size).toBe(2);
  });

  test('a limit is drawn as an arrow and no line runs through it', async () => {
    await open(kidneys);
    await expect.element(page.getByRole('img')).toBeVisible();
    const points = [...page.getByRole('img').element().querySelectorAll('polyline')].flatMap((line) =>
      (line.getAttribute('points') ?? '').split(' '),
    );
    // Two by one hospital; the one of the other, the span and the two limits are no part of a line.
    expect(points).toHaveLength(3);
  });

  test('a shorter time says how many readings lie before it, and the table keeps them', async () => {
    await open(kidneys);
    await page.getByRole('button', { name: 'Last 2 years' }).click();
    await expect.element(page.getByText('7 readings, 4 of them earlier than this picture')).toBeVisible();
    expect(rows()).toHaveLength(8);
  });
});

describe('what may be missing', () => {
  test('a failed read shows no line at all, says so, and can be tried again', async () => {
    const hub = await open(kidneys, {}, { faults: { Observation: 'server' } });
    await expect
      .element(page.getByText(/Results could not be read\. The record service reported a fault/))
      .toBeVisible();
    expect(page.getByRole('img').elements()).toHaveLength(0);
    hub.faults['Observation'] = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByRole('table')).toBeVisible();
  });

  test('a later page that fails is a failure of the whole: a short line is never read as all', async () => {
    let pages = 0;
    const whole = fakeHub({ patientId: 'p1', resources: kidneys, pageSize: 3 });
    const session = {
      ...whole.session,
      openedAt: -1,
      read: (path: string) => {
        pages += 1;
        if (pages === 2) whole.faults['Observation'] = 'timeout';
        return whole.session.read(path);
      },
    };
    await open([], { session });
    await expect.element(page.getByText(/Results could not be read/)).toBeVisible();
    expect(page.getByRole('table').elements()).toHaveLength(0);
  });

  test('another person’s result in the answer is never drawn', async () => {
    await open([...kidneys, egfr('x', '2026-01-01', 90, { subject: { reference: 'Patient/p2' } })]);
    await expect.element(page.getByText(/held another person's information/)).toBeVisible();
  });

  test('failed, late and partly read sources are named, and how many told', async () => {
    const source = (id: string, status: 'ok' | 'late' | 'failed' | 'partial') => ({
      id,
      name: id,
      status,
      asAt: '2026-11-21T23:10:00Z',
      startsFrom: undefined,
      message: undefined,
    });
    await open(kidneys, {
      sources: [
        source('emis', 'failed'),
        source('system-c', 'ok'),
        source('adastra', 'late'),
        source('carecast', 'partial'),
      ],
      withheld: 'some',
    });
    await expect.element(page.getByText('GP records (EMIS) could not be read. Results may be missing.')).toBeVisible();
    await expect
      .element(page.getByText(/Out-of-hours and 111 records.*are late, as at 21-Nov-2026 23:10/))
      .toBeVisible();
    await expect.element(page.getByText(/only part was read/)).toBeVisible();
    await expect.element(page.getByText('Some information is not shown to you, for privacy.')).toBeVisible();
    await expect
      .element(page.getByText(/Told by 2 of 4 connected sources: UCLH, Whittington Hospital\./))
      .toBeVisible();
  });

  test('no results is not read as none taken', async () => {
    await open([]);
    await expect.element(page.getByText(/This does not mean that none were taken/)).toBeVisible();
  });
});

test.each([
  [1280, 800],
  [768, 1024],
  [390, 664],
  [320, 600],
])('is clean for axe and fits at %i px', async (width, height) => {
  await page.viewport(width, height);
  await open([...kidneys, ...[1, 2, 3].map((month) => pressure(`h${month}`, `2026-0${month}-01`, 150, 90, own))]);
  await expect.element(page.getByRole('table').first()).toBeVisible();
  const dialog = page.getByRole('dialog').element();
  expect(dialog.scrollWidth).toBeLessThanOrEqual(dialog.clientWidth);
  expect(await axeProblems(dialog)).toEqual([]);
});
