import { describe, expect, it } from 'vitest';
import { makeBorough } from '../../../borough/make.ts';
import { columns } from './columns.ts';
import { knownEvents } from './known-events.ts';
import { writeLiquidlogicNative } from './native.ts';

const borough = makeBorough({ people: 250, seed: 4, now: new Date('2026-11-22T10:00:00Z') });
const messages = [...writeLiquidlogicNative(borough)];
const texts = messages.map(({ bytes }) => new TextDecoder().decode(bytes));

describe('the council’s own telling of the borough', () => {
  it('is three returns and an extension, in the order they were sent, always the same', () => {
    expect(messages.map(({ format }) => format)).toEqual([
      'client-level-data',
      'client-level-data',
      'client-level-data',
      'social-care-extension',
    ]);
    expect(messages.map(({ at }) => at)).toEqual(messages.map(({ at }) => at).sort((a, b) => a - b));
    expect([...writeLiquidlogicNative(borough)]).toEqual(messages);
  });

  it('has the habits of real exports: NULL, two releases, lines twice, services with open ends, references left out', () => {
    const [history = '', whole = ''] = texts;
    expect(history.split('\r\n')[0]?.split(',')).toHaveLength(columns.length);
    expect(history).toMatch(/\d\d\/\d\d\/\d{4}/);
    expect(history).toContain('Long Term Support: Community');
    expect(history).toContain('rows affected)');
    expect(whole).toContain('Long term support: community');
    for (const text of [history, whole]) expect(text).toMatch(/,Service,NULL,/);
    const lines = history.split('\r\n').filter((line) => line.startsWith('706'));
    expect(new Set(lines).size).toBeLessThan(lines.length);
  });

  it('the whole quarter says in its name how many lines it has', () => {
    const [, stated] = /-whole-(\d+)\.csv$/.exec(messages[1]?.label ?? '') ?? [];
    expect(texts[1]?.split('\r\n').filter((line) => line.startsWith('706'))).toHaveLength(Number(stated));
  });

  it('everybody the council knows is in the extension, and nobody else', () => {
    const { people } = JSON.parse(texts[3] ?? '') as { people: unknown[] };
    const known = borough.lives.filter((life) => knownEvents(life, borough).length > 0);
    expect(known.length).toBeGreaterThan(5);
    expect(people).toHaveLength(known.length);
  });

  it('has test numbers only', () => {
    for (const text of texts) for (const [number] of text.matchAll(/\b\d{10}\b/g)) expect(number).toMatch(/^999/);
  });
});
