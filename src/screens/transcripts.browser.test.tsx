import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createRecordReader } from '../record/record-reader.ts';
import type { RecordReader } from '../record/record-state.ts';
import '../styles.css';
import { LaunchOutcomeScreen } from './launch-outcome.tsx';
import { fakeHub, type FakeHubParts } from './testing/fake-session.ts';
import { endpoints, florence, florenceId, florencesRecord, withheldOutcome } from './testing/florence.ts';
import { transcript } from './testing/transcript.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// What a doctor who does not see the page hears, from top to bottom, kept beside this file to be read by people. A change
// to them is a change to what is heard: update them on purpose (`vitest -u`), and read what changed.

/** Always the same Sunday, so that every date in the transcripts stays. */
const now = Date.UTC(2026, 10, 22, 14, 5);
const readers: RecordReader[] = [];
/** The newest of Florence's entries: enough for a few rows of each kind. */
const few = florencesRecord(now)
  .filter(({ resourceType, id }) => resourceType !== 'Encounter' || !/^(?:gp|old)-\d+$/.test(id ?? ''))
  .slice(0, 60);

beforeEach(async () => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  // High enough for every row, or what is heard would hang on how high each row is drawn here.
  await page.viewport(1280, 3000);
  history.replaceState(null, '', '/');
  window.scrollTo(0, 0);
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
  vi.useRealTimers();
});

async function open(parts: Partial<FakeHubParts> = {}) {
  const hub = fakeHub({ patientId: florenceId, resources: few, endpoints: endpoints(now), ...parts });
  const reader = createRecordReader(hub.session);
  readers.push(reader);
  await render(<TimelineScreen session={hub.session} reader={reader} />);
  await expect.element(page.getByRole('heading', { name: /^Open now/ })).toBeVisible();
  await expect
    .element(page.getByRole('region', { name: 'Overview' }).getByRole('button', { name: 'Today' }))
    .toBeVisible();
}

/** The transcript once the page is at rest: two readings in a row alike. */
async function heard(root?: () => Element): Promise<string> {
  let last = '';
  await expect
    .poll(
      () => {
        const before = last;
        last = transcript(root?.());
        return last === before;
      },
      { interval: 250 },
    )
    .toBe(true);
  return last;
}

const line = (said: string, words: RegExp) => said.split('\n').findIndex((candidate) => words.test(candidate));

test('the timeline is heard in the order of trust: who, what must be known, what is shown and missing, now, then row by row', async () => {
  await open();
  await expect.element(page.getByTestId('completeness')).toHaveAttribute('data-complete-to', 'all');
  const said = await heard();
  const order = [
    /link "Skip to today"/,
    /heading "ADEYEMI, Florence \(Mrs\)" \[level=1\]/,
    /Known allergies/,
    /All \d+ entries sent by/,
    /heading "Now, Sunday 22 November 2026"/,
    /heading "Open now/,
  ].map((words) => line(said, words));
  expect(order).not.toContain(-1);
  expect([...order].sort((a, b) => a - b)).toEqual(order);
  // Which of how many, what it is, and when, in words: then the setting, what is cautioned, and who says so.
  expect(said).toMatch(/- article 1 of \d+ "[^"]+\d{1,2} [A-Z][a-z]+ \d{4}/);
  expect(said).toMatch(/Hospital · /);
  expect(said).toContain('No discharge recorded');
  await expect(said).toMatchFileSnapshot('./transcripts/timeline.txt');
});

test('an opened entry is heard with its title first, and says that viewing does not file or act', async () => {
  await open();
  await page
    .getByRole('article', { name: /Hospital stay: hip fracture/ })
    .getByRole('heading', { level: 3 })
    .getByRole('button')
    .click();
  await expect.element(page.getByTestId('entry-details').getByText('Fractured neck of femur, left')).toBeVisible();
  const said = await heard(() => page.getByTestId('entry-details').element());
  expect(said.split('\n').slice(0, 2).join(' ')).toContain('Hospital stay: hip fracture');
  expect(said).toContain('Viewing here does not file or act.');
  await expect(said).toMatchFileSnapshot('./transcripts/opened-entry.txt');
});

test('a search that finds nothing is heard with its scope, and filters with their counts', async () => {
  await open();
  await expect.element(page.getByTestId('completeness')).toHaveAttribute('data-complete-to', 'all');
  await userEvent.fill(page.getByRole('searchbox'), 'xylophone');
  await expect.element(page.getByTestId('no-match')).toBeVisible();
  const said = await heard();
  expect(said).toMatch(/No matches in \d+ loaded entries/);
  expect(said).toMatch(/checkbox "GP \d+ entries" \[checked\]/);
  await expect(said).toMatchFileSnapshot('./transcripts/find-nothing.txt');
});

test('key information is heard topic by topic, each in its state, with who states it', async () => {
  await open();
  await expect.element(page.getByTestId('completeness')).toHaveAttribute('data-complete-to', 'all');
  await expect.element(page.getByText(/T Mensah/).first()).toBeVisible();
  const said = await heard(() => page.getByRole('complementary', { name: 'Key information' }).element());
  expect(said).toMatch(/Known allergies/);
  expect(said).toContain('Penicillin');
  await expect(said).toMatchFileSnapshot('./transcripts/key-information.txt');
});

test('what is missing is heard before any entry, with Try again beside it', async () => {
  await open({
    outcomes: [withheldOutcome],
    faults: { Task: 'server' },
    endpoints: endpoints(now, { adastra: 'late', carecast: 'failed' }),
  });
  const said = await heard();
  const firstRow = line(said, /- article 1 of/);
  for (const words of [
    /could not be read at/,
    /are from .*may be missing/,
    /not shown to you, for privacy/,
    /button "Try again"/,
  ]) {
    expect(line(said, words), String(words)).toBeGreaterThan(-1);
    expect(line(said, words), String(words)).toBeLessThan(firstRow);
  }
  await expect(said).toMatchFileSnapshot('./transcripts/gaps.txt');
});

test('a launch that failed is heard as what happened and what to do, and names nobody', async () => {
  await render(<LaunchOutcomeScreen reason="handle-expired" />);
  const said = await heard();
  expect(said).toMatch(/heading ".+" \[level=1\]/);
  expect(said).not.toContain(florence().name?.[0]?.family ?? 'ADEYEMI');
  await expect(said).toMatchFileSnapshot('./transcripts/launch-failure.txt');
});
