import type { Encounter } from 'fhir/r4';
import { Profiler } from 'react';
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createRecordReader } from '../record/record-reader.ts';
import type { RecordReader } from '../record/record-state.ts';
import '../styles.css';
import { fakeHub } from './testing/fake-session.ts';
import { endpoints, florence, florenceId } from './testing/florence.ts';
import { TimelineScreen } from './timeline-screen.tsx';

const now = Date.now();
const visits = 10_000;
const pageSize = 100;
const readers: RecordReader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

/** A visit every third day, back over eighty years. */
const visit = (number: number): Encounter => ({
  resourceType: 'Encounter',
  id: `visit-${number}`,
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: `Patient/${florenceId}` },
  reasonCode: [{ text: `Dialysis ${number}` }],
  period: { start: new Date(now - (number + 1) * 3 * 86_400_000).toISOString() },
});

test('10,000 entries: every one reachable, few in the page, and far fewer drawings than pages (T12)', async () => {
  await page.viewport(1280, 720);
  const hub = fakeHub({
    patientId: florenceId,
    resources: [florence(), ...Array.from({ length: visits }, (_, number) => visit(number))],
    endpoints: endpoints(now),
    pageSize,
  });
  const reader = createRecordReader(hub.session);
  readers.push(reader);
  let drawings = 0;
  let states = 0;
  reader.subscribe(() => (states += 1));
  await render(
    <Profiler id="screen" onRender={() => (drawings += 1)}>
      <TimelineScreen session={hub.session} reader={reader} />
    </Profiler>,
  );
  const trust = page.getByTestId('completeness');
  await expect.element(trust, { timeout: 20_000 }).toHaveAttribute('data-complete-to', 'all');
  await expect.element(trust).toHaveAttribute('data-shown', String(visits));
  const setSize = () => document.querySelector('[role=feed] article')?.getAttribute('aria-setsize');
  await expect.poll(setSize).toBe(String(visits));
  expect(states).toBeGreaterThan(visits / pageSize);
  expect(drawings).toBeLessThan(visits / pageSize / 2);

  const nodes = () => document.querySelectorAll('*').length;
  expect(nodes()).toBeLessThan(1500);
  window.scrollTo(0, document.documentElement.scrollHeight / 2);
  // The row that takes Tab stays in the page; all others are those near the window.
  const positions = () =>
    [...document.querySelectorAll('[role=feed] article')].map((row) => Number(row.getAttribute('aria-posinset')));
  await expect.poll(() => Math.max(...positions())).toBeGreaterThan(visits / 3);
  expect(nodes()).toBeLessThan(1500);
  window.scrollTo(0, document.documentElement.scrollHeight);
  // The last row is the oldest visit; nothing is cut on the way there.
  await expect
    .poll(() => document.querySelector(`[role=feed] article[aria-posinset="${visits}"]`)?.textContent)
    .toContain(`ialysis ${visits - 1}`);
  expect(nodes()).toBeLessThan(1500);
}, 60_000);
