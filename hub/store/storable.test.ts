import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { upsertRows } from './resources.ts';
import { searchableInstant, storableInstant, storableText } from './storable.ts';
import { eachEngine } from './testing.ts';

describe('What PostgreSQL cannot hold', () => {
  test('an end in the year 9999 bounds nothing, nor does a start in the year 0', () => {
    expect(storableInstant(new Date(Date.UTC(9999, 11, 32)).toISOString())).toBeUndefined();
    expect(storableInstant('0000-01-01T00:00:00.000Z')).toBeUndefined();
    expect(storableInstant('-000001-01-01T00:00:00.000Z')).toBeUndefined();
    expect(storableInstant('9999-12-31T00:00:00.000Z')).toBe('9999-12-31T00:00:00.000Z');
    expect(storableInstant(undefined)).toBeUndefined();
  });

  test('searched for, it lies beyond everything', () => {
    expect(searchableInstant('+010000-01-01T00:00:00.000Z')).toBe('infinity');
    expect(searchableInstant('0000-01-01T00:00:00.000Z')).toBe('-infinity');
    expect(searchableInstant('2026-01-01T00:00:00.000Z')).toBe('2026-01-01T00:00:00.000Z');
  });

  test('a NUL and half a character are replaced, the rest stays', () => {
    expect(storableText('a\0b\ud800c')).toBe('a\ufffdb\ufffdc');
    expect(storableText('Zoë 🩺')).toBe('Zoë 🩺');
  });
});

eachEngine('A record with such values', ({ db }) => {
  test('is stored with the rest of its batch', async () => {
    const patient = randomUUID();
    const count = await upsertRows(db(), [
      {
        patient,
        type: 'EpisodeOfCare',
        id: 'e1',
        source: 'liquidlogic',
        origin: 'liquidlogic|\0',
        mask: 0,
        search: {
          date: { start: '2026-01-01T00:00:00.000Z', end: '+010000-01-01T00:00:00.000Z' },
          authored: undefined,
          tokens: ['type|a\0\ud800'],
        },
        content: JSON.stringify({ resourceType: 'EpisodeOfCare', note: 'nul \0 half \ud800 whole 🩺' }),
      },
    ]);
    expect(count.created).toBe(1);
    const [stored] = await db().query<{ date_end: null; tokens: string[]; content: string }>(
      'select date_end, tokens, content from resource where patient = $1',
      [patient],
    );
    expect(stored).toMatchObject({ date_end: null, tokens: ['type|a\ufffd\ufffd'] });
    expect(JSON.parse(stored!.content)).toMatchObject({ note: 'nul \0 half \ud800 whole 🩺' });
  });
});
