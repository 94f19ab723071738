import type { FhirResource } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { FhirServer } from '../../mocks/handlers.ts';
import { createRecordReader } from '../record/record-reader.ts';
import { type RecordReader, type StreamId, streamIds } from '../record/record-state.ts';
import { streamSources } from '../record/stream-sources.ts';
import '../styles.css';
import { streamNames } from './stream-names.ts';
import { faultyHub } from './testing/faulty-hub.ts';
import { eventOf, eventsEach, familyName, oneOfEach, wordOf } from './testing/one-of-each.ts';
import { TimelineScreen } from './timeline-screen.tsx';

type Fault = FhirServer['faults'][number];
type FaultOf = (on: string) => Fault;

const now = Date.now();
/** Looked for often, and for long enough on a busy machine. */
const patiently = { timeout: 8000, interval: 20 };
const all = streamIds.length * eventsEach;
const readers: RecordReader[] = [];

beforeEach(async () => {
  // High enough that every row is in the page.
  await page.viewport(1280, 2200);
  history.replaceState(null, '', '/');
});
afterEach(async () => {
  await cleanup();
  for (const reader of readers.splice(0)) reader.close();
});

async function open(prepare: (server: FhirServer) => void, resources: FhirResource[] = oneOfEach(now)) {
  const hub = faultyHub(resources, 2);
  prepare(hub.server);
  const reader = createRecordReader(hub.session, hub.clock);
  readers.push(reader);
  await render(<TimelineScreen session={hub.session} reader={reader} />);
  return { server: hub.server, reader };
}

const trust = () => document.querySelector<HTMLElement>('[data-testid=completeness]');
const text = () => document.body.textContent ?? '';
const rows = () => [...document.querySelectorAll('article h3')].map((title) => title.textContent.toLowerCase());

/** How many of a stream's three events stand in a row. */
function shownOf(stream: StreamId): number {
  return [0, 1, 2].filter((event) => rows().some((title) => title.includes(wordOf(stream, event)))).length;
}

interface Said {
  failed: string;
  completeTo: 'none' | 'a day' | 'all';
  /** Rows of the stream, and of all others together. */
  own: number;
  others: number;
  strangers: string;
}

function said(stream: StreamId): Said {
  const { failed = '?', completeTo = '?', strangers = '?' } = trust()?.dataset ?? {};
  const others = streamIds.filter((id) => id !== stream).reduce((sum, id) => sum + shownOf(id), 0);
  const back = completeTo === 'none' || completeTo === 'all' ? completeTo : 'a day';
  return { failed, completeTo: back, own: shownOf(stream), others, strangers };
}

const whole = { failed: '', completeTo: 'all', own: eventsEach, others: all - eventsEach, strangers: '0' } as const;

/** Pressed by script: that it can be pressed by hand is shown elsewhere, and here it is pressed two hundred times. */
function tryAgain(): void {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Try again');
  if (button === undefined) throw new Error('There is no “Try again”.');
  button.click();
}

/**
 * What the page shows when one stream goes wrong: how far back the whole is complete, how many of the stream's three events
 * stand, and the words. The other streams stand in full in every case.
 */
const streamFaults: readonly [what: string, fault: FaultOf, shows: { completeTo: Said['completeTo']; own: number }][] = [
  ['answers 500', (on) => ({ on, kind: 'status', status: 500 }), { completeTo: 'none', own: 0 }],
  ['answers 503 on its second page', (on) => ({ on, page: 2, kind: 'status', status: 503 }), { completeTo: 'a day', own: 2 }],
  ['answers 401, with a renewed token too', (on) => ({ on, kind: 'status', status: 401 }), { completeTo: 'none', own: 0 }],
  ['answers 403', (on) => ({ on, kind: 'status', status: 403 }), { completeTo: 'none', own: 0 }],
  ['does not know the search', (on) => ({ on, kind: 'status', status: 400 }), { completeTo: 'none', own: 0 }],
  ['cannot be reached', (on) => ({ on, kind: 'no-answer' }), { completeTo: 'none', own: 0 }],
  ['never answers', (on) => ({ on, kind: 'hanging' }), { completeTo: 'none', own: 0 }],
  ['never answers for its second page', (on) => ({ on, page: 2, kind: 'hanging' }), { completeTo: 'a day', own: 2 }],
  ['is cut off in the middle', (on) => ({ on, kind: 'truncated' }), { completeTo: 'none', own: 0 }],
  ['sends no list', (on) => ({ on, kind: 'malformed', how: 'not-a-bundle' }), { completeTo: 'none', own: 0 }],
  ['sends another kind of list', (on) => ({ on, kind: 'malformed', how: 'not-a-searchset' }), { completeTo: 'none', own: 0 }],
  ['sends an entry with nothing in it', (on) => ({ on, kind: 'malformed', how: 'empty-entry' }), { completeTo: 'none', own: 0 }],
  ['sends a next link without address', (on) => ({ on, kind: 'malformed', how: 'no-link-address' }), { completeTo: 'none', own: 0 }],
  ['sends its first page twice', (on) => ({ on, page: 2, kind: 'duplicate-page' }), { completeTo: 'a day', own: 2 }],
  ['goes round in a circle', (on) => ({ on, page: 2, kind: 'next-loop' }), { completeTo: 'a day', own: 3 }],
  ['sends its reader to another server', (on) => ({ on, kind: 'next-elsewhere', url: 'https://elsewhere.example/fhir/x' }), { completeTo: 'a day', own: 2 }],
]; // prettier-ignore

describe.each(streamIds)('while every other stream is well, %s', (stream) => {
  const missing = streamSources[stream].join(' ');
  const words = new RegExp(
    `${streamNames[stream]} .*could not be read at \\d\\d:\\d\\d.*Entries may be missing\\.`,
    's',
  );

  test.each(streamFaults)(
    '%s: said in words, nothing else lost, and Try again brings it back',
    async (_what, fault, shows) => {
      const { server } = await open(({ faults }) => faults.push(fault(stream)));
      const broken = { ...whole, ...shows, failed: missing };
      await expect.poll(() => said(stream), patiently).toEqual(broken);
      expect(text()).toMatch(words);
      expect(text()).toContain('Not all could be read.');
      expect(text()).not.toMatch(/All \d+ entries|sent no entries/);
      server.faults.length = 0;
      tryAgain();
      await expect.poll(() => said(stream), patiently).toEqual(whole);
      expect(text()).not.toMatch(words);
      expect(server.requests.filter((path) => path.includes('elsewhere'))).toEqual([]);
    },
  );

  test('goes on for ever without bringing anything: given up, and said', async () => {
    await open((server) => {
      server.resources = server.resources.filter(({ resourceType }) => resourceType !== stream);
      server.endless = stream;
    });
    await expect.poll(() => said(stream), patiently).toEqual({ ...whole, failed: missing, completeTo: 'none', own: 0 });
    expect(text()).toMatch(words);
  });

  test('is slow: said while it is waited for, and no more once it has come', async () => {
    await open(({ faults }) => faults.push({ on: stream, kind: 'slow', ms: 700 }));
    const slow = `${streamNames[stream]} have not been read yet: no answer so far. Entries may be missing.`;
    await expect.poll(text, patiently).toContain(slow);
    await expect.poll(() => said(stream), patiently).toEqual(whole);
    await expect.poll(text).not.toContain(slow);
  });

  test('holds somebody else’s list: none of it is shown, it is counted and said, and what is missing is not called complete', async () => {
    const { server } = await open(({ faults }) => faults.push({ on: stream, kind: 'wrong-patient', patient: 'p2' }));
    const shows = { failed: missing, completeTo: 'none', own: 0, strangers: '2' } as const;
    await expect.poll(() => said(stream), patiently).toEqual({ ...whole, ...shows });
    for (const event of [0, 1, 2]) expect(document.documentElement.innerHTML).not.toContain(wordOf(stream, event));
    expect(text()).toMatch(words);
    expect(text()).toContain(`2 items sent among ${lowered(stream)} named another person and are not shown.`);
    server.faults.length = 0;
    tryAgain();
    await expect.poll(() => said(stream), patiently).toEqual({ ...whole, strangers: '2' });
  });

  test('holds one item of somebody else’s among its own: it alone is left out, counted and said', async () => {
    await open((server) => {
      const stranger = { ...eventOf(stream, 0, now, 'Patient/p2'), id: 'strangersown' } as FhirResource;
      const marked = JSON.parse(JSON.stringify(stranger).replaceAll(wordOf(stream, 0), 'strangersown')) as FhirResource;
      server.extra[stream] = [{ resource: marked, search: { mode: 'match' } }];
    });
    await expect.poll(() => said(stream), patiently).toEqual({ ...whole, strangers: '1' });
    expect(document.documentElement.innerHTML).not.toContain('strangersown');
    expect(text()).toContain(
      `1 item sent among ${lowered(stream)} named another person and is not shown. Entries may be missing.`,
    );
    expect(text()).not.toMatch(/All \d+ entries/);
  });

  test.each([-26, 26])(
    'comes from a clock %i hours away, last updated then: nothing is lost or moved',
    async (hours) => {
      await open(({ faults }) => faults.push({ on: stream, kind: 'clock', hours }));
      await expect.poll(() => said(stream), patiently).toEqual(whole);
      expect(text()).toMatch(/All \d+ entries/);
    },
  );
});

function lowered(stream: StreamId): string {
  return streamNames[stream].charAt(0).toLowerCase() + streamNames[stream].slice(1);
}

/** What stands in the banner's place when the person cannot be read. */
const personFaults: readonly [what: string, fault: FaultOf, words: string][] = [
  ['answers 500', (on) => ({ on, kind: 'status', status: 500 }), 'The record service reported a fault of its own.'],
  ['answers 401, with a renewed token too', (on) => ({ on, kind: 'status', status: 401 }), 'Your session has ended.'],
  ['answers 403', (on) => ({ on, kind: 'status', status: 403 }), 'The record service does not let you read this.'],
  ['is not known', (on) => ({ on, kind: 'status', status: 404 }), 'The record service does not have it.'],
  ['cannot be reached', (on) => ({ on, kind: 'no-answer' }), 'The record service did not answer.'],
  ['never answers', (on) => ({ on, kind: 'hanging' }), 'The record service took too long to answer.'],
  ['is cut off in the middle', (on) => ({ on, kind: 'truncated' }), 'The answer was damaged or cut short.'],
  ['is something else', (on) => ({ on, kind: 'malformed', how: 'not-a-bundle' }), 'The answer was damaged or cut short.'],
  ['is another person', (on) => ({ on, kind: 'wrong-patient', patient: 'p2' }), "The answer held another person's information, and was thrown away."],
]; // prettier-ignore

describe('when the person', () => {
  test.each(personFaults)(
    '%s: nothing of the record stands on the page until it is known whose it is',
    async (_what, fault, words) => {
      const { server, reader } = await open(({ faults }) => faults.push(fault('Patient')));
      await expect.poll(text, patiently).toContain(words);
      await expect
        .poll(() => streamIds.every((id) => reader.state().streams[id].status === 'complete'), patiently)
        .toBe(true);
      expect(document.querySelector('article, [role=feed], [data-testid=completeness]')).toBeNull();
      expect(text()).not.toContain(familyName);
      for (const stream of streamIds) expect(document.documentElement.innerHTML).not.toContain(wordOf(stream, 0));
      server.faults.length = 0;
      tryAgain();
      await expect.poll(() => said('Encounter'), patiently).toEqual(whole);
    },
  );
});

const unknown = 'Which sources are connected could not be read. Entries may be missing.';

describe('when the list of sources', () => {
  test.each(personFaults.filter(([what]) => what !== 'is another person'))(
    '%s: nobody is told that all sources were read',
    async (_what, fault) => {
      const { server } = await open(({ faults }) => faults.push(fault('Endpoint')));
      await expect.poll(text, patiently).toContain(unknown);
      await expect.poll(() => said('Encounter'), patiently).toEqual(whole);
      expect(text()).toContain('Which sources are connected is not known.');
      server.faults.length = 0;
      tryAgain();
      await expect.poll(text, patiently).not.toContain(unknown);
    },
  );
});
