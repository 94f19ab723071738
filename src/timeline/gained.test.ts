import type { Encounter } from 'fhir/r4';
import { expect, it } from 'vitest';
import { gainedWords, sayWhatGained, type Shown } from './gained.ts';
import { joinEntries } from './join.ts';
import { contextOf, from } from './testing.ts';
import { mapRecord } from './to-entries.ts';

const visit = (id: string, source: string): Encounter => ({
  resourceType: 'Encounter',
  id,
  meta: from(source),
  status: 'finished',
  class: { code: 'EMER' },
  serviceProvider: { display: 'Whittington Hospital' },
  reasonCode: [{ text: 'Chest pain' }],
  period: { start: '2026-11-14T10:00:00Z' },
});
const shownAlone: Shown = {
  rows: new Map([['Encounter/g', 'Encounter/g']]),
  tellers: new Map([['Encounter/g', 1]]),
};
const both = mapRecord([visit('h', 'system-c'), visit('g', 'emis')], contextOf()).entries;

it('a row that an older page brings a second witness to says +1 source where it stands', () => {
  const rows = sayWhatGained(joinEntries(both, { standing: shownAlone.rows }), shownAlone);
  expect(rows.map(({ key, facts }) => [key, facts.at(-1)])).toEqual([['Encounter/g', '+1 source']]);
});

it('a row that came with all its witnesses has gained nothing', () => {
  const shown: Shown = { rows: new Map(), tellers: new Map([['Encounter/h', 2]]) };
  const [row] = sayWhatGained(joinEntries(both), shown);
  expect(row?.facts.join()).not.toContain('source');
  expect(sayWhatGained(joinEntries(both), { rows: new Map(), tellers: new Map() })[0]?.facts).toEqual(row?.facts);
});

it('is read out by name for one row, by number for several, and not at all for none', () => {
  const rows = joinEntries(both, { standing: shownAlone.rows });
  expect(gainedWords(rows)).toBe(
    'The emergency department: chest pain of 14-Nov-2026 is now told by GP and Whittington Hospital.',
  );
  expect(gainedWords([...rows, ...rows])).toBe('2 entries shown before are now told by more sources.');
  expect(gainedWords([])).toBe('');
});
