import * as fc from 'fast-check';
import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { loinc, snomed, ucum } from '../../../fhir/systems.ts';
import { from, now } from '../testing.ts';
import { trendsOf } from './series.ts';
import { egfr, pressure, result } from './testing.ts';
import { askForSeries, trendAskOf } from './trend-ask.ts';

const context = { patientId: 'p1', now };
const trends = (...observations: Observation[]) => trendsOf(observations, context);
const shapes = (...observations: Observation[]) =>
  trends(...observations).series.map(({ name, unit, readings }) => [name, unit, readings.map(({ words }) => words)]);

describe('results over time', () => {
  it('a blood pressure is one reading of two numbers, written as clinicians write it', () => {
    expect(shapes(pressure('1', '2026-10-01', 152, 88), pressure('2', '2026-09-01', 148, 84))).toEqual([
      ['Blood pressure', 'mmHg', ['148/84 mmHg', '152/88 mmHg']],
    ]);
  });

  it('stand oldest first, whatever order they came in, the most asked-for measurements before others', () => {
    const sodium = result('s', '2026-01-01', '2951-2', 136, 'mmol/L');
    const [first, second] = trends(sodium, egfr('b', '2026-03', 48), egfr('a', '2025-11-02', 51)).series;
    expect([first?.name, second?.name]).toEqual(['eGFR', '2951-2']);
    expect(first?.readings.map(({ key }) => key)).toEqual(['Observation/a', 'Observation/b']);
  });

  it('two units never share a series, and nothing is converted (misreading 20)', () => {
    expect(
      shapes(
        result('old', '2012-01-01', '4548-4', 7.4, '%'),
        result('new', '2026-01-01', '59261-8', 58, 'mmol/mol'),
        result('odd', '2025-02-01', '59261-8', 7.5, '%'),
      ),
    ).toEqual([
      ['HbA1c', 'mmol/mol', ['58 mmol/mol']],
      ['HbA1c', '%', ['7.5 %']],
      ['HbA1c', '%', ['7.4 %']],
    ]);
  });

  it('two spellings of one unit are one unit; a value without a unit stands alone', () => {
    const bare = { valueQuantity: { value: 81 } };
    const spelled = { valueQuantity: { value: 80, unit: 'mmol/l' } };
    expect(
      shapes(
        result('1', '2026-01-01', '2823-3', 79, 'mmol/L'),
        result('2', '2026-02-01', '2823-3', 0, '', spelled),
        result('3', '2026-03-01', '2823-3', 0, '', bare),
      ).map(([, unit, words]) => [unit, words]),
    ).toEqual(
      expect.arrayContaining([
        ['mmol/L', ['79 mmol/L', '80 mmol/L']],
        [undefined, ['81']],
      ]),
    );
    const absolute = result('4', '2026-01-01', '33914-3', 50, 'mL/min');
    expect(shapes(egfr('5', '2026-01-01', 50), absolute)).toHaveLength(2);
  });

  it('"<15" is a limit and never a number on the line (misreading 20)', () => {
    const under = egfr('u', '2026-01-01', 15, {
      valueQuantity: { value: 15, comparator: '<', unit: 'mL/min/{1.73_m2}', system: ucum, code: 'mL/min/{1.73_m2}' },
    });
    const [series] = trends(under, egfr('e', '2025-01-01', 17)).series;
    expect(series?.readings.map(({ values, words }) => [values[0].bound, words])).toEqual([
      ['exact', '17 mL/min/1.73 m2'],
      ['below', '<15 mL/min/1.73 m2'],
    ]);
  });

  it('outside is said against the range that the result itself came with, and only where that follows', () => {
    const limit = (comparator: '<' | '>', value: number) =>
      egfr(`${comparator}${value}`, '2026-01-01', value, {
        valueQuantity: { value, comparator, unit: 'mL/min/{1.73_m2}', code: 'mL/min/{1.73_m2}', system: ucum },
      });
    const outside = (observation: Observation) => trends(observation).series[0]?.readings[0].outside;
    expect(outside(egfr('1', '2026-01-01', 59))).toBe(true);
    expect(outside(egfr('2', '2026-01-01', 60))).toBe(false);
    expect(outside(egfr('3', '2026-01-01', 10, { referenceRange: [] }))).toBe(false);
    expect(outside(limit('<', 15))).toBe(true);
    expect(outside(limit('<', 90))).toBe(false);
    expect(outside(limit('>', 90))).toBe(false);
    const elsewhere = { referenceRange: [{ low: { value: 1, unit: 'mL/s', code: 'mL/s', system: ucum } }] };
    expect(outside(egfr('4', '2026-01-01', 0.5, elsewhere))).toBe(false);
    const target = { referenceRange: [{ low: { value: 60 }, type: { coding: [{ code: 'treatment' }] } }] };
    expect(outside(egfr('5', '2026-01-01', 50, target))).toBe(false);
  });

  it('who took each is kept: the person at home, a laboratory, the practice, others', () => {
    const own = { performer: [{ reference: 'Patient/p1' }], meta: from('patient') };
    const [series] = trends(
      pressure('home', '2026-10-03', 150, 90, own),
      pressure('gp', '2026-10-02', 140, 80),
      pressure('ward', '2026-10-01', 130, 70, { meta: from('system-c') }),
    ).series;
    expect(series?.readings.map(({ origin, source }) => [origin, source])).toEqual([
      ['other', 'Whittington Hospital'],
      ['gp', 'GP'],
      ['home', 'Shared by the person'],
    ]);
    expect(trends(egfr('lab', '2026-01-01', 50)).series[0]?.readings[0].origin).toBe('laboratory');
  });

  it('a month or a year is a span and not a day of our choosing (T1)', () => {
    const [series] = trends(egfr('1', '2019-04', 60), egfr('2', '2026-01-01', 50)).series;
    const [old, day] = series?.readings ?? [];
    expect([old?.span.start, old?.span.end]).toEqual([
      Date.parse('2019-04-01T00:00:00+01:00'),
      Date.parse('2019-05-01T00:00:00+01:00'),
    ]);
    expect(day?.span.start).toBe(day?.span.end);
  });

  it.each<[string, Observation, RegExp]>([
    [
      'a word',
      egfr('1', '2026-01-01', 0, { valueQuantity: undefined, valueString: 'Haemolysed' }),
      /words: Haemolysed/,
    ],
    ['no value', egfr('1', '2026-01-01', 0, { valueQuantity: undefined }), /No value was sent/],
    [
      'a reason',
      egfr('1', '2026-01-01', 0, { valueQuantity: undefined, dataAbsentReason: { text: 'Not done' } }),
      /Not done/,
    ],
    ['no date', { ...egfr('1', '', 50), effectiveDateTime: undefined }, /Date not recorded.*50 mL/],
    [
      'only a report',
      { ...egfr('1', '', 50, { issued: '2026-01-02' }), effectiveDateTime: undefined },
      /reported 02-Jan-2026/,
    ],
    ['a date to come', egfr('1', '2031-01-01', 50), /after today/],
    ['no code', { ...egfr('1', '2026-01-01', 50), code: { text: 'eGFR' } }, /without a code/],
    [
      'an unknown sign',
      egfr('1', '2026-01-01', 0, { valueQuantity: { value: 15, comparator: 'ad' as '<' } }),
      /not known: ad 15/,
    ],
    ['cancelled', egfr('1', '2026-01-01', 50, { status: 'cancelled' }), /Cancelled/],
    ['a ratio', egfr('1', '2026-01-01', 0, { valueQuantity: undefined, valueRatio: {} }), /Not one number/],
  ])('what cannot be drawn says why and keeps its value: %s', (_, observation, reason) => {
    const { series, unusable } = trends(observation);
    expect(series).toEqual([]);
    expect(unusable.map((one) => one.reason)).toEqual([expect.stringMatching(reason)]);
  });

  it('a pressure with one number missing keeps the other, and says that one is missing', () => {
    const half = pressure('1', '2026-01-01', 150, 90);
    const [upper, lower] = half.component;
    const { series, unusable } = trends({ ...half, component: [upper, { code: lower.code }] });
    expect(series.map(({ name }) => name)).toEqual(['Systolic blood pressure']);
    expect(unusable.map(({ name, reason }) => [name, reason])).toEqual([
      ['Diastolic blood pressure', 'No value was sent.'],
    ]);
  });

  it('what was entered in error is left out, and counted', () => {
    expect(trends(egfr('1', '2026-01-01', 5, { status: 'entered-in-error' }))).toEqual({
      series: [],
      unusable: [],
      withdrawn: 1,
    });
  });
});

describe('which results are of one test', () => {
  const coded = (id: string, ...codes: [string, string][]): Observation => ({
    ...result(id, `2026-01-0${id}`, '', 5, 'mmol/L'),
    code: { coding: codes.map(([system, code]) => ({ system, code })), text: 'Glucose' },
  });

  it('is told by code and never by words alone', () => {
    expect(shapes(coded('1', [loinc, '2345-7']), coded('2', [loinc, '15074-8']))).toHaveLength(2);
  });

  it('a general code that two tests share joins neither; one that a single test carries joins that', () => {
    const serum = coded('1', [loinc, '2345-7'], [snomed, '33747003']);
    const general = coded('3', [snomed, '33747003']);
    expect(shapes(serum, general)).toHaveLength(1);
    expect(shapes(serum, coded('2', [loinc, '15074-8'], [snomed, '33747003']), general)).toHaveLength(3);
  });

  it('a code without its system is compared within its own source only', () => {
    const bare = (id: string, source: string): Observation => ({
      ...coded(id),
      code: { coding: [{ code: 'GLU' }], text: 'Glucose' },
      meta: from(source),
    });
    expect(shapes(bare('1', 'emis'), bare('2', 'emis'), bare('3', 'carecast'))).toHaveLength(2);
  });

  it('a weight under LOINC and a weight under SNOMED CT are one series', () => {
    expect(
      shapes(
        { ...result('1', '2026-01-01', '29463-7', 70, 'kg') },
        { ...result('2', '2026-02-01', '', 71, 'kg'), code: { coding: [{ system: snomed, code: '27113001' }] } },
      ),
    ).toEqual([['Weight', 'kg', ['70 kg', '71 kg']]]);
  });
});

describe('what is asked of the hub', () => {
  it('every code of a measure, so that a source with another one is not left out', () => {
    const ask = trendAskOf(pressure('1', '2026-01-01', 150, 90), context);
    expect(ask?.name).toBe('Blood pressure');
    expect(ask?.codes).toEqual(expect.arrayContaining([`${loinc}|85354-9`, `${snomed}|75367002`, `${loinc}|8480-6`]));
  });

  it('nothing, where there is no number or no code to look for', () => {
    expect(trendAskOf({ ...egfr('1', '2026-01-01', 50), code: { text: 'eGFR' } }, context)).toBeUndefined();
    const words = egfr('1', '2026-01-01', 0, { valueQuantity: undefined, valueString: 'Haemolysed' });
    expect(trendAskOf(words, context)).toBeUndefined();
  });

  it('a code without its system is looked for by itself', () => {
    const [series] = trends({ ...egfr('1', '2026-01-01', 50), code: { coding: [{ code: 'GFR' }] } }).series;
    expect(series === undefined ? undefined : askForSeries(series).codes).toEqual(['GFR']);
  });
});

describe('whatever is sent', () => {
  const anyValue = fc.record({
    value: fc.option(fc.double({ min: -10, max: 900, noNaN: true }), { nil: undefined }),
    comparator: fc.constantFrom(undefined, '<', '<=', '>', '>=', 'ad'),
    unit: fc.constantFrom('mmol/L', 'mmol/l', 'mg/dL', '%', undefined),
  });
  const anyObservation = fc
    .record({
      id: fc.uuid(),
      status: fc.constantFrom('final', 'preliminary', 'entered-in-error', 'cancelled', undefined),
      code: fc.constantFrom('33914-3', '59261-8', '4548-4', '29463-7', '2823-3', undefined),
      taken: fc.constantFrom(
        '2019',
        '2020-04',
        '2026-01-02',
        '2026-01-02T10:00:00Z',
        '2030-01-01',
        'unreadable',
        undefined,
      ),
      own: anyValue,
      parts: fc.array(anyValue, { maxLength: 3 }),
    })
    .map(({ id, status, code, taken, own, parts }) => {
      const coding = code === undefined ? [] : [{ system: loinc, code }];
      const quantity = (one: typeof own) => ({ value: one.value, comparator: one.comparator, unit: one.unit });
      return {
        resourceType: 'Observation',
        id,
        status,
        code: { coding, text: 'A test' },
        effectiveDateTime: taken,
        valueQuantity: parts.length === 0 ? quantity(own) : undefined,
        component: parts.map((part) => ({ code: { coding }, valueQuantity: quantity(part) })),
      } as unknown as Observation;
    });

  it('no observation is lost: every one is a reading, something that says why not, or withdrawn', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyObservation, { selector: ({ id }) => id, maxLength: 12 }), (observations) => {
        const { series, unusable, withdrawn } = trendsOf(observations, context);
        const readings = series.flatMap((one) => [...one.readings]);
        const told = new Set([...readings, ...unusable].map(({ observation }) => observation.id));
        expect(told.size + withdrawn).toBe(observations.length);
        const values = observations
          .filter(({ status }) => status !== 'entered-in-error')
          .reduce((sum, { component }) => sum + Math.max(1, component?.length ?? 0), 0);
        expect(readings.length + unusable.length).toBe(values);
        expect(unusable.every(({ reason }) => reason.endsWith('.'))).toBe(true);
      }),
    );
  });

  it('a series never mixes units, codes or methods, and each stands in one series only', () => {
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 12 }), (observations) => {
        const { series } = trendsOf(observations, context);
        expect(new Set(series.map(({ key }) => key)).size).toBe(series.length);
        for (const { readings } of series) {
          expect(new Set(readings.map(({ unit }) => unit.key)).size).toBe(1);
          expect(new Set(readings.map(({ codes }) => codes[0])).size).toBe(1);
          const starts = readings.map(({ span }) => span.start);
          expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        }
      }),
    );
  });
});
