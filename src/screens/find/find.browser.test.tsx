import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createRecordReader } from '../../record/record-reader.ts';
import type { RecordReader } from '../../record/record-state.ts';
import '../../styles.css';
import { axeProblems } from '../testing/axe.ts';
import { fakeHub, type FakeHubParts } from '../testing/fake-session.ts';
import { endpoints, florence, florenceId, florencesRecord } from '../testing/florence.ts';
import { TimelineScreen } from '../timeline-screen.tsx';
import { switchLetterKeys } from './letter-keys.ts';

const now = Date.now();
const readers: RecordReader[] = [];

beforeEach(async () => {
  await page.viewport(1280, 800);
  history.pushState(null, '', '/timeline');
  switchLetterKeys(true);
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
    session: { openedAt: 1, ...parts.session },
  });
  const reader = createRecordReader(hub.session);
  readers.push(reader);
  const screen = await render(<TimelineScreen session={hub.session} reader={reader} />);
  await expect.element(trust()).toBeVisible();
  await expect.element(page.getByRole('progressbar', { name: 'Loading the record' })).not.toBeInTheDocument();
  return { ...hub, ...screen };
}

const trust = () => page.getByTestId('completeness');
const search = () => page.getByRole('searchbox', { name: 'Search the loaded entries' });
const titles = () => [...document.querySelectorAll('article h3')].map((title) => title.textContent ?? '');
const marked = () => [...document.querySelectorAll('article mark')].map((mark) => mark.textContent);
const counted = (name: 'shown' | 'hidden') => Number(trust().element().getAttribute(`data-${name}`));
const setting = (name: RegExp) => page.getByRole('group', { name: 'Care setting' }).getByRole('checkbox', { name });

test('a word leaves the rows that hold it, marked in them, and says how many it hides', async () => {
  await open();
  await search().fill('KNEE pain');
  await expect.poll(() => new Set(marked())).toEqual(new Set(['knee', 'pain']));
  expect(new Set(titles())).toEqual(new Set(['GP consultation: knee pain']));
  const shown = counted('shown');
  expect(titles().length).toBe(shown);
  await expect
    .element(trust().getByText(new RegExp(`${shown} of \\d+ loaded entries shown\\. The search hides`)))
    .toBeVisible();
  // Counts are what the search leaves, and add up to it.
  await expect.element(setting(new RegExp(`^GP ${shown}`))).toBeVisible();
  await expect.element(setting(/^Hospital 0/)).toBeVisible();
  expect(await axeProblems()).toEqual([]);
});

test('what was typed stands in no address, title or storage; Back undoes it, Forward and a reload bring it back', async () => {
  const { unmount, session } = await open();
  const all = counted('shown');
  await search().fill('knee');
  await userEvent.type(search(), ' pain');
  await expect.poll(() => counted('hidden')).toBeGreaterThan(0);
  await expect.poll(() => JSON.stringify(history.state)).toContain('knee pain');
  expect(
    location.href + document.title + JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  ).not.toMatch(/knee/i);
  history.back();
  await expect.poll(() => counted('hidden')).toBe(0);
  expect(counted('shown')).toBe(all);
  await expect.element(search()).toHaveValue('');
  history.forward();
  await expect.element(search()).toHaveValue('knee pain');
  await unmount();
  const reader = createRecordReader(session);
  readers.push(reader);
  await render(<TimelineScreen session={session} reader={reader} />);
  await expect.element(search()).toHaveValue('knee pain');
});

test('what was searched for in one person’s record is not searched for in the next one’s', async () => {
  const { unmount } = await open();
  await search().fill('knee');
  await expect.poll(() => JSON.stringify(history.state)).toContain('knee');
  await unmount();
  await open({ session: { openedAt: 2 } });
  await expect.element(search()).toHaveValue('');
  expect(counted('hidden')).toBe(0);
});

test('a match that the row does not show is said by the name of its field, never in its words', async () => {
  await open();
  // Who was seen stands in the rows; the status only in the details.
  await search().fill('knee finished');
  await expect.element(page.getByText('Found in details: Status').first()).toBeVisible();
  expect(document.querySelector('article')?.textContent).not.toMatch(/finished/i);
});

test('nothing found says how much was searched and what was not, and Show all brings everything back', async () => {
  await open();
  const all = counted('shown');
  await search().fill('zebra');
  const words = page.getByTestId('no-match');
  await expect.element(words).toBeVisible();
  expect(words.element().textContent).toMatch(/^No matches in \d+ loaded entries\. Letters were not searched\./);
  await expect.element(page.getByText(/^End of the list\. The search hides \d+ entries\.$/)).toBeVisible();
  expect(await axeProblems()).toEqual([]);
  await page.getByRole('main').getByRole('button', { name: 'Show all', exact: true }).click();
  await expect.poll(() => counted('shown')).toBe(all);
  await expect.element(search()).toHaveValue('');
});

test('each thing switched on stands above the list and is lifted by one press; Back undoes one at a time', async () => {
  await open();
  await setting(/^Hospital/).click();
  await page.getByText('Kind', { exact: true }).click();
  await page.getByRole('group', { name: 'Kind' }).getByRole('button', { name: /^None/ }).click();
  await page.getByRole('checkbox', { name: /^GP consultations/ }).click();
  const on = page.getByRole('list', { name: 'Switched on' });
  await expect.element(on.getByRole('button', { name: 'Remove: Care setting: without Hospital' })).toBeVisible();
  await expect.element(on.getByRole('button', { name: 'Remove: Kind: only GP consultations' })).toBeVisible();
  expect(location.search).toBe('?setting=-hospital&kind=gp-consultation');
  expect(titles().every((title) => title.startsWith('GP consultation'))).toBe(true);
  expect(await axeProblems()).toEqual([]);
  history.back();
  await expect.element(on.getByRole('button', { name: 'Remove: Kind: none' })).toBeVisible();
  await expect.element(page.getByText(/^No entry passes the filters/)).toBeVisible();
  history.back();
  await expect.element(on.getByRole('button', { name: /Kind/ })).not.toBeInTheDocument();
  await on.getByRole('button', { name: /without Hospital/ }).click();
  await expect.poll(() => counted('hidden')).toBe(0);
  expect(location.search).toBe('');
});

test('a period leaves what reaches into it and what has no date, and is one step for Back however it was typed', async () => {
  await open();
  const steps = history.length;
  await page.getByText('Date', { exact: true }).click();
  const day = new Date(now - 30 * 86_400_000).toISOString().slice(0, 10);
  const field = page.getByLabelText('From');
  await field.fill('0026-01-01');
  expect(location.search).toBe('');
  await field.fill('2026-01-01');
  await field.fill(day);
  await expect.poll(() => location.search).toBe(`?from=${day}`);
  await expect.poll(() => counted('hidden')).toBeGreaterThan(40);
  await expect.element(page.getByRole('heading', { name: /^Date not known/ })).toBeInTheDocument();
  await expect.element(page.getByRole('heading', { name: /^Open now/ })).toBeInTheDocument();
  expect(history.length).toBe(steps + 1);
  history.back();
  await expect.poll(() => counted('hidden')).toBe(0);
});

test('only from outside my organisation: what my own tells of alone goes, and it is not offered where nobody says whose I am', async () => {
  const { unmount } = await open();
  await page.getByRole('checkbox', { name: /^Only from outside my organisation/ }).click();
  await expect.poll(() => counted('hidden')).toBeGreaterThan(60);
  expect(titles().some((title) => title.startsWith('GP consultation'))).toBe(false);
  expect(titles()).toContain('Hospital stay: pneumonia');
  await unmount();
  history.pushState(null, '', '/timeline?outside=1');
  await open({ session: { organisation: undefined } });
  await expect.element(page.getByText('Kind', { exact: true })).toBeVisible();
  await expect.element(page.getByRole('checkbox', { name: /outside my organisation/ })).not.toBeInTheDocument();
  expect(counted('hidden')).toBe(0);
});

test('a source whose streams failed is said once, its setting never reads as a bare 0, and one press reads it all again', async () => {
  const failing = { ServiceRequest: 'server', Task: 'server', EpisodeOfCare: 'server' } as const;
  const { faults } = await open({ faults: failing });
  const gap =
    /^Social care records \(Liquidlogic\) could not be read at .*: requests for social care, care assessments and reviews, care packages and services\./;
  await expect.element(trust().getByText(gap)).toBeVisible();
  expect(page.getByText(/Liquidlogic\) could not be read at/).elements()).toHaveLength(1);
  await expect.element(trust()).toHaveAttribute('data-failed', 'liquidlogic');
  await expect.element(setting(/^Social care 0 read \(not all could be read\)/)).toBeVisible();
  expect(await axeProblems()).toEqual([]);
  for (const stream of Object.keys(failing)) delete faults[stream];
  await trust().getByRole('button', { name: 'Try again' }).click();
  await expect.element(trust()).toHaveAttribute('data-failed', '');
  await expect.element(setting(/^Social care 3 entries/)).toBeVisible();
});

test('one stream of a source that failed alone is told as that stream', async () => {
  await open({ faults: { Task: 'server' } });
  await expect
    .element(
      trust().getByText(/^Care assessments and reviews from Social care records \(Liquidlogic\) could not be read/),
    )
    .toBeVisible();
});

test('from a row / leads to the search and ? to the keys; switched off, no single key does anything', async () => {
  await open();
  const row = () => document.querySelector<HTMLElement>('article[tabindex="0"]');
  const key = () => document.activeElement?.getAttribute('data-key');
  await userEvent.keyboard('/');
  expect(document.activeElement).toBe(document.body);
  row()?.focus();
  await userEvent.keyboard('/');
  expect(document.activeElement).toBe(search().element());
  await expect.element(search()).toHaveValue('');
  await userEvent.keyboard('?j');
  await expect.element(search()).toHaveValue('?j');
  await userEvent.clear(search());
  await expect.poll(row).not.toBeNull();
  row()?.focus();
  const before = key();
  await userEvent.keyboard('?');
  const help = page.getByRole('dialog', { name: 'Keys' });
  await expect.element(help.getByText('next entry')).toBeVisible();
  expect(await axeProblems()).toEqual([]);
  await help.getByRole('checkbox', { name: /^Use single keys/ }).click();
  await help.getByRole('button', { name: 'Close' }).click();
  await expect.poll(key).toBe(before);
  await userEvent.keyboard('j/?');
  expect(key()).toBe(before);
  await expect.element(help).not.toBeInTheDocument();
  await userEvent.keyboard('{PageDown}');
  await expect.poll(key).not.toBe(before);
});

test.each([768, 390, 320])(
  'at %i px the search stands above the list, filters in their sheet, and nothing is cut',
  async (width) => {
    await page.viewport(width, 664);
    await open();
    await search().fill('knee');
    await page.getByRole('button', { name: 'Filter and sources' }).click();
    const sheet = page.getByRole('dialog', { name: 'Filter and sources' });
    await expect.element(sheet.getByText('Organisation', { exact: true })).toBeVisible();
    for (const fold of ['Date', 'Kind', 'Source', 'Organisation']) await sheet.getByText(fold, { exact: true }).click();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    const dialog = sheet.element();
    expect(dialog.scrollWidth).toBeLessThanOrEqual(dialog.clientWidth);
    expect(await axeProblems()).toEqual([]);
  },
);

test('an empty record is never told as a search without matches', async () => {
  await open({ resources: [florence()] });
  await search().fill('knee');
  await expect
    .element(
      trust()
        .getByText(/This does not mean no care was given/)
        .first(),
    )
    .toBeVisible();
  await expect.element(page.getByTestId('no-match')).not.toBeInTheDocument();
});
