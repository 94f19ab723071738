import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CompletenessFacts,
  completenessAttributes,
  failedIds,
  noticesOf,
  sourceLine,
  type SourceFacts,
} from './completeness.ts';
import { now } from './testing.ts';

const source = (id: string, parts: Partial<SourceFacts> = {}): SourceFacts => ({
  id,
  name: id,
  status: 'ok',
  asAt: undefined,
  startsFrom: undefined,
  ...parts,
});
const facts = (parts: Partial<CompletenessFacts> = {}): CompletenessFacts => ({
  shown: 312,
  folded: 0,
  statements: 340,
  hidden: 0,
  held: 0,
  undated: 0,
  withdrawn: 0,
  completeTo: 'all',
  status: 'all',
  failedStreams: [],
  sources: ['emis', 'system-c', 'adastra', 'carecast', 'liquidlogic'].map((id) => source(id)),
  sourcesRead: 'read',
  withheld: 'none',
  strangers: 0,
  offline: false,
  readAt: now,
  ...parts,
});
const texts = (parts: Partial<CompletenessFacts>) => noticesOf(facts(parts)).map((notice) => notice.text);
const standing = "Items may be withheld by law or by the person's choice.";

describe('what is said about gaps (T3)', () => {
  it('all: how many, sent by how many, and the way to what is not connected', () => {
    expect(noticesOf(facts())).toEqual([
      {
        kind: 'loaded',
        key: 'loaded',
        text: 'All 312 entries sent by 5 sources are loaded.',
        action: { label: 'What is not connected?', what: 'show-sources' },
      },
      { kind: 'standing', key: 'standing', text: standing },
    ]);
  });

  it('bookings folded away are loaded all the same, and are no rows', () => {
    expect(texts({ shown: 272, folded: 5 })[0]).toBe('All 277 entries sent by 5 sources are loaded.');
    expect(texts({ shown: 7, folded: 5, hidden: 300 })).toContain(
      '7 of 312 loaded entries shown. 5 more bookings are folded away. Filters hide 300.',
    );
  });

  it('partial: how far back, with Stop; stopped: with the way to go on', () => {
    const loading = noticesOf(facts({ shown: 200, status: 'loading', completeTo: '2021-02-03', held: 40 }));
    expect(loading[0]).toMatchObject({
      text: '200 entries loaded, from today back to 03-Feb-2021. Older ones are loading.',
      action: { what: 'stop' },
    });
    const stopped = noticesOf(facts({ shown: 200, status: 'stopped', completeTo: '2021-02-03' }));
    expect(stopped[0]).toMatchObject({
      text: 'Loading stopped. 200 entries loaded, from today back to 03-Feb-2021.',
      action: { what: 'resume' },
    });
    expect(texts({ shown: 0, status: 'loading', completeTo: 'none' })[0]).toBe('The record is loading.');
  });

  it('down: which records, whose, since when, and try again; never "all"', () => {
    const failed = { stream: 'Encounter', streamName: 'Visits, stays and calls', sources: ['adastra'], at: now };
    const notices = noticesOf(facts({ failedStreams: [failed], completeTo: '2021-02-03' }));
    expect(notices[0]).toMatchObject({
      kind: 'down',
      text: 'Visits, stays and calls from Out-of-hours and 111 records (Adastra) could not be read at 10:42. Entries may be missing.',
      action: { what: 'retry', stream: 'Encounter' },
    });
    expect(notices.map((notice) => notice.text).join(' ')).not.toMatch(/\bAll\b/);
  });

  it('a source that is down, late or cut short says how old or how far', () => {
    const sources = [
      source('adastra', { status: 'late', asAt: '2026-11-21T23:10:00Z' }),
      source('carecast', { status: 'failed', asAt: '2026-11-20T01:00:00Z' }),
      source('system-c', { status: 'partial', startsFrom: '2019-02-03' }),
      source('emis', { status: 'partial' }),
    ];
    expect(texts({ sources })).toEqual([
      'Out-of-hours and 111 records are from 21-Nov-2026 23:10. Later calls and visits may be missing.',
      'University College Hospital records (Carecast) could not be read at 10:42. What is shown of them is from 20-Nov-2026 01:00. Entries may be missing.',
      'Whittington Hospital records (System C): only part was read. Entries may be missing. Nothing is there from before 03-Feb-2019.',
      'GP records (EMIS): only part was read. Entries may be missing.',
      '312 entries loaded. Not all could be read.',
      standing,
    ]);
  });

  it('sources that could not be asked for are said; nobody then says "sent by"', () => {
    const said = texts({ sourcesRead: 'failed', sources: [] });
    expect(said[0]).toBe('Which sources are connected could not be read. Entries may be missing.');
    expect(said[1]).toBe('All 312 entries sent are loaded. Which sources are connected is not known.');
  });

  it('empty: never "no care"', () => {
    expect(texts({ shown: 0 })[0]).toBe('Connected sources sent no entries. This does not mean no care was given.');
  });

  it('an empty record with a failure is not called empty', () => {
    const failed = { stream: 'Encounter', streamName: 'Visits', sources: [], at: now };
    expect(texts({ shown: 0, failedStreams: [failed], completeTo: 'none' }).join(' ')).not.toContain('no entries');
  });

  it('filters, undated, entered in error, another person’s', () => {
    const said = texts({ shown: 12, hidden: 300, undated: 4, withdrawn: 1, strangers: 2 });
    expect(said.slice(1, -1)).toEqual([
      '12 of 312 loaded entries shown. Filters hide 300.',
      '4 entries have no date. They are under "Date not known".',
      '1 item marked by the source as entered in error is not shown.',
      '2 items sent with this record named another person and are not shown. Entries may be missing.',
    ]);
    const told = texts({ strangers: 3, strangersIn: ['Letters', 'Test results'] });
    expect(told[0]).toBe('312 entries loaded. Not all could be read.');
    expect(told[1]).toBe(
      '3 items sent among letters and test results named another person and are not shown. Entries may be missing.',
    );
    expect(texts({ undated: 1 })).toContain('1 entry has no date. It is under "Date not known".');
  });

  it('offline: no record, or only what was read', () => {
    expect(texts({ offline: true, readAt: undefined, shown: 0 })).toEqual([
      'You are offline. No record is shown.',
      standing,
    ]);
    expect(texts({ offline: true })[0]).toBe(
      'You are offline. What was read at 10:42 is shown; nothing newer can be read.',
    );
  });

  it('records that were taken apart while the page was open come first: what was read may be another person’s', () => {
    expect(texts({ takenBackAt: now, failedStreams: [] })[0]).toBe(
      "At 10:42 it was found that which records are this person's has changed. What you read here before may be another person's: check it against what stands here now.",
    );
  });

  it('a source whose three streams failed is said once, naming what is missing, and read again by one press', () => {
    const failed = [
      ['ServiceRequest', 'Requests for social care'],
      ['Task', 'Care assessments and reviews'],
      ['EpisodeOfCare', 'Care packages and services'],
    ].map(([stream = '', streamName = '']) => ({ stream, streamName, sources: ['liquidlogic'], at: now }));
    const gaps = noticesOf(facts({ failedStreams: failed })).filter(({ kind }) => kind === 'down');
    expect(gaps).toEqual([
      {
        kind: 'down',
        key: 'down:ServiceRequest Task EpisodeOfCare',
        text: 'Social care records (Liquidlogic) could not be read at 10:42: requests for social care, care assessments and reviews, care packages and services. Entries may be missing.',
        action: { label: 'Try again', what: 'retry', stream: 'ServiceRequest Task EpisodeOfCare' },
      },
    ]);
  });

  it('streams that several sources feed are said together, with all of those sources', () => {
    const sources = ['emis', 'carecast'];
    const failed = [
      { stream: 'DocumentReference', streamName: 'Letters', sources, at: now },
      { stream: 'Task', streamName: 'Care assessments and reviews', sources: ['liquidlogic'], at: now },
      { stream: 'DiagnosticReport', streamName: 'Test results', sources, at: now },
    ];
    expect(texts({ failedStreams: failed }).slice(0, 2)).toEqual([
      'Letters and test results from GP records (EMIS) and University College Hospital records (Carecast) could not be read at 10:42. Entries may be missing.',
      'Care assessments and reviews from Social care records (Liquidlogic) could not be read at 10:42. Entries may be missing.',
    ]);
  });

  it('what hides is named, and stays said while it hides nothing', () => {
    expect(texts({ shown: 12, hidden: 300, hiddenBy: 'search' })).toContain(
      '12 of 312 loaded entries shown. The search hides 300.',
    );
    expect(texts({ shown: 12, hidden: 300, hiddenBy: 'both' })).toContain(
      '12 of 312 loaded entries shown. The search and filters hide 300.',
    );
    expect(texts({ hiddenBy: 'filters' })).toContain('312 of 312 loaded entries shown. Filters hide none.');
  });
});

describe('what is withheld gives nothing away (misreading 17)', () => {
  it('adds one sentence, and changes no other word or count, whatever else is so', () => {
    const any = fc.record({
      shown: fc.nat({ max: 500 }),
      hidden: fc.nat({ max: 500 }),
      hiddenBy: fc.constantFrom<CompletenessFacts['hiddenBy']>(undefined, 'filters', 'search', 'both'),
      undated: fc.nat({ max: 5 }),
      status: fc.constantFrom<CompletenessFacts['status']>('loading', 'stopped', 'all'),
      completeTo: fc.constantFrom('none', 'all', '2021-02-03'),
      offline: fc.boolean(),
      readAt: fc.constantFrom(undefined, now),
    });
    fc.assert(
      fc.property(any, (parts) => {
        const without = noticesOf(facts({ ...parts, withheld: 'none' }));
        const withSome = noticesOf(facts({ ...parts, withheld: 'some' }));
        expect(withSome.filter((notice) => notice.kind !== 'withheld')).toEqual(without);
        expect(withSome.filter((notice) => notice.kind === 'withheld').map((notice) => notice.text)).toEqual([
          'Some information is not shown to you, for privacy.',
        ]);
        expect(without.at(-1)?.kind).toBe('standing');
        expect(new Set(withSome.map((notice) => notice.key)).size).toBe(withSome.length);
      }),
    );
  });
});

describe('the list of sources (misreading 3)', () => {
  it.each<[Partial<SourceFacts>, string]>([
    [{}, 'read now'],
    [{ asAt: '2026-11-22T04:00:00Z' }, 'as at 22-Nov-2026 04:00'],
    [{ status: 'late', asAt: '2026-11-21T23:10:00Z' }, 'late: as at 21-Nov-2026 23:10'],
    [{ status: 'failed' }, 'not read'],
    [{ status: 'partial' }, 'part only'],
    [{ status: 'not-connected' }, 'not connected'],
  ])('%j reads "%s"', (parts, age) => {
    expect(sourceLine(source('liquidlogic', parts))).toMatchObject({ name: 'Social care records (Liquidlogic)', age });
  });

  it('says since when a source holds anything, and names one nobody here knows by its own name', () => {
    expect(sourceLine(source('x', { name: 'Borough hub', startsFrom: '2018-04' }))).toEqual({
      name: 'Borough hub',
      age: 'read now',
      startsFrom: 'starts from Apr-2018',
    });
  });
});

it('tests and tools read the same figures from attributes', () => {
  const given = facts({
    sources: [source('carecast', { status: 'failed' })],
    failedStreams: [{ stream: 'Task', streamName: 'Assessments', sources: ['liquidlogic', 'carecast'], at: now }],
    withheld: 'some',
    hidden: 3,
  });
  expect(failedIds(given)).toEqual(['carecast', 'liquidlogic']);
  expect(completenessAttributes(given)).toEqual({
    'data-shown': '312',
    'data-statements': '340',
    'data-complete-to': 'all',
    'data-hidden': '3',
    'data-withheld': 'some',
    'data-failed': 'carecast liquidlogic',
    'data-strangers': '0',
  });
});
