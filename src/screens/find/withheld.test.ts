import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { streamIds, type RecordState, type StreamState } from '../../record/record-state.ts';
import { completenessAttributes, noticesOf } from '../../timeline/completeness.ts';
import { noMatchWords } from '../../timeline/completeness/no-match.ts';
import { cutShort } from '../../timeline/cut-short.ts';
import { lanes } from '../../timeline/entry.ts';
import { facetsOf } from '../../timeline/facets.ts';
import type { Choice } from '../../timeline/filter.ts';
import { searchWords } from '../../timeline/fold.ts';
import { kinds } from '../../timeline/kinds.ts';
import { newIndex, searchFor } from '../../timeline/search.ts';
import { florenceId, florencesRecord } from '../testing/florence.ts';
import { mapTimeline, viewOf } from '../timeline-view.ts';
import { chipsOf } from './chips.ts';
import { type Filters, filterOf } from './find-address.ts';

const now = Date.parse('2026-11-22T10:42:00Z');
const day = 86_400_000;
const resources = florencesRecord(now);

function recordOf(withheld: 'none' | 'some', statuses: readonly StreamState['status'][]): RecordState {
  const streams = streamIds.map((id, place): [string, StreamState] => {
    const status = statuses[place] ?? 'complete';
    const failure = status === 'failed' ? { kind: 'server' as const, at: now, message: '' } : undefined;
    return [
      id,
      {
        id,
        status,
        slow: false,
        pages: 1,
        // Letters and results inside a visit are read with it.
        resources:
          status === 'failed' ? [] : resources.filter((each) => each.resourceType === id && !('encounter' in each)),
        readBackTo: status === 'complete' ? -Infinity : now - 400 * day,
        failure,
      },
    ];
  });
  return {
    patient: { status: 'read', resource: undefined, failure: undefined },
    streams: Object.fromEntries(streams) as RecordState['streams'],
    included: new Map(),
    sources: [],
    sourcesRead: 'read',
    notices: [],
    withheld,
    strangers: 0,
    strangersIn: [],
    readAt: now,
  };
}

/** All that the page says and counts of a record, looked at in one way. */
function told(state: RecordState, filters: Filters, text: string, own: string | undefined) {
  const mapped = mapTimeline(state, florenceId, now, new Map());
  const words = searchWords(text);
  const search = words.length === 0 ? undefined : searchFor(words, newIndex());
  const filter = { ...filterOf(filters, own), ...(search && { matches: search.matches }) };
  const { layout, facts } = viewOf({ state, mapped, filter, upcomingExpanded: true, offline: false });
  const { 'data-withheld': withheld, ...attributes } = completenessAttributes(facts);
  return {
    withheld,
    notices: noticesOf(facts).map(({ key, text: said }) => `${key}: ${said}`),
    rest: {
      attributes,
      noMatch: noMatchWords(facts),
      rows: layout.rows.map((row) => ('label' in row ? `${row.key} ${row.label}` : row.key)),
      facets: facetsOf(layout.standing, filter, own),
      short: cutShort(facts),
      chips: chipsOf(filters, (code) => code),
    },
  };
}

const choiceOf = <T extends string>(values: readonly T[]) =>
  fc.record({ how: fc.constantFrom<Choice['how']>('only', 'hide'), values: fc.subarray([...values]) });
const isoDay = fc.integer({ min: -900, max: 60 }).map((days) => new Date(now + days * day).toISOString().slice(0, 10));
const filters: fc.Arbitrary<Filters> = fc.record(
  {
    lanes: choiceOf(lanes),
    kinds: choiceOf(kinds),
    sources: choiceOf(['emis', 'system-c', 'carecast', 'adastra', 'liquidlogic', 'patient', '']),
    organisations: choiceOf(['F83010', 'RKE', 'RRV', '']),
    from: isoDay,
    to: isoDay,
    outside: fc.constant(true as const),
  },
  { requiredKeys: [] },
);
const text = fc.constantFrom('', 'knee', 'hospital', 'no such word', 'a');
const statuses = fc.array(fc.constantFrom<StreamState['status']>('complete', 'loading', 'stopped', 'failed'), {
  maxLength: streamIds.length,
});

it('no filter, setting, period or search changes a word or a count by what is withheld; one sentence stands, the same for all (misreading 17)', () => {
  fc.assert(
    fc.property(filters, text, statuses, fc.constantFrom(undefined, 'F83010', 'RKE'), (set, typed, states, own) => {
      const without = told(recordOf('none', states), set, typed, own);
      const withSome = told(recordOf('some', states), set, typed, own);
      expect(withSome.rest).toEqual(without.rest);
      expect(withSome.notices.filter((notice) => !notice.startsWith('withheld:'))).toEqual(without.notices);
      expect(withSome.notices.filter((notice) => notice.startsWith('withheld:'))).toEqual([
        'withheld: Some information is not shown to you, for privacy.',
      ]);
      expect([without.withheld, withSome.withheld]).toEqual(['none', 'some']);
    }),
    { numRuns: 150 },
  );
});
