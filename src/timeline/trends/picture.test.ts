import * as fc from 'fast-check';
import type { Observation } from 'fhir/r4';
import { expect, it } from 'vitest';
import { ucum } from '../../../fhir/systems.ts';
import { from, now } from '../testing.ts';
import { type Picture, pictureOf } from './picture.ts';
import { trendsOf } from './series.ts';
import { egfr, pressure } from './testing.ts';

const frame = { width: 640, height: 210, left: 44, right: 16, top: 18, bottom: 26 };

function drawn(...observations: Observation[]): Picture {
  const [series] = trendsOf(observations, { patientId: 'p1', now }).series;
  if (series === undefined) throw new Error('nothing to draw');
  return pictureOf(series.readings, frame, series.readings[0].span.start, now);
}

const under = (id: string, taken: string) =>
  egfr(id, taken, 15, {
    valueQuantity: { value: 15, comparator: '<', unit: 'mL/min/{1.73_m2}', system: ucum, code: 'mL/min/{1.73_m2}' },
  });

it('every number of every reading has one place, inside the frame', () => {
  const years = fc.integer({ min: 2000, max: 2026 });
  fc.assert(
    fc.property(fc.array(fc.tuple(years, fc.double({ min: 0, max: 400, noNaN: true })), { minLength: 1 }), (all) => {
      const { dots, bands } = drawn(...all.map(([year, value], index) => egfr(`${index}`, `${year}-05-02`, value)));
      expect(dots).toHaveLength(all.length);
      for (const { x, y } of dots) {
        expect(x >= frame.left && x <= frame.width - frame.right).toBe(true);
        expect(y >= frame.top - 0.001 && y <= frame.height - frame.bottom + 0.001).toBe(true);
      }
      for (const band of bands) expect(band.yEnd).toBeGreaterThan(band.y);
    }),
  );
});

it('no line runs through a limit or a span, nor from one who measures to another', () => {
  const line = (...observations: Observation[]) => drawn(...observations).lines.map(({ points }) => points.length);
  expect(line(egfr('1', '2020-01-01', 20), egfr('2', '2021-01-01', 18), egfr('3', '2022-01-01', 17))).toEqual([3]);
  expect(line(egfr('1', '2020-01-01', 20), under('2', '2021-01-01'), egfr('3', '2022-01-01', 17))).toEqual([]);
  expect(line(egfr('1', '2020-01-01', 20), egfr('2', '2021', 18), egfr('3', '2022-06-01', 17))).toEqual([]);
  const own = { performer: [{ reference: 'Patient/p1' }], meta: from('patient') };
  const pressures = [1, 2, 3, 4].map((month) =>
    pressure(`${month}`, `2026-0${month}-01`, 150, 90, month > 2 ? own : {}),
  );
  // Two numbers each, by the practice and by the person: four lines of two.
  expect(line(...pressures)).toEqual([2, 2, 2, 2]);
});

it('a range is drawn where it was stated and nowhere else', () => {
  const { bands } = drawn(
    egfr('1', '2020-01-01', 58),
    egfr('2', '2021-01-01', 62),
    egfr('3', '2022-01-01', 61, { referenceRange: [] }),
    egfr('4', '2023-01-01', 63),
  );
  expect(bands).toHaveLength(2);
  expect(bands.every(({ lowDrawn, highDrawn }) => lowDrawn && !highDrawn)).toBe(true);
});

it('a range that lies outside the picture is not drawn at its edge: it is said in words', () => {
  const { bands, rangeOutside } = drawn(egfr('1', '2020-01-01', 8), egfr('2', '2021-01-01', 11));
  expect([bands.length, rangeOutside]).toEqual([0, true]);
  expect(drawn(egfr('1', '2020-01-01', 70, { referenceRange: [] })).rangeOutside).toBe(false);
});

it('the picture ends now, so that an old reading looks old', () => {
  const { dots, nowX } = drawn(egfr('1', '2020-01-01', 20), egfr('2', '2021-01-01', 18));
  expect(nowX).toBe(frame.width - frame.right);
  expect(Math.max(...dots.map(({ x }) => x))).toBeLessThan(frame.left + (nowX - frame.left) / 5);
});
