import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createRecordReader } from '../../record/record-reader.ts';
import type { RecordReader } from '../../record/record-state.ts';
import '../../styles.css';
import { axeProblems } from '../testing/axe.ts';
import { fakeHub, type FakeHubParts } from '../testing/fake-session.ts';
import { endpoints, florenceId, florencesRecord } from '../testing/florence.ts';
import { TimelineScreen } from '../timeline-screen.tsx';
import { Covered, type CoveredProps } from './covered.tsx';

const minute = 60_000;
const start = Date.now();
let reader: RecordReader;
/** The wall clock alone is in the test's hands: time asleep, with timers standing still. */
let passed = 0;

beforeEach(async () => {
  await page.viewport(1280, 800);
  history.replaceState(null, '', '/');
  window.scrollTo(0, 0);
  passed = 0;
  const real = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => real() + passed);
});
afterEach(() => {
  vi.restoreAllMocks();
  reader.close();
});

async function open(parts: Partial<FakeHubParts> = {}) {
  const hub = fakeHub({
    patientId: florenceId,
    resources: florencesRecord(start),
    endpoints: endpoints(start),
    ...parts,
  });
  reader = createRecordReader(hub.session);
  const onEnd = vi.fn<CoveredProps['onEnd']>();
  await render(
    <Covered session={hub.session} reader={reader} onEnd={onEnd}>
      <TimelineScreen session={hub.session} reader={reader} />
    </Covered>,
  );
  await expect.element(page.getByTestId('completeness')).toHaveAttribute('data-complete-to', 'all');
  return { ...hub, onEnd };
}

const cover = () => page.getByTestId('cover');
const asleep = (minutes: number) => {
  passed += minutes * minute;
};
/** Asleep, then the window comes to the front: the clock is looked at then, not two seconds later. */
const wakesAfter = (minutes: number) => {
  asleep(minutes);
  window.dispatchEvent(new Event('focus'));
};
const showAgain = () => page.getByRole('button', { name: 'Show the record again' });
/** Everything that can be read on the page or heard from it. */
const readable = () => document.body.innerText;

test('after ten minutes without use nothing of the record can be seen, heard or focused; whose page it is can', async () => {
  await open();
  await expect.poll(readable).toMatch(/penicillin/i);
  asleep(9.9);
  await new Promise((done) => setTimeout(done, 2500));
  expect(cover().query()).toBeNull();
  asleep(0.1);
  await expect.element(cover()).toBeVisible();
  expect(readable()).toMatch(/Covered.*ADEYEMI, Florence \(Mrs\).*Born 12-Mar-1948.*Opened by Dr A Okafor, from EMIS/s);
  expect(readable()).toMatch(/Read at \d\d:\d\d, 10 minutes ago/);
  expect(readable()).not.toMatch(/penicillin|pneumonia|hip fracture|999.000.0018/i);
  expect(page.getByRole('feed').query()).toBeNull();
  expect(page.getByRole('article').query()).toBeNull();
  expect(document.activeElement?.textContent).toBe('Show the record again');
  await userEvent.keyboard('{Tab}{Tab}{Tab}{Tab}');
  expect(document.activeElement?.closest('[data-cover]') ?? document.body).not.toBe(null);
  expect(document.activeElement?.closest('article, aside, header')).toBeNull();
  expect(await axeProblems()).toEqual([]);
});

test('shown again it is at the same place: scroll, opened entry and focus are as they were', async () => {
  await open();
  await page
    .getByRole('article', { name: /Hospital stay: hip fracture/ })
    .getByRole('heading', { level: 3 })
    .getByRole('button')
    .click();
  await expect.element(page.getByTestId('entry-details')).toBeVisible();
  await expect.element(page.getByText('Haemoglobin')).toBeVisible();
  window.scrollTo(0, 420);
  await expect.poll(() => window.scrollY).toBe(420);
  const before = places();
  const focus = document.activeElement;
  wakesAfter(11);
  await expect.element(cover()).toBeVisible();
  await showAgain().click();
  await expect.element(page.getByTestId('entry-details')).toBeVisible();
  expect(cover().query()).toBeNull();
  expect(window.scrollY).toBe(420);
  await expect.poll(places).toEqual(before);
  expect(document.activeElement).toBe(focus);
  expect(page.getByText('Haemoglobin').query()).not.toBeNull();
});

test('a stray scroll, mouse or key after a long sleep shows nothing and opens nothing; it only covers', async () => {
  await open();
  const row = page.getByRole('article', { name: /Hospital stay: hip fracture/ });
  const button = row.getByRole('heading', { level: 3 }).getByRole('button').element();
  asleep(12);
  // The very first sign after waking, on what is still painted.
  button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true }));
  expect(cover().query()).not.toBeNull();
  for (const stray of [
    new WheelEvent('wheel'),
    new PointerEvent('pointermove'),
    new KeyboardEvent('keydown', { key: 'j' }),
  ]) {
    document.body.dispatchEvent(stray);
  }
  window.dispatchEvent(new Event('scroll'));
  await new Promise((done) => setTimeout(done, 300));
  await expect.element(cover()).toBeVisible();
  await showAgain().click();
  await expect.element(row).toBeVisible();
  expect(page.getByTestId('entry-details').query()).toBeNull();
});

test('a reader who uses the page is not covered, however long', async () => {
  await open();
  for (let tenMinutes = 0; tenMinutes < 4; tenMinutes += 1) {
    asleep(9);
    window.dispatchEvent(new PointerEvent('pointermove'));
  }
  await new Promise((done) => setTimeout(done, 2500));
  expect(cover().query()).toBeNull();
});

test('after thirty minutes the session ends, once; covered or asleep all the time', async () => {
  const { onEnd } = await open();
  asleep(12);
  await expect.element(cover()).toBeVisible();
  expect(onEnd).not.toHaveBeenCalled();
  asleep(18.1);
  await expect.poll(() => onEnd.mock.calls.length, { timeout: 5000 }).toBe(1);
  expect(onEnd.mock.calls[0]?.[0]).toEqual({ reason: 'idle', detail: 'Nobody used the page for 30 minutes.' });
  await new Promise((done) => setTimeout(done, 2500));
  expect(onEnd).toHaveBeenCalledTimes(1);
});

test('somebody else at the workstation ends the sitting that is not theirs', async () => {
  const { onEnd } = await open();
  wakesAfter(12);
  await page.getByRole('button', { name: 'I am not Dr A Okafor: end this session' }).click();
  expect(onEnd.mock.calls[0]?.[0].reason).toBe('session-over');
});

test('the organisation may ask for less than ten minutes', async () => {
  await open({ session: { idleMinutes: 2 } });
  wakesAfter(2.1);
  await expect.element(cover()).toBeVisible();
});

test('from the cover the record can be read again as it is shown', async () => {
  await open();
  wakesAfter(14);
  await page.getByRole('button', { name: 'Show it and read again' }).click();
  await expect.element(page.getByRole('article').first()).toBeVisible();
  await expect.poll(() => reader.state().again?.status).toBe('done');
});

test('on a phone an open sheet is covered too, and is open again afterwards', async () => {
  await page.viewport(390, 664);
  await open();
  await page
    .getByRole('article', { name: /Hospital stay: hip fracture/ })
    .getByRole('heading', { level: 3 })
    .getByRole('button')
    .click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
  wakesAfter(11);
  await expect.element(cover()).toBeVisible();
  expect(page.getByRole('dialog').query()).toBeNull();
  expect(readable()).not.toMatch(/hip fracture/i);
  expect(await axeProblems()).toEqual([]);
  await showAgain().click();
  await expect.element(page.getByRole('dialog')).toBeVisible();
});

/** Which rows stand where, to the pixel. */
function places(): string[] {
  return [...document.querySelectorAll<HTMLElement>('article')].flatMap((article) => {
    const { top, bottom } = article.getBoundingClientRect();
    return bottom < 200 || top > window.innerHeight ? [] : [`${Math.round(top)} ${article.dataset['key'] ?? ''}`];
  });
}
