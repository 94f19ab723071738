import { createRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import type { Entry } from '../../timeline/entry.ts';
import { layOut } from '../../timeline/layout.ts';
import { axeProblems } from '../testing/axe.ts';
import { dailyEntries, entryOf } from '../testing/entries.ts';
import { Feed, type FeedHandle } from './feed.tsx';
import { groupRows } from './group-rows.ts';

const now = Date.UTC(2026, 10, 22, 12);
const opened = vi.fn<(key: string) => void>();

function itemsOf(entries: readonly Entry[]) {
  const layout = layOut({
    entries,
    now,
    watermark: -Infinity,
    status: 'all',
    filter: {},
    upcomingExpanded: true,
    gaps: [{ stream: 'Task', streamName: 'Assessments', sources: ['Social care records'], from: now - 3 * 86_400_000 }],
  });
  return groupRows(layout.rows).items;
}

function Page({ first, later }: { first: readonly Entry[]; later: readonly Entry[] }) {
  const [entries, setEntries] = useState(first);
  return (
    <main>
      <button type="button" style={{ position: 'fixed', right: 0, zIndex: 9 }} onClick={() => setEntries(later)}>
        more arrives
      </button>
      <div style={{ height: 100 }}>above</div>
      <Feed
        items={itemsOf(entries)}
        setSize={entries.length}
        openKey={undefined}
        headerHeight={0}
        onOpen={opened}
        onRetry={() => undefined}
        onClose={() => undefined}
      />
    </main>
  );
}

const rows = () => [...document.querySelectorAll<HTMLElement>('[role=feed] article')];
const focused = () => document.activeElement?.getAttribute('aria-posinset');
const frame = () => new Promise((resolve) => setTimeout(resolve, 120));

beforeEach(async () => {
  await page.viewport(1280, 720);
  window.scrollTo(0, 0);
});
afterEach(() => opened.mockClear());

test('ten thousand entries stay light, and the list follows the window', async () => {
  const entries = dailyEntries(10_000);
  await render(<Page first={entries} later={entries} />);
  await expect.element(page.getByRole('article').first()).toBeVisible();
  expect(document.querySelectorAll('*').length).toBeLessThan(1500);
  expect(rows()[0]?.getAttribute('aria-setsize')).toBe('10000');
  window.scrollTo(0, 300_000);
  await frame();
  const positions = rows().map((row) => Number(row.getAttribute('aria-posinset')));
  expect(Math.max(...positions)).toBeGreaterThan(2000);
  expect(document.querySelectorAll('*').length).toBeLessThan(1500);
});

test('the first drawing fills the window and goes no further; the rows beyond follow once it is painted (T12)', async () => {
  const entries = dailyEntries(300);
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  flushSync(() => root.render(<Page first={entries} later={entries} />));
  const first = rows();
  const last = first.at(-1)?.getBoundingClientRect();
  expect(last?.bottom).toBeGreaterThanOrEqual(window.innerHeight);
  expect(last?.top).toBeLessThanOrEqual(window.innerHeight + (last?.height ?? 0));
  await expect.poll(() => rows().length).toBeGreaterThanOrEqual(first.length + 5);
  root.unmount();
  place.remove();
});

test('each row is named by its title and its date in words', async () => {
  await render(<Page first={dailyEntries(5)} later={[]} />);
  await expect
    .element(page.getByRole('article', { name: 'GP consultation: cough Encounter/0 21 November 2026, 10:00' }))
    .toBeVisible();
});

test('j and k, PageDown and PageUp, Home and End move while the feed has focus; Enter opens', async () => {
  const entries = dailyEntries(700);
  await render(<Page first={entries} later={entries} />);
  await expect.element(page.getByRole('article').first()).toBeVisible();
  await userEvent.keyboard('j');
  expect(document.activeElement).toBe(document.body);
  rows()[0]?.focus();
  await userEvent.keyboard('j{PageDown}');
  await expect.poll(focused).toBe('3');
  await userEvent.keyboard('k{PageUp}');
  await expect.poll(focused).toBe('1');
  await userEvent.keyboard('{End}');
  await expect.poll(focused).toBe('700');
  await expect.poll(() => inView(document.activeElement)).toBe(true);
  await userEvent.keyboard('{Enter}');
  expect(opened).toHaveBeenLastCalledWith('Encounter/699');
  await userEvent.keyboard('{Home}{Enter}');
  await expect.poll(() => opened.mock.lastCall).toEqual(['Encounter/0']);
  await expect.poll(() => inView(document.activeElement)).toBe(true);
});

test('focus survives when the window scrolls far away from its row', async () => {
  const entries = dailyEntries(2000);
  await render(<Page first={entries} later={entries} />);
  await expect.element(page.getByRole('article').first()).toBeVisible();
  rows()[2]?.focus();
  window.scrollTo(0, 60_000);
  await frame();
  expect(focused()).toBe('3');
  await userEvent.keyboard('j');
  await expect.poll(focused).toBe('4');
  await expect.poll(() => inView(document.activeElement)).toBe(true);
});

test('what a reader has scrolled to does not move when entries come in above it', async () => {
  const all = dailyEntries(600);
  const bookings = Array.from({ length: 12 }, (_, index) =>
    entryOf(`Appointment/${index}`, `2027-01-${10 + index}T09:00:00Z`, { state: 'planned', kind: 'booking' }),
  );
  await render(<Page first={all} later={[...bookings, ...all]} />);
  await expect.element(page.getByRole('article').first()).toBeVisible();
  window.scrollTo(0, 9000);
  await frame();
  const row = rows().find((candidate) => candidate.getBoundingClientRect().top > 200);
  const before = row?.getBoundingClientRect().top ?? 0;
  const key = row?.dataset['key'] ?? '';
  await page.getByRole('button', { name: 'more arrives' }).click();
  await frame();
  const after = document.querySelector(`article[data-key="${key}"]`)?.getBoundingClientRect().top ?? 0;
  expect(Math.abs(after - before)).toBeLessThanOrEqual(2);
});

test('what a reader has scrolled to does not move when something above grows in the same drawing, long after', async () => {
  const entries = dailyEntries(200);
  const items = itemsOf(entries);
  const feedUnder = (above: number, openKey: string | undefined) => (
    <main>
      <div style={{ height: above }}>above</div>
      <Feed
        {...{ items, openKey }}
        setSize={entries.length}
        headerHeight={0}
        onOpen={opened}
        onRetry={() => undefined}
        onClose={() => undefined}
      />
    </main>
  );
  const { rerender } = await render(feedUnder(100, undefined));
  await expect.element(page.getByRole('article').first()).toBeVisible();
  window.scrollTo(0, 3000);
  // Longer than rows that came in may take to settle.
  await new Promise((resolve) => setTimeout(resolve, 600));
  const row = rows().find((candidate) => candidate.getBoundingClientRect().top > 200);
  const before = row?.getBoundingClientRect().top;
  const scrolled = window.scrollY;
  await rerender(feedUnder(140, row?.dataset['key']));
  await frame();
  expect(row?.isConnected).toBe(true);
  expect(row?.getBoundingClientRect().top).toBeCloseTo(before ?? 0, 0);
  expect(window.scrollY).toBe(scrolled + 40);
});

test('a reader who scrolls while rows come in is not taken back, and a press opens what is under it', async () => {
  const all = dailyEntries(600);
  await render(<Page first={all} later={[entryOf('Encounter/new', '2026-11-22T09:00:00Z'), ...all]} />);
  await expect.element(page.getByRole('article').first()).toBeVisible();
  window.scrollTo(0, 1000);
  await frame();
  await page.getByRole('button', { name: 'more arrives' }).click();
  window.scrollTo(0, 1400);
  // Focus comes with the press, in the same frame: the browser has not told of the scrolling yet.
  const row = rows().find((candidate) => candidate.getBoundingClientRect().top > 100);
  row?.focus({ preventScroll: true });
  await frame();
  expect(window.scrollY).toBe(1400);
});

test('a gap stands where the hole is, with a way to try again that keeps focus in the feed', async () => {
  await render(<Page first={dailyEntries(8)} later={[]} />);
  const again = page.getByRole('button', { name: 'Try again' });
  await expect.element(page.getByText(/Assessments from Social care records could not be read/)).toBeVisible();
  await again.click();
  expect(document.activeElement?.tagName).toBe('ARTICLE');
});

test('a long title wraps whole at 320 px, with nothing cut and nothing to scroll sideways', async () => {
  await page.viewport(320, 640);
  const title = `Hospital stay: ${'no evidence of '.repeat(8)}pulmonaryembolismwithaverylongunbrokenwordinsideit`;
  await render(<Page first={[entryOf('Encounter/long', '2026-11-20', { title })]} later={[]} />);
  await expect.element(page.getByRole('button', { name: title })).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  const button = [...document.querySelectorAll('h3 button')].at(-1);
  expect(button?.scrollWidth).toBeLessThanOrEqual((button?.clientWidth ?? 0) + 1);
});

test('axe finds nothing wrong with the feed, its headings, lines and gaps', async () => {
  const stay = entryOf('Encounter/stay', '2026-11-18T02:41:00Z', {
    kind: 'stay',
    lane: 'hospital',
    state: 'open',
    lasting: true,
    cautions: ['No discharge recorded, as at 22-Nov-2026'],
  });
  await render(<Page first={[stay, ...dailyEntries(12)]} later={[]} />);
  await expect.element(page.getByRole('heading', { name: 'Open now 1 entry' })).toBeVisible();
  expect(await axeProblems(document.querySelector('main') ?? document)).toEqual([]);
});

function inView(element: Element | null): boolean {
  const box = element?.getBoundingClientRect();
  return box !== undefined && box.top >= 0 && box.bottom <= window.innerHeight;
}

test('a list without a row is no feed: busy while rows may come, a plain group once none will', async () => {
  const nothing = { items: [], openKey: undefined, headerHeight: 0 };
  const quiet = { onOpen: opened, onRetry: () => undefined, onClose: () => undefined };
  const { rerender } = await render(<Feed {...nothing} {...quiet} setSize={-1} />);
  await expect.element(page.getByRole('feed', { name: 'Timeline' })).toHaveAttribute('aria-busy', 'true');
  expect(await axeProblems(document.querySelector('#timeline') ?? undefined)).toEqual([]);
  await rerender(<Feed {...nothing} {...quiet} setSize={0} />);
  await expect.element(page.getByRole('group', { name: 'Timeline' })).not.toHaveAttribute('aria-busy');
  expect(await axeProblems(document.querySelector('#timeline') ?? undefined)).toEqual([]);
  await rerender(<Feed {...nothing} {...quiet} items={itemsOf(dailyEntries(3))} setSize={3} />);
  await expect.element(page.getByRole('feed', { name: 'Timeline' })).not.toHaveAttribute('aria-busy');
});

test('what leads to today leads there again, after focus was elsewhere and nothing else has changed', async () => {
  const handle = createRef<FeedHandle>();
  await render(
    <>
      <button type="button">elsewhere</button>
      <Feed
        ref={handle}
        items={itemsOf(dailyEntries(30))}
        setSize={30}
        openKey={undefined}
        headerHeight={0}
        onOpen={opened}
        onRetry={() => undefined}
        onClose={() => undefined}
      />
    </>,
  );
  for (let time = 0; time < 3; time += 1) {
    await page.getByRole('button', { name: 'elsewhere' }).click();
    expect(focused()).toBeNull();
    handle.current?.focusEntry(undefined);
    await expect.poll(focused).toBe('1');
  }
});
