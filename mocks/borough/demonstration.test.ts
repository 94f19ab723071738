import type { FhirResource } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { isSummerTime, parsePartialDate } from '../../fhir/partial-date.ts';
import { writeFhir } from '../writers/fhir.ts';
import type { SourceRecordLike } from '../writers/source-record.ts';
import { day, lastClockChange } from './clock.ts';
import { demonstrationPeople } from './demonstration.ts';
import { longRecord } from './demonstration/winston.ts';
import { secretWords } from './demonstration/jordan.ts';
import { makeBorough } from './make.ts';
import { deskStaff, intranetStaff } from './staff.ts';

const now = new Date('2026-11-22T10:42:00Z');
const people = demonstrationPeople(now);
const records = [...writeFhir(makeBorough({ people: 0, seed: 7, now }))];

function recordsOf(slot: number): SourceRecordLike[] {
  const number = people[slot - 1]?.nhsNumber;
  return records.filter(({ resources }) =>
    resources.some((each) => each.resourceType === 'Patient' && each.identifier?.some(({ value }) => value === number)),
  );
}

function told<T extends FhirResource['resourceType']>(
  slot: number,
  type: T,
  source?: string,
): Extract<FhirResource, { resourceType: T }>[] {
  return recordsOf(slot)
    .filter((record) => source === undefined || record.source === source)
    .flatMap(({ resources }) => resources)
    .filter((each): each is Extract<FhirResource, { resourceType: T }> => each.resourceType === type);
}

const wordsOf = (concept: { text?: string } | undefined): string => concept?.text ?? '';
const stays = (slot: number, source?: string) =>
  told(slot, 'Encounter', source).filter((each) => each.class?.code === 'IMP');
const allergyState = (slot: number, source?: string) =>
  told(slot, 'AllergyIntolerance', source).map(({ code }) =>
    code?.coding?.[0]?.code === '716186003' ? 'none known' : wordsOf(code),
  );
const isBefore = (text: string | undefined, instant: number): boolean =>
  (parsePartialDate(text)?.start ?? Infinity) < instant;

describe('the demonstration people', () => {
  test('are sixteen, for fifteen reasons, the same whatever the day', () => {
    expect(people).toHaveLength(16);
    const later = demonstrationPeople(new Date('2028-03-01T00:00:00Z'));
    expect(later.map(({ nhsNumber, name, systems }) => ({ nhsNumber, name, systems }))).toEqual(
      people.map(({ nhsNumber, name, systems }) => ({ nhsNumber, name, systems })),
    );
    expect(people[0]).toMatchObject({ nhsNumber: '9990000018', name: 'ADEYEMI, Florence (Mrs)' });
  });

  test('have a relationship with just the desks whose systems hold their record', () => {
    for (const [index, { systems }] of people.entries()) {
      const holders = recordsOf(index + 1).map(({ source }) => source);
      expect(new Set(holders.filter((source) => source !== 'patient')), people[index]?.name).toEqual(new Set(systems));
    }
  });

  test('leave every desk somebody to open: at least four people each', () => {
    for (const system of ['emis', 'system-c', 'adastra', 'carecast', 'liquidlogic'] as const) {
      expect(people.filter(({ systems }) => systems.includes(system)).length, system).toBeGreaterThanOrEqual(4);
    }
  });

  test('have results over years: a limit beside numbers, and a change of units that nobody converts (misreading 20)', () => {
    const kidneys = told(3, 'Observation', 'emis').filter((each) => wordsOf(each.code) === 'eGFR');
    expect(kidneys.filter(({ valueQuantity }) => valueQuantity?.comparator === '<')).toHaveLength(5);
    expect(kidneys.length).toBeGreaterThan(25);
    const sugar = told(8, 'Observation').filter((each) => wordsOf(each.code) === 'HbA1c');
    const units = sugar.map(({ code, valueQuantity }) => `${code.coding?.[0]?.code} ${valueQuantity?.unit}`);
    expect(new Set(units)).toEqual(new Set(['4548-4 %', '59261-8 mmol/mol']));
    for (const type of ['85354-9', '29463-7']) {
      const codes = [1, 8].flatMap((slot) => told(slot, 'Observation').map((each) => each.code.coding?.[0]?.code));
      expect(codes.filter((code) => code === type).length, type).toBeGreaterThan(5);
    }
  });

  test('show all states of allergies between them, and two sources that disagree', () => {
    expect(allergyState(1)).toEqual(['Penicillin']);
    expect(allergyState(12)).toEqual(['none known']);
    expect(allergyState(7)).toEqual([]);
    expect(allergyState(2, 'emis')).toEqual(['none known']);
    expect(allergyState(2, 'system-c')).toEqual(['Latex']);
  });
});

describe('each is there for a reason that holds', () => {
  test('1 Florence: a stay with two wards, told by hospital and GP with one visit number and different ends', () => {
    const stay = stays(1, 'system-c').find((each) => wordsOf(each.reasonCode?.[0]).includes('hip'));
    expect(stay?.period).toEqual({ start: '2026-11-14T02:41:00+00:00', end: '2026-11-19T15:30:00+00:00' });
    expect(stay?.location?.map(({ location }) => location.display)).toEqual([
      'Mary Seacole ward, Whittington Hospital',
      'Coyle ward, Whittington Hospital',
    ]);
    const entered = told(1, 'Encounter', 'emis').find(
      (each) => each.identifier?.[0]?.value === stay?.identifier?.[0]?.value,
    );
    expect(entered?.period?.end).toBe('2026-11-19T18:00:00+00:00');
    expect(
      told(1, 'Procedure')
        .filter(({ encounter }) => encounter?.reference === `Encounter/${stay?.id}`)
        .map(({ code }) => wordsOf(code)),
    ).toEqual(['Hemiarthroplasty of hip']);
  });

  test('1 Florence: an active package, one on hold, one ended, an assessment and a request still open', () => {
    const packages = told(1, 'EpisodeOfCare').map(({ status, type }) => `${wordsOf(type?.[0])} ${status}`);
    expect(packages).toEqual(
      expect.arrayContaining(['Reablement package active', 'Day centre place onhold', 'Reablement package finished']),
    );
    expect(told(1, 'Task').some(({ status }) => status === 'in-progress')).toBe(true);
    expect(told(1, 'ServiceRequest').some(({ status }) => status === 'active')).toBe(true);
  });

  test('1 Florence: bookings ahead, cancelled, missed, and one in the past that nobody said was kept', () => {
    const bookings = told(1, 'Appointment');
    const past = bookings.filter(({ start }) => isBefore(start, now.getTime()));
    expect(past.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['booked', 'cancelled', 'noshow', 'fulfilled']),
    );
    expect(bookings.filter(({ start }) => !isBefore(start, now.getTime())).length).toBeGreaterThanOrEqual(4);
    const unknown = past.find(({ status }) => status === 'booked');
    expect(
      told(1, 'Encounter').some(
        ({ appointment }) => appointment?.some(({ reference }) => reference === `Appointment/${unknown?.id}`) === true,
      ),
    ).toBe(false);
  });

  test('1 Florence: something in all seven care settings', () => {
    const types = told(1, 'Encounter').map(({ type }) => wordsOf(type?.[0]));
    expect(types).toEqual(
      expect.arrayContaining([
        'GP surgery consultation',
        'Hospital stay',
        'NHS 111 call',
        'Community nurse visit',
        'Mental health contact',
      ]),
    );
    expect(told(1, 'Observation', 'patient').length).toBeGreaterThan(3);
    expect(told(1, 'CarePlan').map(({ title }) => title)).toEqual(['Treatment escalation plan']);
  });

  test('2 Patrick: four sources tell of one stay, and the GP’s account is a day longer', () => {
    const stay = stays(2, 'system-c').find(({ location }) => location?.length === 3);
    const end = parsePartialDate(stay?.period?.end)?.start ?? 0;
    const start = parsePartialDate(stay?.period?.start)?.start ?? 0;
    const entered = stays(2, 'emis').find((each) => each.identifier?.[0]?.value === stay?.identifier?.[0]?.value);
    expect(parsePartialDate(entered?.period?.end)?.start).toBeGreaterThan(end);
    const calls = told(2, 'Encounter', 'adastra').filter(
      ({ period }) => Math.abs((parsePartialDate(period?.start)?.start ?? 0) - start) < day,
    );
    expect(calls.map(({ type }) => wordsOf(type?.[0]))).toEqual(['NHS 111 call', 'Out-of-hours visit']);
    expect(calls[1]?.partOf?.reference).toBe(`Encounter/${calls[0]?.id}`);
    const within = told(2, 'Task').filter(
      ({ code, executionPeriod }) =>
        wordsOf(code) === 'Hospital Discharge Assessment' &&
        !isBefore(executionPeriod?.start, start) &&
        isBefore(executionPeriod?.start, end),
    );
    expect(within).toHaveLength(1);
  });

  test('3 Winston: 1,500 encounters in about twenty-five years, and a stay of sixty nights', () => {
    const encounters = told(3, 'Encounter');
    expect(encounters).toHaveLength(longRecord);
    const starts = encounters.map(({ period }) => parsePartialDate(period?.start)?.start ?? 0);
    expect((now.getTime() - Math.min(...starts)) / (365.25 * day)).toBeGreaterThan(20);
    expect((now.getTime() - Math.min(...starts)) / (365.25 * day)).toBeLessThan(26);
    const nights = stays(3, 'carecast').map(({ period }) =>
      Math.round(((parsePartialDate(period?.end)?.start ?? 0) - (parsePartialDate(period?.start)?.start ?? 0)) / day),
    );
    expect(nights).toContain(60);
  });

  test('4 the newborn: days old, called Baby in hospital, her number not yet traced there, few entries', () => {
    const [ward] = told(4, 'Patient', 'system-c');
    const [gp] = told(4, 'Patient', 'emis');
    expect(ward?.name?.[0]?.given).toEqual(['Baby']);
    expect(gp?.name?.[0]?.given).toEqual(['Zara']);
    expect(ward?.birthDate).toBe('2026-11-18');
    expect(ward?.identifier?.[0]?.extension?.[0]?.valueCodeableConcept?.coding?.[0]?.code).toBe('08');
    expect(stays(4)[0]?.hospitalization?.admitSource?.coding?.[0]?.code).toBe('79');
    expect(told(4, 'Encounter').length).toBeLessThan(6);
  });

  test('5 Margaret: three sources say when she died, one does not, and nothing begins afterwards', () => {
    const deaths = recordsOf(5).map(({ source, resources }) => [
      source,
      resources.find((each) => each.resourceType === 'Patient')?.deceasedDateTime,
    ]);
    expect(Object.fromEntries(deaths)).toEqual({
      emis: '2026-10-13T04:20:00+01:00',
      'system-c': '2026-10-13T04:20:00+01:00',
      liquidlogic: '2026-10-13T04:20:00+01:00',
      adastra: undefined,
    });
    const died = Date.parse('2026-10-13T03:20:00Z');
    expect(told(5, 'Encounter').every(({ period }) => isBefore(period?.start, died))).toBe(true);
    expect(told(5, 'EpisodeOfCare').map(({ status }) => status)).toEqual(['finished']);
    expect(
      stays(5, 'system-c').some(({ extension }) => extension?.[0]?.valueCodeableConcept?.coding?.[0]?.code === '4'),
    ).toBe(true);
  });

  test('6 and 7: two people, one name and birthday, one practice, two numbers', () => {
    const [one, other] = [told(6, 'Patient', 'emis')[0], told(7, 'Patient', 'emis')[0]];
    expect(one?.name).toEqual(other?.name);
    expect(one?.birthDate).toBe(other?.birthDate);
    expect(one?.managingOrganization).toEqual(other?.managingOrganization);
    expect(people[5]?.nhsNumber).not.toBe(people[6]?.nhsNumber);
  });

  test('6: in hospital since sixty days, no discharge recorded, and seen by the GP since', () => {
    const open = stays(6, 'carecast').find(({ period }) => period?.end === undefined);
    expect(open?.status).toBe('in-progress');
    expect(Math.round((now.getTime() - (parsePartialDate(open?.period?.start)?.start ?? 0)) / day)).toBe(60);
    expect(told(6, 'Encounter', 'emis').some(({ period }) => !isBefore(period?.start, now.getTime() - 25 * day))).toBe(
      true,
    );
  });

  test('8 Ayesha: the official name is Bengali, the Latin one stands second, some systems hold only that', () => {
    const [gp] = told(8, 'Patient', 'emis');
    expect(gp?.name?.[0]?.family).toMatch(/^\p{Script=Bengali}+$/u);
    expect(gp?.name?.[0]?.use).toBe('official');
    expect(gp?.name?.[1]).toMatchObject({ use: 'usual', family: 'Rahman', given: ['Ayesha'] });
    expect(told(8, 'Patient', 'carecast')[0]?.name?.map(({ family }) => family)).toEqual(['Rahman']);
  });

  test('9 Ewa: a year, a month, no date at all, an end before its start, no class, no type', () => {
    const encounters = told(9, 'Encounter');
    expect(encounters.map(({ period }) => period?.start)).toEqual(
      expect.arrayContaining(['2019', '2019-04', '2018', undefined]),
    );
    expect(encounters.filter(({ period }) => period === undefined)).toHaveLength(3);
    const turned = encounters.filter(
      ({ period }) => (parsePartialDate(period?.end)?.end ?? Infinity) < (parsePartialDate(period?.start)?.start ?? 0),
    );
    expect(turned).toHaveLength(2);
    expect(encounters.filter((each) => each.class?.code === undefined)).toHaveLength(2);
    expect(encounters.filter(({ type }) => type === undefined)).toHaveLength(3);
  });

  test('10 Jordan: R, PSY and V labels on visits, while what is linked to them carries none', () => {
    const all = recordsOf(10).flatMap(({ resources }) => resources);
    const labelled = all.filter(({ meta }) => meta?.security !== undefined);
    expect(labelled.map(({ resourceType }) => resourceType)).toEqual(['Encounter', 'Encounter', 'Encounter']);
    expect(new Set(labelled.flatMap(({ meta }) => meta?.security?.map(({ code }) => code)))).toEqual(
      new Set(['V', 'PSY', 'R', 'STD']),
    );
    const clinic = labelled.find(({ meta }) => meta?.security?.some(({ code }) => code === 'R'));
    const linked = all
      .filter((each) => JSON.stringify(each).includes(`"Encounter/${clinic?.id}"`))
      .map(({ resourceType }) => resourceType);
    expect(new Set(linked)).toEqual(
      new Set(['DocumentReference', 'DiagnosticReport', 'Observation', 'MedicationRequest']),
    );
    expect(all.filter(({ meta }) => meta?.security === undefined).length).toBeGreaterThan(20);
  });

  test('10 Jordan: the words that must not leak stand only in what is labelled or linked to it', () => {
    const all = recordsOf(10).flatMap(({ resources }) => resources);
    const labelled = new Set(all.filter(({ meta }) => meta?.security !== undefined).map(({ id }) => id));
    const booked = new Set(
      told(10, 'Encounter')
        .filter(({ id }) => labelled.has(id))
        .flatMap(({ appointment }) => appointment?.map(({ reference }) => reference)),
    );
    for (const each of all) {
      const text = JSON.stringify(each);
      if (!Object.values(secretWords).some((word) => text.includes(word))) continue;
      const linked = [...labelled].some((id) => text.includes(`"Encounter/${id}"`));
      expect(
        labelled.has(each.id) || linked || booked.has(`${each.resourceType}/${each.id}`),
        `${each.resourceType}/${each.id}`,
      ).toBe(true);
    }
  });

  test('11 Robin: a Patient record and nothing else', () => {
    expect(
      recordsOf(11).map(({ source, resources }) => [source, resources.map(({ resourceType }) => resourceType)]),
    ).toEqual([['emis', ['Patient']]]);
  });

  test('12 Kwame: bookings, all ahead of him, and no event yet', () => {
    expect(told(12, 'Encounter')).toEqual([]);
    const bookings = told(12, 'Appointment');
    expect(bookings).toHaveLength(4);
    expect(bookings.some(({ start }) => isBefore(start, now.getTime()))).toBe(false);
  });

  test('13 Siobhan: two calls at 01:30 an hour apart in autumn, a stay over the hour that never was in spring', () => {
    const starts = told(13, 'Encounter', 'adastra').map(({ period }) => period?.start);
    expect(starts).toEqual(
      expect.arrayContaining([
        '2026-10-25T01:30:00+01:00',
        '2026-10-25T01:30:00+00:00',
        '2026-03-29T00:50:00+00:00',
        '2026-03-29T02:35:00+01:00',
      ]),
    );
    const spring = lastClockChange(now.getTime(), 'spring');
    const over = stays(13, 'system-c').find(
      ({ period }) => isBefore(period?.start, spring) && !isBefore(period?.end, spring),
    );
    expect(isSummerTime(parsePartialDate(over?.period?.start)?.start ?? 0)).toBe(false);
    expect(isSummerTime(parsePartialDate(over?.period?.end)?.start ?? 0)).toBe(true);
  });
});

describe('whatever the day and hour', () => {
  const instants = [
    ['a Sunday morning in winter', '2026-11-22T10:42:00Z'],
    ['a Monday before any batch', '2027-02-01T01:10:00Z'],
    ['the night the clocks go back', '2026-10-25T01:30:00Z'],
    ['the day after they went forward', '2027-03-29T08:00:00Z'],
    ['a summer evening', '2027-07-16T21:55:00Z'],
    ['New Year', '2027-01-01T00:00:30Z'],
  ] as const;

  test.each(instants)('the stories hold: %s', (_, instant) => {
    const at = new Date(instant);
    const then = [...writeFhir(makeBorough({ people: 0, seed: 7, now: at }))];
    const holders = demonstrationPeople(at).map(({ nhsNumber }) =>
      then.filter(({ resources }) =>
        resources.some(
          (each) => each.resourceType === 'Patient' && each.identifier?.some(({ value }) => value === nhsNumber),
        ),
      ),
    );
    for (const [index, { systems, name }] of demonstrationPeople(at).entries()) {
      expect(
        new Set(holders[index]?.map(({ source }) => source).filter((source) => source !== 'patient')),
        name,
      ).toEqual(new Set(systems));
    }
    const of = (slot: number): FhirResource[] => holders[slot - 1]?.flatMap(({ resources }) => resources) ?? [];
    expect(of(3).filter(({ resourceType }) => resourceType === 'Encounter')).toHaveLength(longRecord);
    const open = of(1).flatMap((each) =>
      each.resourceType === 'EpisodeOfCare' || each.resourceType === 'Task' || each.resourceType === 'ServiceRequest'
        ? [`${each.resourceType} ${each.status}`]
        : [],
    );
    expect(open).toEqual(
      expect.arrayContaining([
        'EpisodeOfCare active',
        'EpisodeOfCare onhold',
        'EpisodeOfCare finished',
        'Task in-progress',
        'Task accepted',
        'ServiceRequest active',
      ]),
    );
    expect(
      of(6).some(
        (each) => each.resourceType === 'Encounter' && each.class?.code === 'IMP' && each.period?.end === undefined,
      ),
    ).toBe(true);
    expect(of(12).some(({ resourceType }) => resourceType === 'Encounter')).toBe(false);
    const doubled = of(13).filter(
      (each) => each.resourceType === 'Encounter' && each.period?.start?.includes('T01:30:00') === true,
    );
    expect(doubled).toHaveLength(2);
  });
});

describe('the desks’ staff', () => {
  test('are two or three at each desk, with job roles and organisations, and one of each kind at the intranet', () => {
    for (const users of Object.values(deskStaff)) {
      expect(users.length).toBeGreaterThanOrEqual(2);
      for (const user of users)
        expect(user).toMatchObject({
          id: expect.stringMatching(/^5550\d{8}$/),
          role: expect.stringMatching(/^R\d{4}$/),
          organisationName: expect.stringMatching(/\w/),
        });
    }
    expect(deskStaff.emis[0]).toMatchObject({ name: 'Dr Adaeze Okafor', role: 'R0260', organisation: 'F83063' });
    expect(new Set(intranetStaff.map(({ organisation, role }) => `${organisation} ${role}`)).size).toBe(
      intranetStaff.length,
    );
  });
});
