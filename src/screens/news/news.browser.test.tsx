import type { Encounter, Resource } from 'fhir/r4';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createRecordReader } from '../../record/record-reader.ts';
import type { RecordReader } from '../../record/record-state.ts';
import '../../styles.css';
import { axeProblems } from '../testing/axe.ts';
import { fakeHub } from '../testing/fake-session.ts';
import { endpoints, florence, florenceId } from '../testing/florence.ts';
import { TimelineScreen } from '../timeline-screen.tsx';

const now = Date.now();
const looked = Date.UTC(2026, 10, 12, 14, 2);
const readers: RecordReader[] = [];

beforeEach(async () => {
  await page.viewport(1280, 800);
  window.scrollTo(0, 0);
});
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

const visit = (id: string, start: string, received: string, more: Partial<Encounter> = {}): Encounter => ({
  resourceType: 'Encounter',
  id,
  meta: { versionId: '1', lastUpdated: received },
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: `Patient/${florenceId}` },
  type: [{ text: 'GP consultation' }],
  reasonCode: [{ text: id }],
  period: { start },
  ...more,
});

/** Sixty old visits, and one of 2019 that was received after the last look. */
function record(): Resource[] {
  const old = Array.from({ length: 60 }, (_, index) =>
    visit(`Old ${index}`, `20${10 + (index % 16)}-03-${10 + (index % 18)}T10:00:00Z`, '2026-10-01T10:00:00Z'),
  );
  return [
    florence(),
    ...old,
    visit('Late letter', '2019-05-01T10:00:00Z', '2026-11-20T10:00:00Z'),
    visit('Fresh', '2026-11-19T10:00:00Z', '2026-11-19T11:00:00Z'),
  ];
}

async function open(resources: Resource[], lastOpenedAt: number | undefined) {
  const hub = fakeHub({ patientId: florenceId, resources, endpoints: endpoints(now), session: { lastOpenedAt } });
  const reader = createRecordReader(hub.session);
  readers.push(reader);
  await render(<TimelineScreen session={hub.session} reader={reader} />);
  await expect.element(page.getByTestId('completeness')).toHaveAttribute('data-complete-to', 'all');
  return { ...hub, reader };
}

const row = (name: RegExp) => page.getByRole('article', { name });
const newsText = () => page.getByTestId('news').query()?.textContent ?? '';
const focused = () => document.activeElement?.textContent ?? '';

test('what came since this reader looked is marked in words on its row, counted, and reached one after the other', async () => {
  await open(record(), looked);
  await expect.poll(newsText).toContain('2 new since you looked on 12-Nov-2026 14:02.');
  await expect.element(row(/fresh/i).getByText('New since 12-Nov-2026')).toBeVisible();
  // Every other row that is in the page: there are some, and none is marked.
  const others = [...document.querySelectorAll('article')].filter(({ textContent }) => /: old \d/i.test(textContent));
  expect(others.length).toBeGreaterThan(0);
  expect(others.filter(({ textContent }) => textContent.includes('New since'))).toEqual([]);
  await page.getByRole('button', { name: 'Go to the next' }).click();
  await expect.poll(focused).toMatch(/fresh/i);
  await page.getByRole('button', { name: 'Go to the next' }).click();
  await expect.poll(focused).toMatch(/late letter/i);
  // Round again: nothing was ticked off by looking at it (misreading 18).
  await page.getByRole('button', { name: 'Go to the next' }).click();
  await expect.poll(focused).toMatch(/fresh/i);
  await expect.poll(newsText).toContain('2 new');
  expect(await axeProblems()).toEqual([]);
});

test('opening a new entry neither clears its mark nor its count, and it is said that viewing files nothing', async () => {
  await open(record(), looked);
  await row(/fresh/i).getByRole('button').click();
  await expect.element(page.getByTestId('entry-details')).toBeVisible();
  await expect.element(row(/fresh/i).getByText('New since 12-Nov-2026')).toBeVisible();
  await expect.poll(newsText).toContain('2 new');
  await expect.element(page.getByText('Viewing here does not file or act.').first()).toBeVisible();
});

test('at the first opening nothing is marked, and nowhere does it say that nothing is new', async () => {
  await open(record(), undefined);
  await expect.element(row(/fresh/i)).toBeVisible();
  expect(document.querySelector('[data-testid="news"]')).toBeNull();
  expect(document.body.textContent).not.toMatch(/new since|none new|nothing new/i);
});

test('a record that brought nothing says only when it was looked at, not that nothing is new', async () => {
  await open([florence(), visit('Old', '2019-05-01T10:00:00Z', '2026-10-01T10:00:00Z')], looked);
  await expect.poll(newsText).toContain('You last looked on 12-Nov-2026 14:02.');
});

test('read again: what came meanwhile is marked by the time of the reading before, the place and the open entry stay', async () => {
  const resources = record();
  const { faults } = await open(resources, undefined);
  window.scrollTo(0, 900);
  await expect.poll(() => window.scrollY).toBe(900);
  await expect.poll(() => rowsInView().length).toBeGreaterThan(2);
  const seen = rowsInView();
  resources.push(visit('Just in', '2026-11-21T10:00:00Z', new Date().toISOString()));
  press('Read again');
  await expect.poll(newsText).toContain('1 new since you read again.');
  await expect.poll(rowsInView).toEqual(seen);
  await page.getByRole('button', { name: 'Go to it' }).click();
  await expect.poll(focused).toMatch(/just in.*New since \d\d:\d\d/i);

  // It fails the next time: what was read stays, whole, and that is said.
  const shown = page.getByTestId('completeness').element().getAttribute('data-shown');
  faults['Task'] = 'unreachable';
  press('Read again');
  await expect
    .element(page.getByText(/Could not be read again at \d\d:\d\d\. What was read before is shown\./))
    .toBeVisible();
  await expect.element(page.getByTestId('completeness')).toHaveAttribute('data-shown', shown ?? '');
  await expect.element(page.getByTestId('completeness')).toHaveAttribute('data-failed', '');
});

test('a search and what is filtered stay when the record is read again: what they find is found anew', async () => {
  const resources = record();
  await open(resources, undefined);
  await userEvent.fill(page.getByRole('searchbox'), 'just in');
  await expect.element(page.getByTestId('no-match')).toBeVisible();
  resources.push(visit('Just in', '2026-11-21T10:00:00Z', new Date().toISOString()));
  press('Read again');
  await expect.poll(newsText).toContain('1 new since you read again.');
  await expect.element(page.getByRole('searchbox')).toHaveValue('just in');
  await expect.element(page.getByTestId('completeness')).toHaveAttribute('data-shown', '1');
});

test('an entry that its source withdraws leaves a line; one that is simply gone leaves none (misreading 13)', async () => {
  const resources = record();
  await open(resources, undefined);
  await expect.element(row(/fresh/i)).toBeVisible();
  const at = resources.findIndex(({ id }) => id === 'Fresh');
  resources[at] = { ...(resources[at] as Encounter), status: 'entered-in-error' } as Encounter;
  resources.splice(1, 1);
  press('Read again');
  await expect
    .element(page.getByText(/Withdrawn by Source not stated: gp consultation, shown here before/i))
    .toBeVisible();
  await expect.poll(() => document.body.textContent).not.toMatch(/: fresh/i);
  expect(document.body.textContent?.match(/Withdrawn by/g)).toHaveLength(1);
});

/** Presses a button where it is, without the help a test gives that scrolls it into view. */
function press(name: string): void {
  (page.getByRole('button', { name }).element() as HTMLElement).click();
}

/** Which rows stand where, to the pixel. */
function rowsInView(): string[] {
  return [...document.querySelectorAll<HTMLElement>('article')].flatMap((article) => {
    const { top, bottom } = article.getBoundingClientRect();
    if (bottom < 300 || top > window.innerHeight) return [];
    return [`${Math.round(top)} ${article.dataset['key'] ?? ''}`];
  });
}
