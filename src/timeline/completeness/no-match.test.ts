import { describe, expect, it } from 'vitest';
import { now } from '../testing.ts';
import type { CompletenessFacts } from './facts.ts';
import { noMatchWords } from './no-match.ts';

const facts = (parts: Partial<CompletenessFacts> = {}): CompletenessFacts => ({
  shown: 0,
  folded: 0,
  statements: 0,
  hidden: 312,
  hiddenBy: 'search',
  held: 0,
  undated: 0,
  withdrawn: 0,
  completeTo: 'all',
  status: 'all',
  failedStreams: [],
  sources: [],
  sourcesRead: 'read',
  withheld: 'none',
  strangers: 0,
  offline: false,
  readAt: now,
  ...parts,
});

describe('“no matches” says its scope, and is never read as “never happened” (misreading 16)', () => {
  it('how many entries, back to when, and that letters, medicines and results inside entries were not searched', () => {
    expect(noMatchWords(facts({ completeTo: '2019-02-03' }))).toBe(
      'No matches in 312 loaded entries, back to 03-Feb-2019. Letters were not searched. Nor were medicines and results inside entries.',
    );
  });

  it('that older entries are not here, and that something could not be read', () => {
    const failed = { stream: 'Task', streamName: 'Assessments', sources: ['liquidlogic'], at: now };
    expect(noMatchWords(facts({ status: 'loading' }))).toContain('Older entries are still loading.');
    expect(noMatchWords(facts({ status: 'stopped' }))).toContain('Older entries were not loaded.');
    expect(noMatchWords(facts({ failedStreams: [failed] }))).toContain(
      'Not all could be read: what is looked for may be among what is missing.',
    );
    expect(noMatchWords(facts())).not.toMatch(/Older|Not all/);
  });

  it('that filters are on as well, or that they alone hide everything', () => {
    expect(noMatchWords(facts({ hiddenBy: 'both' }))).toContain('Filters are on as well.');
    expect(noMatchWords(facts({ hiddenBy: 'filters', hidden: 1 }))).toBe(
      'No entry passes the filters: they hide all 1 loaded entry.',
    );
  });

  it('nothing of the kind where something is shown, or the record is empty', () => {
    expect(noMatchWords(facts({ shown: 1 }))).toBeUndefined();
    expect(noMatchWords(facts({ folded: 1 }))).toBeUndefined();
    expect(noMatchWords(facts({ hidden: 0 }))).toBeUndefined();
    expect(noMatchWords(facts({ hiddenBy: undefined }))).toBeUndefined();
  });
});
