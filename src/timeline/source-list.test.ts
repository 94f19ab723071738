import { describe, expect, it } from 'vitest';
import type { SourceFacts } from './completeness.ts';
import { sourceList } from './source-list.ts';

const source = (id: string, parts: Partial<SourceFacts> = {}): SourceFacts => ({
  id,
  name: id,
  status: 'ok',
  asAt: '2026-11-22T13:54:00Z',
  startsFrom: undefined,
  ...parts,
});

describe('the list of sources', () => {
  it('stands in the order of the settings, others after them, and what is not connected apart', () => {
    const list = sourceList([
      source('patient'),
      source('pharmacies', { name: 'Pharmacies', status: 'not-connected' }),
      source('other-hub', { name: 'Another hub' }),
      source('adastra'),
      source('system-c'),
      source('liquidlogic'),
      source('carecast'),
      source('emis'),
    ]);
    expect(list.connected.map(({ id }) => id)).toEqual([
      'emis',
      'system-c',
      'carecast',
      'adastra',
      'liquidlogic',
      'patient',
      'other-hub',
    ]);
    expect(list.notConnected).toEqual(['Pharmacies']);
  });

  it('says an age that sources share once, and every other age where it holds', () => {
    const list = sourceList([
      source('emis'),
      source('system-c', { asAt: '2026-11-22T13:50:00Z' }),
      source('carecast'),
      source('adastra', { status: 'late', asAt: '2026-11-21T23:10:00Z', name: 'Calls', message: 'Calls: late.' }),
    ]);
    expect(list.sharedAge).toBe('as at 22-Nov-2026 13:54');
    expect(list.connected.map(({ age }) => age)).toEqual([
      undefined,
      'as at 22-Nov-2026 13:50',
      undefined,
      'late: as at 21-Nov-2026 23:10',
    ]);
    expect(list.connected.at(-1)?.message).toBe('Late.');
  });

  it('never lets a failed source go without its own age', () => {
    const list = sourceList([source('emis'), source('carecast'), source('adastra', { status: 'failed' })]);
    expect(list.connected.at(-1)?.age).toBe('not read: last as at 22-Nov-2026 13:54');
  });

  it('shares nothing where every source has an age of its own, or none', () => {
    const list = sourceList([source('emis'), source('adastra', { asAt: undefined }), source('x', { asAt: undefined })]);
    expect(list.sharedAge).toBeUndefined();
    expect(list.connected.map(({ age }) => age)).toEqual(['as at 22-Nov-2026 13:54', 'read now', 'read now']);
  });
});
