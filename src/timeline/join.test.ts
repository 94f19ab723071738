import type { Appointment, DocumentReference, Encounter, Resource } from 'fhir/r4';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { joinEntries } from './join.ts';
import { contextOf, from } from './testing.ts';
import { mapRecord } from './to-entries.ts';

const visits = 'https://fhir.interweavedigital.nhs.uk/Id/local-encounter-identifier';
const whittington = { display: 'Whittington Health NHS Trust' };

const visit = (id: string, source: string, parts: Partial<Encounter> = {}): Encounter => ({
  resourceType: 'Encounter',
  id,
  meta: from(source),
  status: 'finished',
  class: { code: 'EMER' },
  serviceProvider: whittington,
  reasonCode: [{ text: 'Chest pain' }],
  period: { start: '2026-11-14T10:00:00Z', end: '2026-11-14T13:00:00Z' },
  ...parts,
});
const numbered = (value: string) => ({ identifier: [{ system: visits, value }] });

const entriesOf = (...resources: Resource[]) => mapRecord(resources, contextOf()).entries;
const join = (...resources: Resource[]) => joinEntries(entriesOf(...resources));
/** The rows as sets of statements, in one order. */
const groupsOf = (entries: readonly Entry[]) =>
  entries
    .map((entry) =>
      entry.statements
        .map(({ reference }) => reference)
        .sort()
        .join(' '),
    )
    .sort();

describe('an identifier that both bear', () => {
  it('joins whatever the times say, up to a month, and says why', () => {
    const [entry, ...others] = join(
      visit('h', 'system-c', numbered('RKE-1')),
      visit('g', 'emis', { ...numbered('RKE-1'), period: { start: '2026-11-20' }, reasonCode: [] }),
    );
    expect(others).toEqual([]);
    expect(entry?.key).toBe('Encounter/h');
    expect(entry?.joined?.witnesses.map(({ entry: { key }, because }) => [key, because])).toEqual([
      ['Encounter/h', undefined],
      ['Encounter/g', 'same visit number'],
    ]);
    expect(entry?.joined?.differences.map(({ what }) => what)).toEqual(['time']);
  });

  it('joins three who bear it, and never two of one source that were not sent twice', () => {
    const three = join(
      visit('h', 'system-c', numbered('RKE-1')),
      visit('g', 'emis', numbered('RKE-1')),
      visit('o', 'adastra', { ...numbered('RKE-1'), class: { code: 'EMER' }, type: [{ text: 'Urgent care' }] }),
    );
    // Adastra's is an out-of-hours visit: a number is not believed against the kind.
    expect(groupsOf(three)).toEqual(['Encounter/g Encounter/h', 'Encounter/o']);
    const twoOfOne = join(
      visit('h1', 'system-c', numbered('SPELL-1')),
      visit('h2', 'system-c', { ...numbered('SPELL-1'), period: { start: '2026-11-14T19:00:00Z' } }),
      visit('g', 'emis', { ...numbered('SPELL-1'), period: { start: '2026-11-18' } }),
    );
    expect(twoOfOne).toHaveLength(3);
  });

  it('is no number of an event when it is a placeholder, a patient’s number, or has no system', () => {
    for (const identifier of [
      [{ system: visits, value: '0000' }],
      [{ system: visits, value: 'N/A' }],
      [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
      [{ value: 'RKE-1' }],
      [{ system: visits, value: 'RKE-1', use: 'old' as const }],
    ]) {
      const apart = join(
        visit('h', 'system-c', { identifier }),
        visit('g', 'emis', { identifier, period: { start: '2026-11-18T10:00:00Z' } }),
      );
      expect(apart).toHaveLength(2);
    }
  });

  it('is not believed between two hospitals: numbers of different houses can be alike', () => {
    const apart = join(
      visit('a', 'system-c', numbered('2139')),
      visit('b', 'carecast', { ...numbered('2139'), serviceProvider: { display: 'University College Hospital' } }),
    );
    expect(apart).toHaveLength(2);
  });

  it('named by an entry that names two visits links it to neither', () => {
    const both = { identifier: [...numbered('RKE-1').identifier, ...numbered('RKE-2').identifier] };
    const apart = join(
      visit('h1', 'system-c', numbered('RKE-1')),
      visit('h2', 'system-c', { ...numbered('RKE-2'), period: { start: '2026-11-15T09:00:00Z' } }),
      visit('g', 'emis', { ...both, period: { start: '2026-11-14' }, reasonCode: [] }),
    );
    expect(apart).toHaveLength(3);
  });

  it('is named by a letter as the visit it is about, or by a visit as its booking', () => {
    const letter: DocumentReference = {
      resourceType: 'DocumentReference',
      id: 'd',
      meta: from('emis'),
      status: 'current',
      type: { text: 'Emergency department discharge letter' },
      date: '2026-11-30T10:00:00Z',
      content: [],
      context: { related: [{ identifier: { system: visits, value: 'RKE-1' } }] },
    };
    const [told, ...none] = join(visit('h', 'system-c', numbered('RKE-1')), letter);
    expect(none).toEqual([]);
    expect(told?.joined?.witnesses[1]?.because).toBe('names its visit number');
    const slot = { system: 'https://booking.example/slot', value: 'S-77' };
    const booking: Appointment = {
      resourceType: 'Appointment',
      id: 'b',
      meta: from('e-RS'),
      status: 'booked',
      identifier: [slot],
      start: '2026-11-14T09:50:00Z',
      participant: [],
    };
    const clinic = {
      class: { code: 'AMB' },
      type: [{ text: 'Outpatient visit' }],
      appointment: [{ identifier: slot }],
    };
    const [kept] = join(visit('h', 'system-c', clinic), booking);
    expect(kept?.detail).toContain('Planned for 14-Nov-2026 09:50, kept');
    expect(kept?.joined?.witnesses[1]?.because).toBe('names its booking number');
  });
});

describe('without an identifier', () => {
  const gp = (parts: Partial<Encounter> = {}) => visit('g', 'emis', parts);

  it('the same place and minute join', () => {
    const [entry] = join(visit('h', 'system-c'), gp());
    expect(entry?.joined?.witnesses[1]?.because).toBe('same place, same time, same reason');
  });

  it('what is missing never counts as agreement', () => {
    const bare = { serviceProvider: undefined, reasonCode: undefined };
    expect(join(visit('h', 'system-c'), gp({ ...bare, period: { start: '2026-11-14' } }))).toHaveLength(2);
    expect(join(visit('h', 'system-c'), gp({ period: undefined }))).toHaveLength(2);
    expect(join(visit('h', 'system-c', { meta: {} }), gp())).toHaveLength(2);
  });

  it('another place or another specialty never joins, whatever the time', () => {
    const elsewhere = gp({ serviceProvider: { display: 'University College Hospital' } });
    expect(join(visit('h', 'system-c'), elsewhere)).toHaveLength(2);
    const clinic = (specialty: string) => ({
      class: { code: 'AMB' },
      type: [{ text: 'Outpatient visit' }],
      serviceType: { text: specialty },
    });
    expect(join(visit('h', 'system-c', clinic('Cardiology')), gp(clinic('Dermatology')))).toHaveLength(2);
    expect(join(visit('h', 'system-c', clinic('Cardiology')), gp(clinic('Heart clinic')))).toHaveLength(1);
  });

  it('times hours apart stay two rows that name each other, with why', () => {
    const rows = join(visit('h', 'system-c'), gp({ period: { start: '2026-11-14T12:30:00Z' } }));
    expect(rows.map(({ key, unsure }) => [key, unsure])).toEqual([
      [
        'Encounter/h',
        [
          {
            key: 'Encounter/g',
            because: 'same place, times 3 hours apart, same reason',
            apart: 'times differ by 3 hours',
          },
        ],
      ],
      ['Encounter/g', [expect.objectContaining({ key: 'Encounter/h', apart: 'times differ by 3 hours' })]],
    ]);
  });

  it('what was over before the other began stays two rows, however near: two clinics of one morning are back to back', () => {
    const clinicFrom = (start: string, end: string) => ({
      class: { code: 'AMB' },
      type: [{ text: 'Outpatient visit' }],
      serviceType: { text: 'Ophthalmology' },
      period: { start: `2026-11-14T${start}:00Z`, end: `2026-11-14T${end}:00Z` },
    });
    const clinic = visit('h', 'system-c', clinicFrom('11:10', '11:30'));
    const [, entered] = join(clinic, gp(clinicFrom('10:40', '11:05')));
    expect(entered?.unsure).toEqual([
      expect.objectContaining({ key: 'Encounter/h', apart: 'times differ by 30 minutes' }),
    ]);
    // Noted while the visit lasted, or with an end that is no more than its beginning once again, it is the same visit rounded.
    expect(join(clinic, gp(clinicFrom('10:45', '11:15')))).toHaveLength(1);
    expect(join(clinic, gp(clinicFrom('10:45', '10:45')))).toHaveLength(1);
    const slot: Appointment = {
      resourceType: 'Appointment',
      id: 'b',
      meta: from('emis'),
      status: 'fulfilled',
      participant: [{ actor: { type: 'Organization', ...whittington }, status: 'accepted' }],
      specialty: [{ text: 'Ophthalmology' }],
      start: '2026-11-14T10:40:00Z',
      end: '2026-11-14T11:00:00Z',
    };
    expect(join(clinic, slot), 'a slot that was kept late').toHaveLength(1);
  });

  it('two that fit are one too many: all stay apart', () => {
    const rows = join(
      visit('h1', 'system-c'),
      visit('h2', 'system-c', { period: { start: '2026-11-14T18:00:00Z', end: '2026-11-14T20:00:00Z' } }),
      gp({ period: { start: '2026-11-14' } }),
    );
    expect(rows).toHaveLength(3);
    expect(rows.find(({ key }) => key === 'Encounter/g')?.unsure).toHaveLength(2);
  });

  it('an hour off, where another visit stands at that hour, is not taken for it', () => {
    const rows = join(
      visit('h1', 'system-c', { period: { start: '2026-07-14T10:00:00Z' } }),
      visit('h2', 'system-c', { period: { start: '2026-07-14T11:00:00Z' } }),
      gp({ period: { start: '2026-07-14T11:00:00Z' } }),
    );
    expect(rows).toHaveLength(3);
  });

  it('two visits that both sources tell, each at its own minute, are two rows', () => {
    const later = { period: { start: '2026-11-14T11:00:00Z', end: '2026-11-14T11:30:00Z' } };
    const rows = join(visit('h1', 'system-c'), visit('h2', 'system-c', later), gp(), visit('g2', 'emis', later));
    expect(groupsOf(rows)).toEqual(['Encounter/g Encounter/h1', 'Encounter/g2 Encounter/h2']);
    expect(rows.some(({ unsure }) => unsure !== undefined)).toBe(false);
  });

  it('what was cancelled is not what took place', () => {
    const rows = join(visit('h', 'system-c'), gp({ status: 'cancelled' }));
    expect(rows).toHaveLength(2);
    expect(rows[0]?.unsure?.[0]?.apart).toBe('one says that it did not take place');
  });

  it('three sources join only where each two of them fit', () => {
    const at = (minutes: string) => ({
      class: { code: 'AMB' },
      type: [{ text: 'Outpatient visit' }],
      period: { start: `2026-11-14T10:${minutes}:00Z` },
    });
    const chain = join(visit('a', 'one', at('00')), visit('b', 'two', at('18')), visit('c', 'three', at('59')));
    expect(groupsOf(chain)).toEqual(['Encounter/a Encounter/b', 'Encounter/c']);
    const all = join(visit('a', 'one', at('00')), visit('b', 'two', at('05')), visit('c', 'three', at('10')));
    expect(groupsOf(all)).toEqual(['Encounter/a Encounter/b Encounter/c']);
  });
});

describe('what the joined row says', () => {
  it('contradicting outcomes are said on the row, in no one’s favour (misreading 10)', () => {
    const [entry] = join(
      visit('h', 'system-c', { hospitalization: { dischargeDisposition: { text: 'Admitted to this hospital' } } }),
      visit('g', 'emis', { hospitalization: { dischargeDisposition: { text: 'Home' } } }),
    );
    expect(entry?.cautions).toContain('Sources differ: outcome');
    expect(entry?.joined?.differences).toContainEqual({
      what: 'outcome',
      said: [
        { key: 'Encounter/h', words: 'Admitted to this hospital' },
        { key: 'Encounter/g', words: 'Home' },
      ],
    });
  });

  it('one outcome in other words, and silence, are no contradiction', () => {
    const [entry] = join(
      visit('h', 'system-c', { hospitalization: { dischargeDisposition: { text: 'Usual place of residence' } } }),
      visit('g', 'emis', { hospitalization: { dischargeDisposition: { text: 'Discharged home' } } }),
    );
    expect(entry?.cautions).toEqual([]);
    expect(join(visit('h', 'system-c'), visit('g', 'emis'))[0]?.joined?.differences).toEqual([]);
  });

  it('a stay that one says is over and the other not stays open, and says that they differ (misreading 4)', () => {
    const stay = { class: { code: 'IMP' }, reasonCode: [] };
    const open = visit('h', 'system-c', { ...stay, status: 'in-progress', period: { start: '2026-11-14T10:00:00Z' } });
    const over = visit('g', 'emis', { ...stay, period: { start: '2026-11-14', end: '2026-11-19' } });
    const { entries } = mapRecord([open, over], contextOf(), joinEntries);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ state: 'open', lasting: true });
    expect(entries[0]?.cautions).toEqual(['No discharge recorded, as at 22-Nov-2026 10:42', 'Sources differ: outcome']);
  });

  it('mental health reasons are not told as a difference', () => {
    const contact = (reason: string) => ({
      class: { code: 'AMB' },
      type: [{ text: 'Mental health contact' }],
      reasonCode: [{ text: reason }],
    });
    const [entry] = join(visit('h', 'system-c', contact('Self harm')), visit('g', 'emis', contact('Low mood')));
    expect(entry?.joined?.witnesses).toHaveLength(2);
    expect(JSON.stringify(entry?.joined?.differences)).not.toMatch(/harm|mood/i);
  });
});

describe('a row that was shown before', () => {
  const stayed = [visit('g', 'emis'), visit('h', 'system-c', { period: { start: '2026-11-14T09:50:00Z' } })] as const;

  it('keeps its key, its place and its words when an older page brings a second witness', () => {
    const standing = new Map([['Encounter/g', 'Encounter/g']]);
    const [entry] = joinEntries(entriesOf(...stayed), { standing });
    expect(entry).toMatchObject({ key: 'Encounter/g', start: { text: '2026-11-14T10:00:00Z' } });
    expect(entry?.detail.at(-1)).toBe('Tells of: emergency department: chest pain, 14-Nov-2026 09:50');
    expect(joinEntries(entriesOf(...stayed))[0]?.key).toBe('Encounter/h');
  });

  it('gives way to a stay that is still open: that is pinned under Now, whoever told first (misreading 5)', () => {
    const stay = { class: { code: 'IMP' } };
    const [entry] = joinEntries(
      entriesOf(
        visit('g', 'emis', stay),
        visit('h', 'system-c', { ...stay, status: 'in-progress', period: { start: '2026-11-14T09:50:00Z' } }),
      ),
      { standing: new Map([['Encounter/g', 'Encounter/g']]) },
    );
    expect(entry).toMatchObject({ key: 'Encounter/h', state: 'open' });
  });
});

describe('the join of any record', () => {
  const anyVisit = fc.record({
    source: fc.constantFrom('emis', 'system-c', 'carecast', 'adastra', 'e-RS'),
    kind: fc.constantFrom('IMP', 'EMER', 'AMB'),
    words: fc.constantFrom('Outpatient visit', 'Seen', 'Hospital discharge report'),
    hour: fc.integer({ min: 0, max: 60 }),
    minute: fc.constantFrom(0, 5, 15, 30),
    dated: fc.constantFrom('time', 'time', 'day', 'none'),
    number: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    place: fc.option(fc.constantFrom('Whittington Hospital', 'UCLH'), { nil: undefined }),
    reason: fc.option(fc.constantFrom('Chest pain', 'Fall'), { nil: undefined }),
    booking: fc.boolean(),
  });
  type AnyVisit = typeof anyVisit extends fc.Arbitrary<infer T> ? T : never;
  const resourceOf = (any: AnyVisit, place: number): Resource => {
    const instant = new Date(Date.UTC(2026, 10, 14) + any.hour * 3_600_000 + any.minute * 60_000).toISOString();
    const start = any.dated === 'none' ? undefined : any.dated === 'day' ? instant.slice(0, 10) : instant;
    const common = {
      id: `r${place}`,
      meta: from(any.source),
      ...(any.number === undefined ? {} : numbered(`N${any.number}`)),
    };
    if (any.booking) {
      const participant = any.place === undefined ? [] : [{ actor: { type: 'Location', display: any.place } }];
      return { ...common, resourceType: 'Appointment', status: 'booked', start, participant } as Resource;
    }
    return {
      ...common,
      resourceType: 'Encounter',
      status: 'finished',
      class: { code: any.kind },
      type: [{ text: any.words }],
      period: start === undefined ? undefined : { start },
      serviceProvider: any.place === undefined ? undefined : { display: any.place },
      reasonCode: any.reason === undefined ? undefined : [{ text: any.reason }],
    } as Resource;
  };
  const records = fc.array(anyVisit, { maxLength: 14 }).map((all) => all.map(resourceOf));
  const hold = (check: (entries: Entry[]) => void) =>
    fc.assert(
      fc.property(records, (resources) => check(entriesOf(...resources))),
      { numRuns: 2000 },
    );

  it('keeps every statement in exactly one row, and every witness as it was', () => {
    hold((entries) => {
      const joined = joinEntries(entries);
      expect(joined.flatMap(({ statements }) => statements.map(({ reference }) => reference)).sort()).toEqual(
        entries.flatMap(({ statements }) => statements.map(({ reference }) => reference)).sort(),
      );
      const witnesses = joined.flatMap((row) => row.joined?.witnesses.map(({ entry }) => entry) ?? []);
      for (const witness of witnesses) expect(entries).toContain(witness);
    });
  });

  it('is the same in whatever order the entries come, and the second time', () => {
    hold((entries) => {
      const once = joinEntries(entries);
      const byKey = (rows: readonly Entry[]) => new Map(rows.map((row) => [row.key, row]));
      expect(byKey(joinEntries([...entries].reverse()))).toEqual(byKey(once));
      expect(byKey(joinEntries(once))).toEqual(byKey(once));
    });
  });

  it('tells of several doubts between two rows the strongest, whichever was found first', () => {
    const stay = (id: string, source: string, start: string, numbered: boolean, reason?: string): Resource =>
      ({
        resourceType: 'Encounter',
        id,
        meta: from(source),
        status: 'finished',
        class: { code: 'IMP' },
        ...(numbered ? { identifier: [{ system: 'https://numbers.example', value: 'N1' }] } : {}),
        type: [{ text: 'Outpatient visit' }],
        period: { start },
        ...(reason === undefined ? {} : { reasonCode: [{ text: reason }] }),
      }) as Resource;
    const told = [
      stay('r0', 'emis', '2026-11-14T00:00:00.000Z', false, 'Chest pain'),
      stay('r1', 'system-c', '2026-11-14T00:00:00.000Z', true, 'Chest pain'),
      stay('r2', 'carecast', '2026-11-15T00:00:00.000Z', true),
      stay('r3', 'carecast', '2026-11-14T00:00:00.000Z', true),
    ];
    for (const resources of [told, told.toReversed()]) {
      const row = joinEntries(entriesOf(...resources)).find(({ key }) => key === 'Encounter/r0');
      expect(row?.unsure?.map(({ because }) => because)).toEqual(['one reports the other, same day, same reason']);
    }
  });

  it('never brings two visits of one source together unless they bear one number', () => {
    hold((entries) => {
      for (const row of joinEntries(entries)) {
        const events = (row.joined?.witnesses ?? []).map(({ entry }) => entry).filter(({ kind }) => kind !== 'booking');
        for (const [place, a] of events.entries()) {
          for (const b of events.slice(place + 1)) {
            if (a.statements[0]?.source !== b.statements[0]?.source) continue;
            const numbers = [a, b].map(
              (entry) => (entry.statements[0]?.resource as Encounter | undefined)?.identifier?.[0]?.value,
            );
            expect(numbers[0]).toBeDefined();
            expect(numbers[0]).toBe(numbers[1]);
          }
        }
      }
    });
  });

  it('gives each source its own rows back when the others are gone', () => {
    hold((entries) => {
      const joined = joinEntries(entries);
      for (const source of ['emis', 'system-c']) {
        const own = entries.filter((entry) => entry.statements[0]?.source === source);
        const told = joined
          .flatMap((row) => row.joined?.witnesses.map(({ entry }) => entry) ?? [row])
          .filter((entry) => entry.statements[0]?.source === source);
        expect(told.map(({ key, title, start }) => ({ key, title, start })).sort(byKey)).toEqual(
          own.map(({ key, title, start }) => ({ key, title, start })).sort(byKey),
        );
      }
    });
  });

  it('has both rows of a doubtful pair name each other, by the keys they stand under', () => {
    hold((entries) => {
      const rows = new Map(joinEntries(entries).map((row) => [row.key, row]));
      for (const [key, row] of rows) {
        for (const pair of row.unsure ?? []) {
          expect(pair.key).not.toBe(key);
          expect(rows.get(pair.key)?.unsure?.some((back) => back.key === key)).toBe(true);
        }
      }
    });
  });
});

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : 1;
}
