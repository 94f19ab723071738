import type { FhirResource } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { cleanup, render } from 'vitest-browser-react';
import type { FhirServer } from '../../mocks/handlers.ts';
import { keyTopics } from '../record/key-topics.ts';
import { createRecordReader } from '../record/record-reader.ts';
import type { RecordReader } from '../record/record-state.ts';
import '../styles.css';
import { faultyHub } from './testing/faulty-hub.ts';
import { oneOfEach, wordOf } from './testing/one-of-each.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// The fault matrix goes on beside the timeline: key information, and what is linked to an opened entry.

type Fault = FhirServer['faults'][number];

const now = Date.now();
const patiently = { timeout: 8000, interval: 20 };
const readers: RecordReader[] = [];

beforeEach(async () => {
  await page.viewport(1280, 2200);
  history.replaceState(null, '', '/');
});
afterEach(async () => {
  await cleanup();
  for (const reader of readers.splice(0)) reader.close();
});

async function open(prepare: (server: FhirServer) => void) {
  const hub = faultyHub(oneOfEach(now), 2);
  prepare(hub.server);
  const reader = createRecordReader(hub.session, hub.clock);
  readers.push(reader);
  await render(<TimelineScreen session={hub.session} reader={reader} />);
  return hub.server;
}

const text = () => document.body.textContent ?? '';

function press(name: string): void {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  if (button === undefined) throw new Error(`There is no “${name}”.`);
  button.click();
}

/** The faults of one answer, and what is said of it where it is looked for. */
const faults: readonly [what: string, fault: (on: string) => Fault, words: string][] = [
  ['answers 500', (on) => ({ on, kind: 'status', status: 500 }), 'The record service reported a fault of its own.'],
  ['answers 401, with a renewed token too', (on) => ({ on, kind: 'status', status: 401 }), 'Your session has ended.'],
  ['answers 403', (on) => ({ on, kind: 'status', status: 403 }), 'The record service does not let you read this.'],
  ['cannot be reached', (on) => ({ on, kind: 'no-answer' }), 'The record service did not answer.'],
  ['never answers', (on) => ({ on, kind: 'hanging' }), 'The record service took too long to answer.'],
  ['is cut off in the middle', (on) => ({ on, kind: 'truncated' }), 'The answer was damaged or cut short.'],
  ['sends no list', (on) => ({ on, kind: 'malformed', how: 'not-a-bundle' }), 'The answer was damaged or cut short.'],
  ['sends an entry with nothing in it', (on) => ({ on, kind: 'malformed', how: 'empty-entry' }), 'The answer was damaged or cut short.'],
  ['goes round in a circle', (on) => ({ on, kind: 'next-loop' }), 'The answer was damaged or cut short.'],
  ['sends its reader to another server', (on) => ({ on, kind: 'next-elsewhere', url: 'https://elsewhere.example/fhir/x' }), 'The answer was damaged or cut short.'],
]; // prettier-ignore

type Topic = (typeof keyTopics)[number];

/** Where silence about a type would mislead: the states that stand for it, by test id (misreadings 1 and 2). */
const stated: Partial<Record<Topic, RegExp>> = {
  AllergyIntolerance: /^key-allergies$/,
  Flag: /^key-(?!allergies)/,
};
/** The lists that fold: what stands beside their title always stands. */
const listed: Partial<Record<Topic, string>> = {
  Condition: 'Problems',
  MedicationRequest: 'Current medicines',
  MedicationStatement: 'Current medicines',
  CareTeam: 'Care team',
};

/** What stands for a topic, each once: its states, or the words beside its title; nothing for one told within others. */
function standing(topic: Topic): string[] {
  const ids = stated[topic];
  if (ids !== undefined) {
    const shown = [...document.querySelectorAll<HTMLElement>('[data-testid^=key-][data-state]')];
    return [...new Set(shown.flatMap(({ dataset: { testid = '', state = '' } }) => (ids.test(testid) ? [state] : [])))];
  }
  const title = listed[topic];
  if (title === undefined) return [];
  const heads = [...document.querySelectorAll('summary')].filter(
    (head) => head.querySelector('h3')?.textContent === title,
  );
  return heads.map((head) => head.querySelector('h3 + span')?.textContent ?? '');
}

function expected(topic: Topic, state: string, words: string): string[] {
  if (stated[topic] !== undefined) return [state];
  return listed[topic] === undefined ? [] : [words];
}

const unread = 'Some of the key information could not be read.';
const mixed = 'Some of what came named another person and is not shown.';

describe.each(keyTopics)('key information made of %s', (topic) => {
  test.each(faults)('%s: said, never shown as none, and Try again brings it back', async (_what, fault) => {
    const server = await open(({ faults }) => faults.push(fault(topic)));
    await expect.poll(text, patiently).toContain(unread);
    await expect.poll(() => standing(topic), patiently).toEqual(expected(topic, 'unavailable', 'Unavailable'));
    server.faults.length = 0;
    press('Try again');
    await expect.poll(text, patiently).not.toContain(unread);
    await expect.poll(() => standing(topic), patiently).toEqual(expected(topic, 'not-recorded', 'Not recorded'));
  });

  test('holds somebody else’s: not shown, and never taken for none', async () => {
    const stranger = {
      resourceType: topic,
      id: 'strangersown',
      status: 'active',
      subject: { reference: 'Patient/p2' },
      patient: { reference: 'Patient/p2' },
      code: { text: 'strangersown' },
      title: 'strangersown',
    } as unknown as FhirResource;
    const { requests } = await open(
      ({ extra }) => (extra[topic] = [{ resource: stranger, search: { mode: 'match' } }]),
    );
    await expect.poll(() => requests.some((path) => path.startsWith(`${topic}?`)), patiently).toBe(true);
    await expect.poll(() => standing(topic), patiently).toEqual(expected(topic, 'unavailable', 'Unavailable'));
    // A list that folds says it in one word until it is opened.
    await expect.poll(() => listed[topic] !== undefined || text().includes(mixed), patiently).toBe(true);
    expect(document.documentElement.innerHTML).not.toContain('strangersown');
  });
});

/** The types linked to an encounter, under the title they are told by. */
const linked = [
  ['Condition', 'Problems'],
  ['MedicationRequest', 'Medicines'],
  ['DiagnosticReport', 'Results'],
  ['Observation', 'Results'],
  ['DocumentReference', 'Letters and notes'],
  ['Procedure', 'Procedures'],
  ['Immunization', 'Immunisations'],
] as const;

describe.each(linked)('of an opened entry, %s', (type, title) => {
  async function opened(prepare: (server: FhirServer) => void): Promise<FhirServer> {
    const server = await open(() => undefined);
    const row = () =>
      [...document.querySelectorAll<HTMLElement>('article h3 button')].find(({ textContent }) =>
        textContent.includes(wordOf('Encounter', 0)),
      );
    await expect.poll(row, patiently).toBeDefined();
    prepare(server);
    row()?.click();
    return server;
  }
  const couldNot = `${title} of this entry could not be read.`;

  test.each(faults)(
    '%s: said where it is looked for, with why, and Try again brings it back',
    async (_what, fault, words) => {
      const server = await opened(({ faults }) => faults.push(fault(type)));
      await expect.poll(text, patiently).toContain(`${couldNot} ${words}`);
      server.faults.length = 0;
      press('Try again');
      await expect.poll(text, patiently).not.toContain(couldNot);
      expect(server.requests.filter((path) => path.includes('elsewhere'))).toEqual([]);
    },
  );

  test('holds somebody else’s: all of it is thrown away, and said', async () => {
    const stranger = {
      resourceType: type,
      id: 'strangersown',
      status: 'final',
      subject: { reference: 'Patient/p2' },
      patient: { reference: 'Patient/p2' },
      code: { text: 'strangersown' },
      description: 'strangersown',
    } as unknown as FhirResource;
    await opened(({ extra }) => (extra[type] = [{ resource: stranger, search: { mode: 'match' } }]));
    await expect
      .poll(text, patiently)
      .toContain(`${couldNot} The answer held another person's information, and was thrown away.`);
    expect(document.documentElement.innerHTML).not.toContain('strangersown');
  });
});
