import type {
  Appointment,
  Encounter,
  Endpoint,
  FhirResource,
  Flag,
  Location,
  OperationOutcome,
  Patient,
} from 'fhir/r4';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fhirServer, type FhirServer, type FhirServerOptions } from '../../mocks/handlers.ts';
import { openSession } from '../launch/live-session.ts';
import type { Session } from '../launch/session.ts';
import { testBrowser, testGrant } from '../launch/testing.ts';
import { systemClock, type Clock } from './clock.ts';
import { readAllPages } from './read-all-pages.ts';
import { createRecordReader } from './record-reader.ts';
import { streamIds, type RecordReader, type RecordState } from './record-state.ts';
import { failedSources } from './stream-sources.ts';
import { watermarkOf } from './watermark.ts';

const base = 'https://hub.example/fhir';
const network = setupServer();
let open: RecordReader[] = [];

beforeAll(() => network.listen());
afterEach(() => {
  for (const reader of open) reader.close();
  open = [];
  network.resetHandlers();
});
afterAll(() => network.close());

const person: Patient = { resourceType: 'Patient', id: 'p1', name: [{ family: 'Adeyemi' }] };
const subject = { reference: 'Patient/p1' };

function visit(number: number, change: Partial<Encounter> = {}): Encounter {
  const start = new Date(Date.UTC(2026, 0, 1) - number * 86_400_000).toISOString();
  return {
    resourceType: 'Encounter',
    id: `e${number}`,
    status: 'finished',
    class: { code: 'AMB' },
    subject,
    period: { start },
    ...change,
  };
}

const visits = (count: number): Encounter[] => Array.from({ length: count }, (_, number) => visit(number));

function session(): Session {
  const tab = testBrowser().tab('https://app.example/timeline');
  return openSession(
    tab,
    testGrant(tab.now()),
    () => undefined,
    () => undefined,
  ).session;
}

function hub(resources: FhirResource[], options: Partial<FhirServerOptions> = {}): FhirServer {
  const server = fhirServer({ base, resources: [person, ...resources], ...options });
  network.use(...server.handlers);
  return server;
}

function reading(clock?: Clock): RecordReader {
  const reader = createRecordReader(session(), clock);
  open.push(reader);
  return reader;
}

/** Waits until the record looks like this, however long within reason; then gives it. */
async function until(reader: RecordReader, looks: (state: RecordState) => boolean): Promise<RecordState> {
  if (!looks(reader.state())) {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`never: ${JSON.stringify(summary(reader.state()))}`)), 5000);
      const leave = reader.subscribe(() => {
        if (!looks(reader.state())) return;
        clearTimeout(late);
        leave();
        resolve();
      });
    });
  }
  return reader.state();
}

const summary = (state: RecordState): unknown =>
  Object.values(state.streams).map(({ id, status, pages, failure }) => [id, status, pages, failure?.kind]);
const settled = (state: RecordState): boolean =>
  streamIds.every((id) => state.streams[id].status !== 'loading') &&
  state.patient.status !== 'loading' &&
  state.sourcesRead !== 'loading';
const encounters = (state: RecordState): string[] => state.streams.Encounter.resources.map(({ id }) => id ?? '');

describe('reading the whole record', () => {
  it('brings every page of every stream without anybody scrolling, newest first', async () => {
    const server = hub(visits(23), { pageSize: 5 });
    const state = await until(reading(), settled);
    expect(encounters(state)).toEqual(visits(23).map(({ id }) => id));
    expect(state.streams.Encounter).toMatchObject({ status: 'complete', pages: 5, readBackTo: -Infinity, slow: false });
    expect(streamIds.map((id) => state.streams[id].status)).toEqual(streamIds.map(() => 'complete'));
    expect(watermarkOf(state.streams)).toEqual({ showFrom: -Infinity, completeTo: 'all' });
    expect(state.patient).toEqual({ status: 'read', resource: person, failure: undefined });
    expect(state.readAt).toBeTypeOf('number');
    expect(server.authorizations.every((header) => header === 'Bearer access-0')).toBe(true);
  });

  it('asks for encounters first, each stream sorted and paged, and only of this person', async () => {
    const server = hub([]);
    await until(reading(), settled);
    expect(server.requests[0]).toMatch(/^Encounter\?patient=p1&_sort=-date&_include=/);
    const searches = server.requests.filter((path) => path.includes('?') && !path.startsWith('Endpoint'));
    expect(searches).toHaveLength(streamIds.length);
    for (const path of searches) expect(path).toMatch(/\?patient=p1&.*_sort=-.*_count=100$/);
    expect(server.requests.find((path) => path.startsWith('Observation'))).toContain('performer=Patient%2Fp1');
    expect(server.requests.find((path) => path.startsWith('DocumentReference'))).toContain('missing=true');
  });

  it('asks our own hub, which tells its sources, nothing of what it can do: no request and no code more than before', async () => {
    const own: Endpoint = {
      resourceType: 'Endpoint',
      id: 'emis',
      status: 'active',
      identifier: [{ system: 'https://fhir.interweavedigital.nhs.uk/Source', value: 'emis' }],
      connectionType: { code: 'hl7-fhir-rest' },
      payloadType: [{ text: 'record' }],
      address: 'https://emis.example',
    };
    const server = hub([own, ...visits(3)]);
    const state = await until(reading(), settled);
    expect(state.sources.map(({ id }) => id)).toEqual(['emis']);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    expect(server.requests).not.toContain('metadata');
    expect(server.requests).toHaveLength(streamIds.length + 2);
  });

  it('gives a new state for every change and leaves the old one as it was', async () => {
    hub(visits(7), { pageSize: 5 });
    const reader = reading();
    const seen: RecordState[] = [reader.state()];
    reader.subscribe(() => seen.push(reader.state()));
    await until(reader, settled);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen[0]?.streams.Encounter.resources).toEqual([]);
    const counts = seen.map((state) => state.streams.Encounter.resources.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it('keeps what _include brought apart, by reference', async () => {
    const place: Location = { resourceType: 'Location', id: 'l1', name: 'Cedar ward' };
    const server = hub(visits(1));
    server.extra['Encounter'] = [{ resource: place, search: { mode: 'include' } }];
    const state = await until(reading(), settled);
    expect(state.included.get('Location/l1')).toEqual(place);
    expect(encounters(state)).toEqual(['e0']);
  });

  it('counts a resource sent twice once, in its newest version', async () => {
    const twice = [visit(0, { meta: { versionId: '1' } }), visit(0, { status: 'cancelled', meta: { versionId: '2' } })];
    hub([...twice, visit(1)]);
    const state = await until(reading(), settled);
    expect(state.streams.Encounter.resources.map((one) => (one as Encounter).status)).toEqual([
      'cancelled',
      'finished',
    ]);
  });
});

describe('another person', () => {
  it('is never shown: what names somebody else is dropped, counted and said', async () => {
    const other = visit(1, {
      subject: { reference: `${base}/Patient/p2/_history/3` },
      reasonCode: [{ text: '"Patient/p1"' }],
    });
    const both: Appointment = {
      resourceType: 'Appointment',
      id: 'a1',
      status: 'booked',
      participant: [
        { actor: { reference: 'Patient/p2' }, status: 'accepted' },
        { actor: subject, status: 'accepted' },
      ],
    };
    const server = hub([visit(0), both]);
    server.extra['Encounter'] = [{ resource: other, search: { mode: 'match' } }];
    const state = await until(reading(), settled);
    expect(encounters(state)).toEqual(['e0']);
    expect(state.streams.Appointment.resources).toHaveLength(1);
    expect(state.strangers).toBe(1);
  });

  it('is not shown when a whole stream is answered for somebody else', async () => {
    const server = hub(visits(3));
    server.faults.push({ on: 'Encounter', kind: 'wrong-patient', patient: 'p2' });
    const state = await until(reading(), settled);
    expect(encounters(state)).toEqual([]);
    expect(state.strangers).toBe(3);
  });

  it('is not taken for the person of the banner', async () => {
    const server = hub([]);
    server.faults.push({ on: 'Patient', kind: 'wrong-patient', patient: 'p2' });
    const state = await until(reading(), settled);
    expect(state.patient).toEqual({ status: 'failed', resource: undefined, failure: 'wrong-patient' });
  });
});

describe('what goes wrong is said, and the rest is shown', () => {
  it.each([
    [{ kind: 'status', status: 500 }, 'server'],
    [{ kind: 'status', status: 503 }, 'server'],
    [{ kind: 'status', status: 403 }, 'refused'],
    [{ kind: 'status', status: 400 }, 'unsupported'],
    [{ kind: 'status', status: 404 }, 'not-found'],
    [{ kind: 'no-answer' }, 'unreachable'],
    [{ kind: 'truncated' }, 'malformed'],
    [{ kind: 'malformed', how: 'not-a-bundle' }, 'malformed'],
    [{ kind: 'malformed', how: 'not-a-searchset' }, 'malformed'],
    [{ kind: 'malformed', how: 'empty-entry' }, 'malformed'],
    [{ kind: 'malformed', how: 'no-link-address' }, 'malformed'],
    [{ kind: 'next-elsewhere', url: 'https://evil.example/fhir/Encounter?_page=2' }, 'malformed'],
  ] as const)('when older visits end in %j', async (fault, kind) => {
    const server = hub(
      [
        ...visits(12),
        {
          resourceType: 'Appointment',
          id: 'a',
          status: 'booked',
          participant: [{ actor: subject, status: 'accepted' }],
        },
      ],
      { pageSize: 5 },
    );
    server.faults.push({ on: 'Encounter', page: 2, ...fault });
    const reader = reading();
    const state = await until(reader, settled);
    const { Encounter } = state.streams;
    expect(Encounter.status).toBe('failed');
    expect(Encounter.failure).toMatchObject({ kind, at: expect.any(Number), message: expect.stringMatching(/\w/) });
    expect(state.streams.Appointment).toMatchObject({ status: 'complete', pages: 1 });
    const kept = fault.kind === 'next-elsewhere' ? 10 : 5;
    expect(Encounter.resources).toHaveLength(kept);
    expect(watermarkOf(state.streams).showFrom).toBe(-Infinity);
    expect(watermarkOf(state.streams).completeTo).toMatch(/^2025-12-/);
    expect(failedSources(state.streams, state.sources)).toEqual(['emis', 'system-c', 'adastra', 'carecast']);

    server.faults.length = 0;
    reader.retry('Encounter');
    expect(reader.state().streams.Encounter).toMatchObject({ status: 'loading', failure: undefined });
    // The link that leads elsewhere is tried once more; after that the search starts again from its first page.
    if (fault.kind === 'next-elsewhere') {
      await until(reader, settled);
      reader.retry('Encounter');
    }
    const mended = await until(reader, settled);
    expect(encounters(mended)).toEqual(visits(12).map(({ id }) => id));
    expect(mended.streams.Encounter.status).toBe('complete');
  });

  it.each([['duplicate-page'], ['next-loop']] as const)('when pages go round: %s', async (kind) => {
    const server = hub(visits(12), { pageSize: 5 });
    server.faults.push({ on: 'Encounter', page: 2, kind });
    const reader = reading();
    const state = await until(reader, settled);
    expect(state.streams.Encounter).toMatchObject({ status: 'failed', failure: { kind: 'malformed' } });
    expect(encounters(state)).toEqual(visits(kind === 'next-loop' ? 10 : 5).map(({ id }) => id));

    server.faults.length = 0;
    reader.retry('Encounter');
    expect(encounters(await until(reader, settled))).toEqual(visits(12).map(({ id }) => id));
  });

  it('gives up on a hub that sends empty pages without end', async () => {
    const server = hub([]);
    server.endless = 'Encounter';
    const state = await until(reading(), settled);
    expect(state.streams.Encounter).toMatchObject({ status: 'failed', failure: { kind: 'malformed' }, pages: 50 });
  });

  it('says after ten seconds that a page is slow, and goes on waiting', async () => {
    const server = hub(visits(2));
    server.faults.push({ on: 'Encounter', kind: 'hanging' });
    const waits: { ms: number; work: () => void }[] = [];
    const clock: Clock = { ...systemClock, after: (ms, work) => (waits.push({ ms, work }), () => undefined) };
    const reader = reading(clock);
    await until(reader, (state) => state.streams.Observation.status === 'complete');
    expect(reader.state().streams.Encounter).toMatchObject({ status: 'loading', slow: false });
    expect(waits[0]?.ms).toBe(10_000);
    waits[0]?.work();
    expect(reader.state().streams.Encounter).toMatchObject({ status: 'loading', slow: true });
    expect(watermarkOf(reader.state().streams)).toEqual({ showFrom: Infinity, completeTo: 'none' });
  });

  it('reads the person again when that failed, and with the person everything that failed too', async () => {
    const server = hub(visits(2));
    for (const on of ['Patient', 'Encounter', 'Endpoint']) server.faults.push({ on, kind: 'no-answer' });
    const reader = reading();
    const failed = await until(reader, settled);
    expect([failed.patient.failure, failed.streams.Encounter.status]).toEqual(['unreachable', 'failed']);
    server.faults.length = 0;
    reader.retry('patient');
    const state = await until(reader, settled);
    expect(state.patient.resource).toEqual(person);
    expect(encounters(state)).toEqual(['e0', 'e1']);
    expect(state.sourcesRead).toBe('read');
  });
});

describe('stopping', () => {
  it('stops older pages, keeps the newest, and goes on from there', async () => {
    const server = hub(visits(12), { pageSize: 5 });
    server.faults.push({ on: 'Encounter', page: 2, kind: 'hanging' });
    const reader = reading();
    await until(reader, (state) => streamIds.every((id) => state.streams[id].pages === 1));
    reader.stop();
    expect(reader.state().streams.Encounter).toMatchObject({ status: 'stopped', pages: 1 });
    expect(watermarkOf(reader.state().streams).completeTo).toBe('2025-12-29');
    server.faults.length = 0;
    reader.resume();
    const state = await until(reader, settled);
    expect(encounters(state)).toEqual(visits(12).map(({ id }) => id));
    expect(state.streams.Encounter).toMatchObject({ status: 'complete', pages: 3 });
  });

  it('waits for the first page when stopped before it came', async () => {
    hub(visits(12), { pageSize: 5 });
    const reader = reading();
    reader.stop();
    const state = await until(reader, settled);
    expect(state.streams.Encounter).toMatchObject({ status: 'stopped', pages: 1 });
    expect(state.streams.Appointment.status).toBe('complete');
  });

  it('changes nothing any more once closed', async () => {
    hub(visits(12), { pageSize: 5 });
    const reader = reading();
    await until(reader, (state) => state.streams.Encounter.pages === 1);
    reader.close();
    const last = reader.state();
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(reader.state()).toBe(last);
  });
});

describe('sources and gaps as the hub tells them', () => {
  const url = (name: string): string => `https://care-timeline.example/fhir/StructureDefinition/${name}`;
  const source = (id: string, status: string): Endpoint => ({
    resourceType: 'Endpoint',
    id: `endpoint-${id}`,
    identifier: [{ system: 'https://fhir.interweavedigital.nhs.uk/Source', value: id }],
    status: status === 'failed' ? 'error' : 'active',
    name: `Records of ${id}`,
    connectionType: { code: 'hl7-fhir-rest' },
    payloadType: [],
    address: 'https://source.example',
    extension: [
      { url: url('status'), valueCode: status },
      { url: url('as-at'), valueDateTime: '2026-11-21T23:10:00Z' },
      { url: url('starts-from'), valueDate: '2019-02-03' },
    ],
  });
  const outcome: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'warning',
        code: 'transient',
        details: { text: 'Adastra could not be read.' },
        extension: [
          { url: url('source'), valueCode: 'adastra' },
          { url: url('status'), valueCode: 'failed' },
        ],
      },
      { severity: 'information', code: 'suppressed', details: { text: 'Some information is not shown to you.' } },
      { severity: 'warning', code: 'informational', details: { text: 'Being moved to another site.' } },
    ],
  };

  it('joins what each Endpoint and each answer says of a source', async () => {
    hub([source('emis', 'ok'), source('adastra', 'failed')], { outcome });
    const state = await until(reading(), settled);
    expect(state.sourcesRead).toBe('read');
    expect(state.sources).toEqual([
      {
        id: 'emis',
        name: 'Records of emis',
        status: 'ok',
        asAt: '2026-11-21T23:10:00Z',
        startsFrom: '2019-02-03',
        message: undefined,
      },
      {
        id: 'adastra',
        name: 'Records of adastra',
        status: 'failed',
        asAt: '2026-11-21T23:10:00Z',
        startsFrom: '2019-02-03',
        message: 'Adastra could not be read.',
      },
    ]);
    expect(failedSources(state.streams, state.sources)).toEqual(['adastra']);
    expect(state.withheld).toBe('some');
    expect(state.notices.map(({ details }) => details?.text)).toEqual(['Being moved to another site.']);
  });

  it('says nothing is withheld only because no answer said so', async () => {
    hub([]);
    expect((await until(reading(), settled)).withheld).toBe('none');
  });

  it('does not take an unreadable list of sources for an empty one, and reads it again on request', async () => {
    const server = hub([source('emis', 'ok')]);
    server.faults.push({ on: 'Endpoint', kind: 'status', status: 500 });
    const reader = reading();
    expect((await until(reader, settled)).sourcesRead).toBe('failed');
    server.faults.length = 0;
    reader.retry('sources');
    const state = await until(reader, settled);
    expect([state.sourcesRead, state.sources.length]).toEqual(['read', 1]);
  });

  it('forgets the words about a state that a source has left', async () => {
    const server = hub([source('adastra', 'failed')], { outcome });
    const reader = reading();
    expect((await until(reader, settled)).sources[0]?.message).toBe('Adastra could not be read.');
    server.resources = [person, source('adastra', 'ok')];
    server.outcome = undefined;
    reader.retry('sources');
    expect((await until(reader, settled)).sources[0]).toMatchObject({ status: 'ok', message: undefined });
  });
});

describe('reading one list whole', () => {
  const flag = (number: number): Flag => ({
    resourceType: 'Flag',
    id: `f${number}`,
    status: 'active',
    code: { text: 'Alert' },
    subject,
  });

  it('brings every page or none', async () => {
    const server = hub([flag(1), flag(2), flag(3)], { pageSize: 2 });
    const whole = await readAllPages(session(), 'Flag?patient=p1', 'Flag');
    expect(whole.resources.map(({ id }) => id)).toEqual(['f1', 'f2', 'f3']);
    server.faults.push({ on: 'Flag', page: 2, kind: 'truncated' });
    await expect(readAllPages(session(), 'Flag?patient=p1', 'Flag')).rejects.toMatchObject({ kind: 'malformed' });
    server.faults[0] = { on: 'Flag', page: 2, kind: 'next-loop' };
    await expect(readAllPages(session(), 'Flag?patient=p1', 'Flag')).rejects.toMatchObject({ kind: 'malformed' });
    server.faults[0] = { on: 'Flag', page: 2, kind: 'duplicate-page' };
    await expect(readAllPages(session(), 'Flag?patient=p1', 'Flag')).rejects.toMatchObject({ kind: 'malformed' });
  });
});
