import { describe, expect, it } from 'vitest';
import type { KeySection } from '../../timeline/key-information/state.ts';
import { commonNotes } from './common-notes.ts';

const topic = (...notes: string[]): KeySection => ({
  state: 'known',
  title: 'Alerts recorded',
  notes,
  items: [],
  noneStatements: [],
});
const late = 'May be incomplete: a source is late.';
const failed = 'May be incomplete: a source could not be read.';
const original = 'Check the original.';

describe('what is said once for all of the key information', () => {
  it('what holds for every topic, then what holds for every alert and plan', () => {
    expect(commonNotes(topic(late), [topic(late, original), topic(late, original)])).toEqual([late, original]);
  });

  it('never what holds for some topics only (misreadings 1 and 2)', () => {
    expect(commonNotes(topic(late), [topic(failed, original), topic(late, original)])).toEqual([original]);
    expect(commonNotes(topic(failed), [topic(original), topic()])).toEqual([]);
    expect(commonNotes(topic(late), [])).toEqual([]);
  });
});
