import type { Encounter } from 'fhir/r4';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createRecordReader } from '../record/record-reader.ts';
import type { RecordReader } from '../record/record-state.ts';
import '../styles.css';
import { axeProblems } from './testing/axe.ts';
import { fakeHub, type FakeHubParts } from './testing/fake-session.ts';
import { endpoints, florence, florenceId, florencesRecord, withheldOutcome } from './testing/florence.ts';
import { TimelineScreen } from './timeline-screen.tsx';

const now = Date.now();
const readers: RecordReader[] = [];

beforeEach(async () => {
  await page.viewport(1280, 800);
  history.replaceState(null, '', '/');
  window.scrollTo(0, 0);
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

async function open(parts: Partial<FakeHubParts> = {}) {
  const hub = fakeHub({
    patientId: florenceId,
    resources: florencesRecord(now),
    endpoints: endpoints(now),
    ...parts,
  });
  const reader = createRecordReader(hub.session);
  readers.push(reader);
  await render(<TimelineScreen session={hub.session} reader={reader} />);
  return { ...hub, reader };
}

const trust = () => page.getByTestId('completeness');
const banner = () => page.getByTestId('patient-banner');
const details = () => page.getByTestId('entry-details');
const row = (name: RegExp) =>
  page.getByRole('article', { name }).getByRole('heading', { level: 3 }).getByRole('button');

test('who it is stands first, then what is loaded, then allergies, what is open now and the rows', async () => {
  await open();
  await expect.element(trust()).toHaveAttribute('data-complete-to', 'all');
  await expect.element(banner()).toHaveAttribute('data-nhs-number', '9990000018');
  expect(banner().element().textContent).toMatch(/ADEYEMI, Florence \(Mrs\).*12-Mar-1948.*Female.*999.000.0018/);
  await expect.element(page.getByTestId('key-allergies')).toHaveAttribute('data-state', 'known');
  await expect.element(page.getByText('Penicillin: rash (GP)')).toBeVisible();
  await expect.element(page.getByRole('heading', { name: /^Open now/ })).toBeVisible();
  await expect.element(row(/Hospital stay: pneumonia/)).toBeVisible();
  await expect.element(trust()).toHaveAttribute('data-failed', '');
  await expect.element(trust()).toHaveAttribute('data-withheld', 'none');
  const shown = Number(trust().element().getAttribute('data-shown'));
  expect(shown).toBeGreaterThan(60);
  expect(document.querySelectorAll('*').length).toBeLessThan(1500);
});

test('what counts as shown is what a reader can reach: bookings folded away are counted where they are folded', async () => {
  await open();
  await expect.element(trust()).toHaveAttribute('data-complete-to', 'all');
  await expect.element(page.getByText('2 booked, 1 shown')).toBeVisible();
  const rows = () => page.getByRole('article').first().element().getAttribute('aria-setsize');
  const shown = () => trust().element().getAttribute('data-shown');
  const folded = Number(shown());
  expect(rows()).toBe(String(folded));
  expect(trust().element().textContent).toContain(`All ${folded + 1} entries sent by`);
  await page.getByRole('button', { name: 'Show all 2' }).click();
  await expect.poll(shown).toBe(String(folded + 1));
  expect(rows()).toBe(String(folded + 1));
});

test('on a phone two rows can be read above the fold, with allergies named and alerts counted', async () => {
  await page.viewport(390, 664);
  await open({ endpoints: endpoints(now, { adastra: 'late' }) });
  await expect.element(page.getByText(/Out-of-hours and 111 records are from/)).toBeVisible();
  await expect.element(page.getByText('Penicillin: rash (GP)')).toBeVisible();
  await expect.element(page.getByText('Alerts recorded: 1')).toBeVisible();
  await expect.poll(rowsAboveTheFold).toBeGreaterThanOrEqual(2);
});

/** Rows whose title and second line are in view; cautions under them may not be. */
function rowsAboveTheFold(): number {
  const titles = [...document.querySelectorAll('article h3')];
  return titles.filter(
    (title) => (title.nextElementSibling?.nextElementSibling?.getBoundingClientRect().bottom ?? Infinity) <= 664,
  ).length;
}

test('axe finds nothing wrong with the page, wide, narrow, and with an entry open', async () => {
  await open({
    outcomes: [withheldOutcome],
    faults: { Task: 'server' },
    endpoints: endpoints(now, { adastra: 'late' }),
  });
  await expect.element(page.getByRole('heading', { name: /^Open now/ })).toBeVisible();
  expect(await axeProblems()).toEqual([]);
  await row(/Hospital stay: hip fracture/).click();
  await expect.element(details()).toBeVisible();
  await expect.element(details().getByText('Haemoglobin')).toBeVisible();
  expect(await axeProblems()).toEqual([]);
  await page.viewport(390, 664);
  await expect.element(page.getByRole('dialog')).toBeVisible();
  expect(await axeProblems()).toEqual([]);
});

test('a stream that fails is said in words with a way to try again, and what was read stays', async () => {
  const { faults } = await open({ faults: { Task: 'server' } });
  await expect.element(trust()).toHaveAttribute('data-failed', 'liquidlogic');
  const said = trust().getByText(/Care assessments and reviews .* could not be read at .*Entries may be missing\./);
  await expect.element(said).toBeVisible();
  await expect.element(row(/Reablement: arranged/)).toBeVisible();
  delete faults['Task'];
  await trust().getByRole('button', { name: 'Try again' }).click();
  await expect.element(trust()).toHaveAttribute('data-failed', '');
  await expect.element(row(/Care needs assessment/)).toBeVisible();
  expect(document.activeElement?.id).toBe('trust');
});

test('late sources, failed sources and withheld items are said, the last without saying what', async () => {
  await open({
    outcomes: [withheldOutcome],
    endpoints: endpoints(now, { adastra: 'late', carecast: 'failed' }),
  });
  await expect.element(trust()).toHaveAttribute('data-failed', 'carecast');
  await expect.element(trust()).toHaveAttribute('data-withheld', 'some');
  await expect.element(page.getByText(/Out-of-hours and 111 records are from/)).toBeVisible();
  await expect
    .element(page.getByText(/University College Hospital records \(Carecast\) could not be read/))
    .toBeVisible();
  await expect.element(page.getByText('Some information is not shown to you, for privacy.')).toBeVisible();
  await expect.element(page.getByText("Items may be withheld by law or by the person's choice.")).toBeVisible();
});

test('the care team can be reached: name, role and telephone as the source states them', async () => {
  await open();
  await page.getByText('Care team').click();
  await expect.element(page.getByText(/T Mensah · Social worker/)).toBeVisible();
  await expect.element(page.getByRole('link', { name: '020 7946 0300' })).toHaveAttribute('href', 'tel:02079460300');
});

test('an empty record says that it does not mean no care', async () => {
  await open({ resources: [florence()] });
  await expect
    .element(
      trust()
        .getByText(/This does not mean no care was given/)
        .first(),
    )
    .toBeVisible();
  await expect.element(trust()).toHaveAttribute('data-shown', '0');
  await expect.element(page.getByTestId('key-allergies')).toHaveAttribute('data-state', 'not-recorded');
});

test('nothing of the record stands on the page while nobody knows whose it is', async () => {
  const { faults } = await open({ faults: { Patient: 'server' } });
  await expect.element(page.getByText('Whose record this is could not be read')).toBeVisible();
  expect(document.querySelectorAll('article').length).toBe(0);
  expect(banner().element().getAttribute('data-nhs-number')).toBe('');
  delete faults['Patient'];
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(banner()).toHaveAttribute('data-nhs-number', '9990000018');
});

test('loading can be stopped and gone on with, and says so', async () => {
  const hub = fakeHub({
    patientId: florenceId,
    resources: florencesRecord(now),
    endpoints: endpoints(now),
    pageSize: 10,
  });
  const release = hub.hold('Encounter');
  const reader = createRecordReader(hub.session);
  readers.push(reader);
  await render(<TimelineScreen session={hub.session} reader={reader} />);
  await expect.element(page.getByText('The record is loading.').last()).toBeVisible();
  await trust().getByRole('button', { name: 'Stop' }).click();
  release();
  await expect
    .element(
      trust()
        .getByText(/^Loading stopped\./)
        .last(),
    )
    .toBeVisible();
  expect(trust().element().getAttribute('data-complete-to')).not.toBe('all');
  await trust().getByRole('button', { name: 'Load the rest' }).click();
  await expect.element(trust()).toHaveAttribute('data-complete-to', 'all');
});

test('a setting is hidden by its checkbox, said with one press to undo it, and Back undoes it too', async () => {
  await open();
  await expect.element(trust()).toHaveAttribute('data-complete-to', 'all');
  await page.getByRole('checkbox', { name: /^GP/ }).click();
  await expect.element(trust().getByText(/Filters hide \d+/)).toBeVisible();
  expect(Number(trust().element().getAttribute('data-hidden'))).toBeGreaterThan(60);
  expect(location.search).toBe('?setting=-gp');
  history.back();
  await expect.element(trust()).toHaveAttribute('data-hidden', '0');
  await page.getByRole('checkbox', { name: /^Hospital/ }).click();
  await trust().getByRole('button', { name: 'Show all' }).click();
  await expect.element(trust()).toHaveAttribute('data-hidden', '0');
  expect(location.search).toBe('');
});

test('an entry opens beside the list, repeats its title and date, and Esc returns to its row', async () => {
  await open();
  await row(/Hospital stay: hip fracture/).click();
  await expect.element(details().getByRole('heading', { level: 2 })).toHaveTextContent('Hospital stay: hip fracture');
  await expect.element(details().getByText('Fractured neck of femur, left')).toBeVisible();
  await expect.element(details().getByRole('row', { name: /94 g\/L Flagged low/ })).toBeVisible();
  await expect.element(details().getByText('Coyle ward').first()).toBeVisible();
  await expect.element(details().getByText('Viewing here does not file or act.')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('heading', { name: 'Key information' })).toBeVisible();
  await expect.poll(() => document.activeElement?.getAttribute('data-key')).toBe('entry:Encounter/stay');
});

test('on a phone the entry is a sheet, whose record it is stays in view, and focus returns to the row', async () => {
  await page.viewport(390, 664);
  await open();
  await row(/Hospital stay: pneumonia/).click();
  const sheet = page.getByRole('dialog', { name: 'Hospital stay: pneumonia' });
  await expect.element(sheet).toBeVisible();
  const top = sheet.element().getBoundingClientRect().top;
  const identity = banner().element().getBoundingClientRect();
  expect(identity.top).toBe(0);
  expect(top).toBeGreaterThanOrEqual(identity.bottom - 1);
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => document.activeElement?.getAttribute('data-key')).toBe('entry:Encounter/open-stay');
});

test('an answer that comes late for one entry is never shown beside another', async () => {
  const { hold } = await open();
  await expect.element(row(/Hospital stay: hip fracture/)).toBeVisible();
  const release = hold('Condition');
  await row(/Hospital stay: hip fracture/).click();
  await expect.element(details().getByText(/Reading what is linked/)).toBeVisible();
  await row(/GP consultation: wound check/).click();
  await expect.element(details().getByRole('heading', { level: 2 })).toHaveTextContent('GP consultation: wound check');
  release();
  await expect.element(details().getByText(/linked nothing to this entry/)).toBeVisible();
  expect(details().element().textContent).not.toContain('femur');
});

test('what is linked and cannot be read is said in its place, with a way to try again', async () => {
  const { faults } = await open();
  await expect.element(row(/Hospital stay: hip fracture/)).toBeVisible();
  faults['Condition'] = 'server';
  await row(/Hospital stay: hip fracture/).click();
  await expect.element(details().getByText(/Problems of this entry could not be read/)).toBeVisible();
  delete faults['Condition'];
  await details().getByRole('button', { name: 'Try again' }).click();
  await expect.element(details().getByText('Fractured neck of femur, left')).toBeVisible();
});

test('a letter is read in its place when it is asked for', async () => {
  await open();
  await row(/Letter: /).click();
  await details().getByRole('button', { name: /^Read/ }).click();
  await expect.element(details().getByText(/No evidence of heart failure\./)).toBeVisible();
});

test.each([1280, 768, 390, 320])('at %i px nothing has to be scrolled sideways', async (width) => {
  await page.viewport(width, 664);
  await open({ faults: { Encounter: 'server' }, endpoints: endpoints(now, { adastra: 'late', carecast: 'failed' }) });
  await expect.element(page.getByRole('heading', { name: /^Open now/ })).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
});

test('at 400 % zoom one line of identity stays fixed, and the list has the rest', async () => {
  await page.viewport(320, 256);
  await open();
  await expect.element(page.getByRole('feed', { name: 'Timeline' })).toBeInTheDocument();
  window.scrollTo(0, 3000);
  await new Promise((resolve) => setTimeout(resolve, 150));
  const fixed = document.querySelector('[data-stays]')?.getBoundingClientRect();
  expect(fixed?.top).toBe(0);
  expect(fixed?.height).toBeLessThan(64);
  expect(trust().element().getBoundingClientRect().bottom).toBeLessThan(0);
});

test('ten thousand entries: all shown and counted, the page stays light, first and last are reached by key', async () => {
  const one = florencesRecord(now).find(({ id }) => id === 'gp-now');
  const many = Array.from({ length: 10_000 }, (_, index) => {
    const start = new Date(now - (index + 1) * 86_400_000).toISOString();
    return { ...one, id: `many-${index}`, period: { start, end: start } } as Encounter;
  });
  await open({ resources: [florence(), ...many], pageSize: 1000 });
  await expect.element(trust()).toHaveAttribute('data-shown', '10000');
  await expect.element(trust()).toHaveAttribute('data-statements', '10000');
  expect(document.querySelectorAll('*').length).toBeLessThan(1500);
  document.querySelector<HTMLElement>('article[tabindex="0"]')?.focus();
  await userEvent.keyboard('{End}');
  await expect.poll(() => document.activeElement?.getAttribute('aria-posinset')).toBe('10000');
  await userEvent.keyboard('{Enter}');
  await expect.element(details()).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => document.activeElement?.getAttribute('aria-posinset')).toBe('10000');
  await userEvent.keyboard('{Home}');
  await expect.poll(() => document.activeElement?.getAttribute('aria-posinset')).toBe('1');
  expect(document.querySelectorAll('*').length).toBeLessThan(1500);
});
