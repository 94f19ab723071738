import { useRef, useState } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles.css';
import { streamIds, type RecordState, type StreamState } from '../../record/record-state.ts';
import { type Entry, lanes } from '../../timeline/entry.ts';
import { type Filter, noFilter } from '../../timeline/filter.ts';
import { layOut } from '../../timeline/layout.ts';
import type { Span } from '../../timeline/overview/months.ts';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import { Feed, type FeedHandle } from '../feed/feed.tsx';
import { groupRows } from '../feed/group-rows.ts';
import { axeProblems } from '../testing/axe.ts';
import { dailyEntries, entryOf } from '../testing/entries.ts';
import { OverviewPart } from './overview-part.tsx';

const now = Date.UTC(2026, 10, 22, 12);
const day = 86_400_000;
const onOnly = vi.fn<(period: Span | undefined) => void>();

function streamsWith(parts: Partial<Record<StreamState['id'], Partial<StreamState>>> = {}): RecordState['streams'] {
  const streams = streamIds.map((id): StreamState => ({
    id,
    status: 'complete',
    slow: false,
    resources: [],
    pages: 1,
    readBackTo: -Infinity,
    failure: undefined,
    ...parts[id],
  }));
  return Object.fromEntries(streams.map((stream) => [stream.id, stream])) as RecordState['streams'];
}

interface PageProps {
  entries: readonly Entry[];
  streams?: RecordState['streams'];
  filter?: Filter;
}

function Page({ entries, streams = streamsWith(), filter = noFilter }: PageProps) {
  'use no memo';
  const feed = useRef<FeedHandle>(null);
  const [covered, setCovered] = useState(0);
  const layout = layOut({
    entries,
    now,
    watermark: -Infinity,
    status: 'all',
    filter,
    upcomingExpanded: true,
    gaps: [],
  });
  const { items } = groupRows(layout.rows);
  return (
    <main>
      <h1>Timeline of somebody</h1>
      <OverviewPart
        ready
        onCover={setCovered}
        feed={feed}
        state={{ streams, sources: [] }}
        entries={layout.standing}
        filter={filter}
        folded={layout.folded}
        now={now}
        onOnly={onOnly}
      />
      <h2>Timeline</h2>
      <Feed
        ref={feed}
        items={items}
        setSize={items.length}
        openKey={undefined}
        headerHeight={covered}
        onOpen={() => undefined}
        onRetry={() => undefined}
        onClose={() => undefined}
      />
    </main>
  );
}

const slider = () => page.getByRole('slider', { name: 'Months shown in the overview' });
const words = () => slider().element().getAttribute('aria-valuetext');
const plot = () => page.getByTestId('overview-plot').element() as HTMLElement;
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const frame = () => new Promise((resolve) => setTimeout(resolve, 120));

/** Key of the first row whose top lies under the strip. */
function firstRow(): string | undefined {
  const strip = document.querySelector('#overview')?.getBoundingClientRect().bottom ?? 0;
  const rows = [...document.querySelectorAll<HTMLElement>('[role=feed] article')];
  return rows.find((row) => row.getBoundingClientRect().bottom > strip + 24)?.dataset['key'];
}

/** Position of the first row among all, counted in days back from 21 November 2026 as `dailyEntries` makes them. */
const daysBack = () => Number(/\d+$/.exec(firstRow() ?? '')?.[0]);

function pointer(type: string, x: number, pointerType = 'mouse') {
  const { top } = plot().getBoundingClientRect();
  plot().dispatchEvent(
    new PointerEvent(type, {
      bubbles: true,
      clientX: x,
      clientY: top + 20,
      button: 0,
      pointerId: 1,
      isPrimary: true,
      pointerType,
    }),
  );
}

beforeEach(async () => {
  await page.viewport(1000, 720);
  // There is no header over this page.
  document.documentElement.style.setProperty('--header-height', '0px');
  window.scrollTo(0, 0);
  // A pointer made by a test has no device behind it that could be captured.
  const captured = new Set<number>();
  vi.spyOn(Element.prototype, 'setPointerCapture').mockImplementation((id) => void captured.add(id));
  vi.spyOn(Element.prototype, 'hasPointerCapture').mockImplementation((id) => captured.has(id));
});
afterEach(() => {
  onOnly.mockClear();
  vi.restoreAllMocks();
});

describe('by the pointer', () => {
  test('dragging over the lanes moves the list, and takes no focus from where it is', async () => {
    await render(<Page entries={dailyEntries(1200)} />);
    await expect.element(slider()).toBeVisible();
    const { left, width } = plot().getBoundingClientRect();
    const before = document.activeElement;
    pointer('pointerdown', left + width * 0.75);
    await expect.poll(daysBack).toBeGreaterThan(120);
    const near = daysBack();
    pointer('pointermove', left + width * 0.25);
    await expect.poll(daysBack).toBeGreaterThan(near + 300);
    expect(document.activeElement).toBe(before);
    // A quarter of 27 months in, from November 2024: 25 May 2025, give or take what a pixel is wide.
    await expect.poll(() => Math.abs(daysBack() - 545)).toBeLessThan(4);
  });

  test('a finger that comes down moves nothing until it drags or lifts: it may be about to scroll the page', async () => {
    await render(<Page entries={dailyEntries(1200)} />);
    await expect.element(slider()).toBeVisible();
    const { left, width } = plot().getBoundingClientRect();
    pointer('pointerdown', left + width * 0.5, 'touch');
    await frame();
    expect(window.scrollY).toBe(0);
    pointer('pointerup', left + width * 0.5, 'touch');
    await expect.poll(daysBack).toBeGreaterThan(300);
  });

  test('while it drags, only the band moves: no lane is drawn anew', async () => {
    await render(<Page entries={dailyEntries(1200)} />);
    await expect.element(page.getByTestId('overview-band')).toBeInTheDocument();
    const changed = vi.fn<() => void>();
    const watch = new MutationObserver(changed);
    const svg = plot().querySelector('svg');
    if (svg === null) throw new Error('no lanes drawn');
    watch.observe(svg, { subtree: true, childList: true, attributes: true, characterData: true });
    const band = () => (page.getByTestId('overview-band').element() as HTMLElement).style.transform;
    const at = band();
    const { left, width } = plot().getBoundingClientRect();
    pointer('pointerdown', left + width * 0.6);
    pointer('pointermove', left + width * 0.5);
    await expect.poll(band).not.toBe(at);
    await frame();
    expect(changed).not.toHaveBeenCalled();
    watch.disconnect();
  });
});

describe('by key and button', () => {
  test('arrows, Page Up and Down, Home and End, plus and minus move and zoom, and the list goes along', async () => {
    await render(<Page entries={dailyEntries(3000)} />);
    await expect.element(slider()).toBeVisible();
    expect(words()).toBe('Nov-2024 to Jan-2027, 751 entries');
    (slider().element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(words).toBe('Sep-2024 to Nov-2026, 812 entries');
    await userEvent.keyboard('{PageDown}');
    await expect.poll(words).toBe('Jun-2022 to Aug-2024, 823 entries');
    // The newest row of what came into view: 31 August 2024 lies 812 days before 21 November 2026.
    await expect.poll(daysBack).toBe(812);
    await userEvent.keyboard('{ArrowRight}{PageUp}{End}');
    await expect.poll(words).toBe('Nov-2024 to Jan-2027, 751 entries');
    await expect.poll(daysBack).toBe(0);
    await userEvent.keyboard('{Home}');
    await expect.poll(words).toMatch(/^Sep-2018 to Nov-2020/);
    await userEvent.keyboard('+');
    await expect.poll(words).toMatch(/^\w{3}-20\d\d to \w{3}-20\d\d, 36[56] entries$/);
    await userEvent.keyboard('---');
    await expect.poll(words).toBe('Sep-2018 to Jan-2027, 3000 entries');
    expect(slider().element().getAttribute('aria-valuemax')).toBe('0');
    expect(document.activeElement).toBe(slider().element());
  });

  test('each key has its button, and what it comes to is said', async () => {
    await render(<Page entries={dailyEntries(3000)} />);
    await expect.element(slider()).toBeVisible();
    await press('Older');
    await expect.element(page.getByRole('status')).toHaveTextContent('Sep-2023 to Nov-2025, 822 entries');
    await expect.poll(daysBack).toBeGreaterThan(300);
    await press('Newer');
    await press('Zoom in');
    await expect.poll(words).toMatch(/^\w{3}-202\d to \w{3}-202\d, /);
    await press('Zoom out');
    await press('Today');
    await expect.poll(words).toBe('Nov-2024 to Jan-2027, 751 entries');
    await expect.poll(daysBack).toBe(0);
  });

  test('Show only this period hands over exactly what is in view, and stands apart from moving', async () => {
    await render(<Page entries={dailyEntries(1000)} />);
    await expect.element(slider()).toBeVisible();
    await press('Older');
    expect(onOnly).not.toHaveBeenCalled();
    await press('Show only this period');
    expect(onOnly).toHaveBeenCalledExactlyOnceWith({
      from: Date.parse('2024-02-01T00:00:00Z'),
      to: Date.parse('2026-05-01T00:00:00+01:00'),
    });
  });

  test('a list cut to a period is drawn whole, with a way to lift the cut', async () => {
    const filter = { from: now - 10 * day, to: now };
    await render(<Page entries={dailyEntries(400)} filter={filter} />);
    await expect.element(slider()).toBeVisible();
    expect(words()).toBe('Nov-2024 to Jan-2027, 400 entries');
    await press('Show all dates');
    expect(onOnly).toHaveBeenCalledExactlyOnceWith(undefined);
  });
});

describe('with the list', () => {
  test('the band shows what the list shows, and the window turns with a reader who scrolls on', async () => {
    await render(<Page entries={dailyEntries(3000)} />);
    await expect.element(slider()).toBeVisible();
    const from = words();
    window.scrollTo(0, 20_000);
    await expect.element(page.getByText(/^[1-9]\d* further up$/)).toBeVisible();
    expect(words()).toBe(from);
    window.scrollTo(0, 80_000);
    await expect.poll(words).not.toBe(from);
    await expect.element(page.getByTestId('overview-band')).toBeInTheDocument();
  });

  test('above, in view and below add up to all that is loaded', async () => {
    await render(<Page entries={dailyEntries(500)} />);
    await expect.element(slider()).toBeVisible();
    window.scrollTo(0, 9000);
    await frame();
    const number = (text: RegExp) => Number(/\d+/.exec(page.getByText(text).element().textContent ?? '')?.[0]);
    const strip = document.querySelector('#overview')?.parentElement?.getBoundingClientRect().bottom ?? 0;
    const inView = () =>
      [...document.querySelectorAll('[role=feed] article')].filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > strip + 16 && top < window.innerHeight;
      }).length;
    // Once the rows that came into view have been measured.
    await expect.poll(() => number(/further up$/) + inView() + number(/further down$/)).toBe(500);
  });

  test('an empty stretch can be looked at: the list does not pull the window away from it', async () => {
    const old = dailyEntries(20).map((entry, index) => ({
      ...entry,
      start: parsePartialDate(`2004-05-${String(28 - index).padStart(2, '0')}`),
    }));
    const recent = dailyEntries(20).map((entry) => ({ ...entry, key: `${entry.key}-recent` }));
    await render(<Page entries={[...recent, ...old]} />);
    await expect.element(slider()).toBeVisible();
    await press('Older');
    await press('Older');
    await press('Older');
    await expect.poll(words).toBe('May-2021 to Jul-2023, 0 entries');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(words()).toBe('May-2021 to Jul-2023, 0 entries');
  });
});

describe('what was not read', () => {
  test('while older pages load is hatched, in the colours of a gap, and said', async () => {
    const streams = streamsWith({ Encounter: { status: 'loading', readBackTo: now - 100 * day } });
    await render(<Page entries={dailyEntries(90)} streams={streams} />);
    await expect.element(page.getByText('Hatched: not read yet')).toBeVisible();
    const [hatch] = plot().querySelectorAll<HTMLElement>('[data-ground=loading]');
    const { left, right } = hatch?.getBoundingClientRect() ?? { left: 0, right: 0 };
    const box = plot().getBoundingClientRect();
    expect(left).toBe(box.left);
    // From November 2024 to 15 August 2026: 652 of the 822 days in view.
    expect((right - left) / box.width).toBeCloseTo(652 / 822, 1);
  });

  test('a setting that failed altogether stands as a hatched lane, never as nothing', async () => {
    const failure = { kind: 'server' as const, at: now, message: '' };
    const streams = streamsWith({ Task: { status: 'failed', readBackTo: undefined, failure } });
    await render(<Page entries={dailyEntries(30)} streams={streams} />);
    await expect.element(page.getByText('Hatched: could not be read')).toBeVisible();
    await expect.element(page.getByRole('listitem').getByText('Social care')).toBeVisible();
    const hatch = plot().querySelector('[data-ground=failed]')?.getBoundingClientRect();
    expect(hatch?.width).toBe(plot().getBoundingClientRect().width);
  });

  test('entries without a date are counted in words', async () => {
    await render(<Page entries={[...dailyEntries(5), entryOf('Encounter/none', undefined)]} />);
    await expect.element(page.getByText('1 without a date')).toBeVisible();
  });
});

test('what filters and the search hide is counted in the strip and in words: no year is empty by them in silence', async () => {
  const entries = dailyEntries(40);
  const { rerender } = await render(<Page entries={entries} />);
  const strip = () => document.querySelector('#overview')?.textContent;
  await expect.poll(strip).toContain('40 entries');
  expect(strip()).not.toMatch(/hide/);
  const matches = ({ key }: Entry) => key === entries[3]?.key;
  await rerender(<Page entries={entries} filter={{ matches, from: now - 5 * day }} />);
  // The period cuts the list, not the overview.
  await expect.poll(strip).toMatch(/1 entry.*The search hides 39/);
  const described = slider().element().getAttribute('aria-describedby');
  expect(document.getElementById(described ?? '')?.textContent).toContain('The search hides 39');
  await press('In words');
  await expect.element(page.getByText('The search hides 39 more, which are not counted here.')).toBeVisible();
});

test('the same stands in words: by year and setting, what lasts, what was not read; a year leads to its rows', async () => {
  const stay = entryOf('Encounter/stay', '2025-02-03', {
    lane: 'hospital',
    kind: 'stay',
    lasting: true,
    title: 'Hospital stay: hip fracture',
    end: parsePartialDate('2025-02-19'),
  });
  const failure = { kind: 'server' as const, at: now, message: '' };
  const streams = streamsWith({ EpisodeOfCare: { status: 'failed', readBackTo: undefined, failure } });
  await render(<Page entries={[...dailyEntries(2000), stay]} streams={streams} />);
  await expect.element(slider()).toBeVisible();
  await press('In words');
  const sheet = page.getByRole('dialog', { name: 'Overview in words' });
  await expect.element(sheet.getByText(/^2001 entries, each in the year it began/)).toBeVisible();
  const year = sheet.getByRole('row', { name: /2025/ });
  await expect.element(year).toHaveTextContent('202536636510*, may be incomplete');
  await expect.element(sheet.getByText(/^Care packages and services: could not be read/)).toBeVisible();
  await expect.element(sheet.getByText('Hospital stay: hip fracture')).toBeVisible();
  await expect.element(sheet.getByText('Hospital · 03-Feb-2025 to 19-Feb-2025')).toBeVisible();
  expect(await axeProblems()).toEqual([]);
  await sheet.getByRole('button', { name: 'Go to 2025' }).click();
  await expect.poll(words).toMatch(/^Oct-2023 to Dec-2025/);
  // 31 December 2025 lies 325 days before 21 November 2026.
  await expect.poll(daysBack).toBe(325);
});

test('stays light with ten thousand entries in every setting, however it is zoomed', async () => {
  await page.viewport(1900, 900);
  const entries = dailyEntries(10_000).map((entry, index) => ({ ...entry, lane: lanes[index % lanes.length] ?? 'gp' }));
  await render(<Page entries={entries} />);
  await expect.element(slider()).toBeVisible();
  const nodes = () => document.querySelectorAll('#overview *').length;
  expect(nodes()).toBeLessThan(200);
  for (let step = 0; step < 6; step += 1) {
    await press('Zoom out');
    expect(nodes()).toBeLessThan(200);
  }
  await expect.poll(words).toMatch(/^Jul-1999 to Jan-2027, 10000 entries$/);
  for (let step = 0; step < 9; step += 1) {
    await press('Zoom in');
    expect(nodes()).toBeLessThan(200);
  }
});

test.each([
  [1280, 720],
  [390, 664],
  [320, 640],
])('axe finds nothing wrong at %i px, and nothing has to be scrolled sideways', async (width, height) => {
  await page.viewport(width, height);
  const streams = streamsWith({ Task: { status: 'loading', readBackTo: now - 300 * day } });
  const entries = dailyEntries(700).map((entry, index) => ({ ...entry, lane: lanes[index % lanes.length] ?? 'gp' }));
  await render(<Page entries={entries} streams={streams} />);
  await expect.element(slider()).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  expect(await axeProblems()).toEqual([]);
  const least = width < 640 ? 44 : 24;
  for (const button of document.querySelectorAll('#overview button')) {
    const box = button.getBoundingClientRect();
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(least);
  }
  await press('In words');
  const table = page.getByRole('region', { name: 'Entries by year and care setting' });
  await expect.element(table).toBeVisible();
  // All seven settings stand beside each other on a phone, whose scroll bar takes no room.
  const besideSheet = 33;
  expect(table.element().scrollWidth).toBeLessThanOrEqual(Math.max(width, 390) - besideSheet);
});
