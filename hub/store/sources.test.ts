import { expect, test } from 'vitest';
import { readMarker, writeMarker } from './markers.ts';
import { readSources, setSourceState, type StoredSource } from './sources.ts';
import { eachEngine } from './testing.ts';

eachEngine('What the store says of itself', ({ db }) => {
  test('a source is answered as it was last said to stand, by source id', async () => {
    const late: StoredSource = {
      source: 'emis',
      status: 'late',
      asAt: '2026-11-21T23:10:00.000Z',
      since: '2026-11-22T01:00:00.000Z',
      startsFrom: '2019-04',
      message: 'Nothing received since the night',
      name: 'GP records',
      organisation: 'F83004',
    };
    const ok: StoredSource = { source: 'adastra', status: 'ok', name: 'Out-of-hours and 111 records' };
    await setSourceState(db(), late);
    await setSourceState(db(), ok);
    expect(await readSources(db())).toEqual([ok, late]);
    const well: StoredSource = { source: 'emis', status: 'ok', name: 'GP records', asAt: '2026-11-22T10:00:00.000Z' };
    await setSourceState(db(), well);
    expect(await readSources(db())).toEqual([ok, well]);
  });

  test('a state nobody has words for is refused', async () => {
    const state = { source: 'emis', status: 'fine', name: 'GP records' } as unknown as StoredSource;
    await expect(setSourceState(db(), state)).rejects.toThrow(/status/);
  });

  test('a marker is what was last written, and undefined before', async () => {
    expect(await readMarker(db(), 'borough')).toBeUndefined();
    await writeMarker(db(), 'borough', 'loaded');
    await writeMarker(db(), 'borough', 'loaded again');
    expect(await readMarker(db(), 'borough')).toBe('loaded again');
    expect(await readMarker(db(), 'keys')).toBeUndefined();
  });
});
