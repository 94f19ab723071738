import type { Appointment, Encounter, FhirResource, Patient } from 'fhir/r4';
import { setupServer } from 'msw/node';
import { http, HttpResponse } from 'msw';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fhirServer } from '../../mocks/handlers.ts';
import { openSession } from '../launch/live-session.ts';
import type { Session } from '../launch/session.ts';
import { testBrowser, testGrant } from '../launch/testing.ts';
import { createRecordReader } from './record-reader.ts';
import type { RecordReader, RecordState } from './record-state.ts';

const base = 'https://hub.example/fhir';
const network = setupServer();
let reader: RecordReader;
let session: Session;

beforeAll(() => network.listen());
afterAll(() => network.close());
afterEach(() => {
  reader.close();
  network.resetHandlers();
});

const subject = { reference: 'Patient/p1' };
const person: Patient = { resourceType: 'Patient', id: 'p1', name: [{ family: 'Adeyemi' }] };
const visit = (id: string, change: Partial<Encounter> = {}): Encounter => ({
  resourceType: 'Encounter',
  id,
  meta: { versionId: '1', lastUpdated: '2026-11-20T10:00:00.000Z' },
  status: 'finished',
  class: { code: 'AMB' },
  subject,
  period: { start: '2026-10-01T10:00:00Z' },
  ...change,
});
const later = { versionId: '2', lastUpdated: '2026-11-22T09:00:00.000Z' };
const clinic: Appointment = {
  resourceType: 'Appointment',
  id: 'clinic',
  status: 'booked',
  participant: [{ actor: subject, status: 'accepted' }],
  start: '2026-12-01T10:00:00Z',
};

/** From now on the hub holds this. */
function holds(resources: FhirResource[], ...over: Parameters<typeof network.use>): void {
  network.resetHandlers();
  network.use(...over, ...fhirServer({ base, resources: [person, ...resources] }).handlers);
}

async function until(looks: (state: RecordState) => boolean): Promise<RecordState> {
  await expect.poll(() => looks(reader.state()), { timeout: 5000 }).toBe(true);
  return reader.state();
}

const isWhole = ({ patient, sourcesRead, streams }: RecordState) =>
  patient.status === 'read' &&
  sourcesRead !== 'loading' &&
  Object.values(streams).every(({ status }) => status !== 'loading');
const visits = ({ streams }: RecordState) => streams.Encounter.resources.map(({ id }) => id);

beforeEach(async () => {
  holds([visit('a'), visit('b'), clinic]);
  const tab = testBrowser().tab('https://app.example/timeline');
  ({ session } = openSession(
    tab,
    testGrant(tab.now()),
    () => undefined,
    () => undefined,
  ));
  reader = createRecordReader(session);
  await until(isWhole);
});

describe('reading again', () => {
  it('shows what was read before, whole, until all of it has been read again; then the new in one step', async () => {
    holds([visit('a'), visit('b', { meta: later }), visit('c', { meta: later }), clinic]);
    const seen = new Set<string>();
    reader.subscribe(() => {
      const state = reader.state();
      seen.add(`${visits(state).join('')} ${isWhole(state) ? 'whole' : 'half'}`);
    });
    const before = reader.state();
    reader.readAgain();
    expect(reader.state().again?.status).toBe('reading');
    expect(reader.state().streams).toBe(before.streams);
    const { again } = await until((state) => state.again?.status === 'done');
    expect([...seen]).toEqual(['ab whole', 'abc whole']);
    const since = before.readAt;
    expect(again?.changes).toEqual(
      new Map([
        ['Encounter/b', { how: 'changed', since }],
        ['Encounter/c', { how: 'new', since }],
      ]),
    );
    expect(again?.readings).toBe(1);
  });

  it('keeps what earlier readings of the sitting brought as new: nothing is taken for seen', async () => {
    holds([visit('a'), visit('b'), visit('c'), clinic]);
    reader.readAgain();
    await until((state) => state.again?.readings === 1);
    holds([visit('a', { meta: later }), visit('b'), visit('c'), clinic]);
    reader.readAgain();
    const { again } = await until((state) => state.again?.readings === 2);
    expect([...(again?.changes ?? [])].map(([reference, { how }]) => `${reference} ${how}`)).toEqual([
      'Encounter/c new',
      'Encounter/a changed',
    ]);
  });

  it('tells of what its source withdrew, as it stood; of what is simply not there any more it tells nothing', async () => {
    holds([visit('a', { status: 'entered-in-error', meta: later }), clinic]);
    reader.readAgain();
    const { again } = await until((state) => state.again?.status === 'done');
    expect(again?.withdrawn).toEqual([visit('a')]);
    expect(JSON.stringify([again, reader.state().streams])).not.toContain('"b"');
    // Withheld since: then nothing is left to tell of either.
    holds([clinic]);
    reader.readAgain();
    const next = await until((state) => state.again?.readings === 2);
    expect(next.again?.withdrawn).toEqual([]);
  });

  it('says when a number or a source that the person was known by is theirs no more, and goes on saying it', async () => {
    const known = (...values: string[]): Patient => ({
      ...person,
      identifier: values.map((value) => ({ system: 'https://hospital.example/mrn', value })),
    });
    const answers = (patient: Patient) => http.get(`${base}/Patient/p1`, () => HttpResponse.json(patient));
    const next = async (patient: Patient, readings: number) => {
      holds([visit('a')], answers(patient));
      reader.readAgain();
      return (await until(({ again }) => again?.readings === readings)).again?.takenBackAt;
    };
    expect(await next(known('M1'), 1), 'one more is nothing taken back').toBeUndefined();
    expect(await next(known('M2', 'M1'), 2)).toBeUndefined();
    const takenBackAt = await next(known('M1'), 3);
    expect(takenBackAt).toEqual(expect.any(Number));
    expect(await next(known('M1'), 4)).toBe(takenBackAt);
    const told = (...codes: string[]): Patient => ({
      ...known('M1'),
      meta: { tag: codes.map((code) => ({ system: 'https://hub.example/source', code })) },
    });
    expect(await next(told('emis', 'system-c'), 5)).toBe(takenBackAt);
    expect(await next(told('emis'), 6), 'a source takes its record out').not.toBe(takenBackAt);
    // Sent as no list: a page of another hub reads on.
    expect(await next({ ...person, identifier: {} } as unknown as Patient, 7)).not.toBe(takenBackAt);
  });

  it('that breaks off leaves what was read before, whole, and says that it failed', async () => {
    holds(
      [visit('c')],
      http.get(`${base}/Appointment`, () => HttpResponse.error()),
    );
    reader.readAgain();
    const state = await until(({ again }) => again?.status === 'failed');
    expect(visits(state)).toEqual(['a', 'b']);
    expect(state.streams.Appointment.status).toBe('complete');
    expect(state.again).toMatchObject({ readings: 0, at: expect.any(Number) as number });
    // Trying once more works.
    holds([visit('c'), clinic]);
    reader.readAgain();
    expect(visits(await until(({ again }) => again?.status === 'done'))).toEqual(['c']);
  });

  it('of a list that had broken off keeps it, where it breaks off even sooner', async () => {
    const failing = http.get(`${base}/Encounter`, () => HttpResponse.error());
    const brokenOff = http.get(`${base}/Encounter`, ({ request }) => {
      if (new URL(request.url).searchParams.has('more')) return HttpResponse.error();
      const link = [{ relation: 'next', url: `${base}/Encounter?more=1` }];
      const entry = [{ resource: visit('a') }, { resource: visit('b') }];
      return HttpResponse.json({ resourceType: 'Bundle', type: 'searchset', link, entry });
    });
    holds([clinic], brokenOff);
    reader.readAgain();
    expect((await until(({ again }) => again?.status === 'failed')).streams.Encounter.status).toBe('complete');
    // The same from the start: the first reading of a sitting broke off after its first page.
    reader.close();
    reader = createRecordReader(session);
    const before = await until(isWhole);
    expect([before.streams.Encounter.status, visits(before)]).toEqual(['failed', ['a', 'b']]);
    holds([clinic], failing);
    reader.readAgain();
    expect(visits(await until(({ again }) => again?.status === 'failed'))).toEqual(['a', 'b']);
    // As far as before is no less.
    holds([clinic], brokenOff);
    reader.readAgain();
    expect((await until(({ again }) => again?.status === 'done')).streams.Encounter.status).toBe('failed');
  });

  it('that loses the person on the way keeps the page; a person the hub no longer gives out is shown no longer', async () => {
    holds(
      [],
      http.get(`${base}/Patient/p1`, () => HttpResponse.error()),
    );
    reader.readAgain();
    const kept = await until(({ again }) => again?.status === 'failed');
    expect([kept.patient.status, visits(kept)]).toEqual(['read', ['a', 'b']]);
    holds(
      [],
      http.get(`${base}/Patient/p1`, () => HttpResponse.json({}, { status: 403 })),
    );
    reader.readAgain();
    const gone = await until(({ again }) => again?.status === 'done');
    expect([gone.patient.status, gone.patient.failure, visits(gone)]).toEqual(['failed', 'refused', []]);
  });

  it('with rights taken away shows no longer what may not be seen, and says so', async () => {
    holds(
      [visit('a')],
      http.get(`${base}/Appointment`, () => HttpResponse.json({}, { status: 403 })),
    );
    reader.readAgain();
    const state = await until(({ again }) => again?.status === 'done');
    expect(state.streams.Appointment).toMatchObject({ status: 'failed', resources: [] });
  });

  it('does nothing while a reading goes on, and nothing after the session was closed', async () => {
    let asked = 0;
    holds(
      [visit('a')],
      http.get(`${base}/Patient/p1`, () => void (asked += 1)),
    );
    reader.readAgain();
    reader.readAgain();
    await until((state) => state.again?.status === 'done');
    expect(asked).toBe(1);
    reader.close();
    reader.readAgain();
    expect(asked).toBe(1);
  });
});
