import type { Bundle, Encounter, FhirResource, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { ReadFailure, type Reading } from '../launch/session.ts';
import type { Clock } from './clock.ts';
import { streamIds, type RecordReader, type RecordState, type StreamState } from './record-state.ts';
import { watchForNews } from './watch-for-news.ts';

const visit = (id: string, versionId: string, lastUpdated: string): Encounter => ({
  resourceType: 'Encounter',
  id,
  meta: { versionId, lastUpdated },
  status: 'in-progress',
  class: { code: 'IMP' },
});
const person = (versionId: string): Patient => ({ resourceType: 'Patient', id: 'p1', meta: { versionId } });
const shown = visit('a', '1', '2026-11-02T10:00:00.000Z');

/** A page on which one visit stands, and a hub that answers as told; `pass` lets ten seconds pass. */
function page(
  answers: (Reading | ReadFailure)[],
  about: { status?: StreamState['status']; inSight?: boolean; sources?: RecordState['sources'] } = {},
) {
  const { status = 'complete', inSight = true, sources = [] } = about;
  const asked: string[] = [];
  let readAgain = 0;
  let waiting: (() => void) | undefined;
  let now = 0;
  const clock: Clock = {
    now: () => now,
    after(_ms, work) {
      waiting = work;
      return () => {
        waiting = undefined;
      };
    },
  };
  const streams = Object.fromEntries(
    streamIds.map((id) => [id, { id, status, resources: id === 'Encounter' ? [shown] : [] }]),
  );
  const state = { patient: { status: 'read', resource: person('1') }, streams, sources } as unknown as RecordState;
  const reader = { state: () => state, readAgain: () => (readAgain += 1) } as unknown as RecordReader;
  const session = {
    patientId: 'p1',
    read(path: string) {
      asked.push(path);
      const answer = answers.shift() ?? bundle();
      return answer instanceof ReadFailure ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const stop = watchForNews(session, reader, { clock, isInSight: () => inSight });
  return {
    asked,
    stop,
    readAgain: () => readAgain,
    /** How reading again ended. */
    ended(how: 'done' | 'failed') {
      state.again = { status: how } as NonNullable<RecordState['again']>;
    },
    async pass(ms = 10_000) {
      now += ms;
      const work = waiting;
      waiting = undefined;
      work?.();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

function bundle(...resources: FhirResource[]): Reading {
  const body: Bundle<FhirResource> = {
    resourceType: 'Bundle',
    type: 'searchset',
    entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
  };
  return { body, serverTime: Date.parse('2026-11-02T12:00:00Z') };
}

/** An answer without news that says of one source that it is late. */
function late(): Reading {
  const url = 'https://care-timeline.example/fhir/StructureDefinition/';
  const extension = [
    { url: `${url}source`, valueCode: 'system-c' },
    { url: `${url}status`, valueCode: 'late' },
  ];
  const body: Bundle<FhirResource> = {
    resourceType: 'Bundle',
    type: 'searchset',
    entry: [
      {
        resource: { resourceType: 'OperationOutcome', issue: [{ extension, severity: 'warning', code: 'incomplete' }] },
        search: { mode: 'outcome' },
      },
    ],
  };
  return { body, serverTime: Date.parse('2026-11-02T12:00:00Z') };
}

describe('a page that is left open', () => {
  it('asks for what came since what it shows, then since it last asked, and reads again only when there is something', async () => {
    const { asked, pass, readAgain } = page([bundle(), bundle(shown), bundle(visit('b', '1', '2026-11-02T12:00:05Z'))]);
    await pass();
    await pass();
    expect(readAgain()).toBe(0);
    expect(asked.map((path) => /_since=([^&]*)/.exec(path)?.[1])).toEqual([
      '2026-11-02T10:00:00.001Z',
      '2026-11-02T11:59:30.000Z',
    ]);
    await pass();
    expect(readAgain()).toBe(1);
  });

  it('reads again when what it shows has changed', async () => {
    const { pass, readAgain } = page([bundle(visit('a', '2', '2026-11-02T12:00:00Z'))]);
    await pass();
    expect(readAgain()).toBe(1);
  });

  it('reads again when who the person is has changed: a death, or records joined to theirs or taken out of them', async () => {
    const { asked, pass, readAgain } = page([bundle(person('1')), bundle(person('2'))]);
    await pass();
    expect(readAgain()).toBe(0);
    expect(asked[0]).toContain('_type=Patient,Encounter,');
    await pass();
    expect(readAgain()).toBe(1);
  });

  it('reads again when a source has fallen silent, and when it is heard again, and not in between', async () => {
    const { pass, readAgain } = page([bundle(), late(), late(), bundle()]);
    await pass();
    expect(readAgain()).toBe(0);
    await pass();
    expect(readAgain()).toBe(1);
    await pass();
    expect(readAgain()).toBe(1);
    await pass();
    expect(readAgain()).toBe(2);
  });

  it('reads again when a source fell silent between its reading and the first look', async () => {
    const said = [{ id: 'system-c', status: 'late' }] as unknown as RecordState['sources'];
    const [fresh, known] = [page([late(), late()]), page([late(), late()], { sources: said })];
    for (const one of [fresh, known]) {
      await one.pass();
      await one.pass();
    }
    expect([fresh.readAgain(), known.readAgain()]).toEqual([1, 0]);
  });

  it('reads again as long as that fails: what it was read again for is still not on the page', async () => {
    const { pass, readAgain, ended } = page([bundle(visit('a', '2', '2026-11-02T12:00:00Z'))]);
    await pass();
    ended('failed');
    await pass();
    expect(readAgain()).toBe(2);
    ended('done');
    await pass();
    expect(readAgain()).toBe(2);
    // What the reader asked for and failed has been said to them, and is theirs to ask for again.
    ended('failed');
    await pass();
    expect(readAgain()).toBe(2);
  });

  it('asks nothing while it is being read, or where nobody can see it', async () => {
    const [reading, hidden] = [page([], { status: 'loading' }), page([], { inSight: false })];
    await reading.pass();
    await hidden.pass();
    expect([...reading.asked, ...hidden.asked]).toEqual([]);
  });

  it('asks nothing at the moment a computer wakes: by then the session may have ended', async () => {
    const { asked, pass } = page([]);
    await pass(30 * 60_000);
    expect(asked).toEqual([]);
    await pass();
    expect(asked).toHaveLength(1);
  });

  it('goes on after a failure, and stops where the hub cannot tell', async () => {
    const { asked, pass } = page([new ReadFailure('server', 'no'), new ReadFailure('unsupported', 'no')]);
    for (let times = 0; times < 4; times += 1) await pass();
    expect(asked).toHaveLength(2);
  });

  it('asks no more once it is left', async () => {
    const { asked, pass, stop } = page([]);
    stop();
    await pass();
    expect(asked).toEqual([]);
  });
});
