import { afterEach, describe, expect, it } from 'vitest';
import { able, minimal, type Abilities } from '../../../mocks/minimal-hub/abilities.ts';
import type { MinimalFhir } from '../../../mocks/minimal-hub/fhir.ts';
import { visitCount } from '../../../mocks/minimal-hub/record.ts';
import { createRecordReader } from '../record-reader.ts';
import { streamIds, type RecordReader, type RecordState } from '../record-state.ts';
import { failedSources } from '../stream-sources.ts';
import { watermarkOf } from '../watermark.ts';
import { sessionOn } from './testing.ts';

let open: RecordReader[] = [];
afterEach(() => {
  for (const reader of open) reader.close();
  open = [];
});

function reading(
  abilities: Abilities,
  laterMs?: number,
): { reader: RecordReader; server: MinimalFhir; seen: RecordState[] } {
  const { session, server } = sessionOn(abilities, laterMs);
  const reader = createRecordReader(session);
  const seen: RecordState[] = [reader.state()];
  reader.subscribe(() => seen.push(reader.state()));
  open.push(reader);
  return { reader, server, seen };
}

/** All has been read, and nothing more is said a moment later. */
async function whole(
  abilities: Abilities,
  laterMs?: number,
): Promise<{ state: RecordState; server: MinimalFhir; seen: RecordState[] }> {
  const { reader, server, seen } = reading(abilities, laterMs);
  await expect.poll(() => streamIds.filter((id) => reader.state().streams[id].status === 'loading')).toEqual([]);
  await expect.poll(() => reader.state().hub !== undefined || !abilities.statement).toBe(true);
  let before: number;
  do {
    before = server.requests.length + seen.length;
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
  } while (server.requests.length + seen.length > before);
  return { state: reader.state(), server, seen };
}

const said = (state: RecordState): Record<string, string> =>
  Object.fromEntries((state.hub ?? []).map(({ kind, key, text }) => [`${kind} ${key}`, text]));
const askedFor = (server: MinimalFhir, type: string): string[] =>
  server.requests.filter((path) => path.startsWith(`${type}?`)).map((path) => decodeURIComponent(path));

describe('a server with as little as R4 allows', () => {
  it('is read whole: every visit, letter and report once, in words that say what it has not', async () => {
    const { state } = await whole(minimal);
    expect(state.patient.status).toBe('read');
    expect(state.streams.Encounter.resources).toHaveLength(visitCount);
    expect(state.streams.DocumentReference.resources.map(({ id }) => id)).toEqual(['letter-1', 'letter-2']);
    expect(state.streams.DiagnosticReport.resources).toHaveLength(2);
    expect(streamIds.map((id) => state.streams[id].status)).toEqual(streamIds.map(() => 'complete'));
    expect(failedSources(state.streams, state.sources)).toEqual([]);
    expect(said(state)).toEqual({
      'lacks hub:absent':
        'Riverside records has no social care records, alerts, medicines taken, care teams, care plans, consents or lists of medicines and allergies: not connected. This does not mean that there are none. Riverside records cannot tell which readings the person shared: they are not shown.',
      'listed hub:order':
        'Riverside records does not send visits, letters and test results newest first. They were put in order here.',
      'listed hub:linked':
        'Riverside records cannot leave out the letters and test results of visits. All are read, which takes longer.',
      'listed hub:state': 'Riverside records does not say when a source is late, or could not be read.',
    });
  });

  it('is asked once for what it can do, and at most twice for what it refused: by plan, never in a loop', async () => {
    const { server } = await whole(minimal);
    expect(server.requests.filter((path) => path === 'metadata')).toHaveLength(1);
    expect(askedFor(server, 'DocumentReference')).toEqual([
      'DocumentReference?patient=1042&encounter:missing=true&_sort=-date&_count=100',
      'DocumentReference?patient=1042&_sort=-date&_count=100',
    ]);
    expect(askedFor(server, 'Task')).toHaveLength(1);
    expect(askedFor(server, 'Observation')).toHaveLength(1);
  });

  it('keeps no list of sources: which are connected is not known, rather than could not be read', async () => {
    const { state } = await whole(minimal);
    expect([state.sourcesRead, state.sources]).toEqual(['read', []]);
    const said = await whole({ ...minimal, types: [...minimal.types, 'Endpoint'] });
    expect([said.state.sourcesRead, said.state.sources]).toEqual(['read', []]);
  });

  it('that says nothing of itself is still planned around once; what it goes on refusing has failed', async () => {
    const { state, server } = await whole({ ...minimal, statement: false });
    expect(state.hub).toBeUndefined();
    expect(askedFor(server, 'DocumentReference').at(-1)).toBe('DocumentReference?patient=1042&_count=100');
    expect(state.streams.DocumentReference.status).toBe('complete');
    expect(askedFor(server, 'Task')).toHaveLength(2);
    expect(state.streams.Task).toMatchObject({ status: 'failed', absent: false, failure: { kind: 'not-found' } });
    expect(state.streams.Observation.status).toBe('failed');
    expect(state.sourcesRead).toBe('failed');
  });
});

describe('each ability alone', () => {
  it('all of them: only what it does not tell of its sources is said', async () => {
    const { state } = await whole(able);
    expect(Object.keys(said(state))).toEqual(['lacks hub:absent', 'listed hub:state']);
    expect(state.streams.Observation.resources.map(({ id }) => id)).toEqual(['reading-1']);
    expect(state.streams.DocumentReference.resources.map(({ id }) => id)).toEqual(['letter-1']);
    expect([...state.included.keys()]).toEqual(['Location/loc-1', 'Practitioner/dr-1']);
  });

  it('an order it does not keep: nothing counts as read until all of it is, then it is complete', async () => {
    const { seen, state } = await whole({ ...able, sort: 'ignored', mostPerPage: 10 }, 40);
    const early = seen.filter(({ streams }) => streams.Encounter.pages > 0 && streams.Encounter.status === 'loading');
    expect(early.length).toBeGreaterThan(2);
    expect(early.map(({ streams }) => watermarkOf(streams).completeTo)).toEqual(early.map(() => 'none'));
    expect(early.at(-1)?.hub?.map(({ kind, text }) => `${kind}: ${text}`)).toContain(
      'limits: Riverside records does not send visits newest first. Entries are shown when all of them have been read.',
    );
    expect(watermarkOf(state.streams).completeTo).toBe('all');
  });

  it('an order it keeps is trusted from the first page on', async () => {
    const { seen } = await whole({ ...able, mostPerPage: 10 });
    const early = seen.filter(({ streams }) => streams.Encounter.pages > 0 && streams.Encounter.status === 'loading');
    expect(early.map(({ streams }) => streams.Encounter.readBackTo)).not.toContain(undefined);
  });

  it('Stop does not leave half of what comes in no order', async () => {
    const { reader } = reading({ ...able, sort: 'ignored', mostPerPage: 10 });
    await expect.poll(() => reader.state().streams.Encounter.unordered).toBe(true);
    reader.stop();
    await expect.poll(() => reader.state().streams.Encounter.status).toBe('complete');
    expect(reader.state().streams.Encounter.resources).toHaveLength(visitCount);
  });

  it('a search that refuses to be ordered is asked without, in the second plan', async () => {
    const { state, server } = await whole({ ...able, sort: 'refused' });
    expect(askedFor(server, 'Encounter').at(-1)).toBe('Encounter?patient=1042&_count=100');
    expect(state.streams.Encounter.resources).toHaveLength(visitCount);
    const both = await whole({ ...minimal, sort: 'refused' });
    expect(askedFor(both.server, 'DocumentReference')).toHaveLength(3);
    expect(both.state.streams.DocumentReference.resources).toHaveLength(2);
  });

  it('a condition it overlooks: linked letters come too, and none is lost or counted twice', async () => {
    const { state } = await whole({ ...able, missingModifier: 'ignored' });
    expect(state.streams.DocumentReference.resources.map(({ id }) => id)).toEqual(['letter-2', 'letter-1']);
  });

  it('names it does not send are asked for in one batch a type, and only where no words came', async () => {
    const { server, state } = await whole({ ...able, include: 'ignored' });
    expect(askedFor(server, 'Location')).toEqual(['Location?_id=loc-1&_count=50']);
    expect(askedFor(server, 'Practitioner')).toEqual(['Practitioner?_id=dr-1&_count=50']);
    expect([...state.included.keys()].toSorted()).toEqual(['Location/loc-1', 'Practitioner/dr-1']);
    expect(said(state)['limits hub:names']).toBeUndefined();
  });

  it('names it cannot send at all are said', async () => {
    const types = able.types.filter((type) => type !== 'Practitioner' && type !== 'Location');
    const { state } = await whole({ ...able, include: 'refused', types });
    expect(state.streams.Encounter.resources).toHaveLength(visitCount);
    expect(said(state)['limits hub:names']).toBe(
      'Names of 2 places or members of staff were not sent by Riverside records.',
    );
  });

  it('pages at the base, as some servers have them, are followed to the last', async () => {
    const { server, state } = await whole({ ...able, paging: 'getpages', mostPerPage: 7 });
    expect(server.requests.filter((path) => path.startsWith('?_')).length).toBeGreaterThan(5);
    expect(state.streams.Encounter.resources).toHaveLength(visitCount);
  });
});
