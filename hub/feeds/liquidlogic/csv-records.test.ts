import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from './csv-records.ts';

describe('a CSV file', () => {
  it('gives each record with the line it begins on, quotes and line breaks within a field kept', () => {
    const file = readCsv('a,b\r\n1,"two\r\nlines, and ""quotes"""\r\n3,4\r\n');
    expect(file).toEqual({
      header: ['a', 'b'],
      records: [
        { line: 2, fields: ['1', 'two\r\nlines, and "quotes"'] },
        { line: 4, fields: ['3', '4'] },
      ],
      broken: [],
    });
  });

  it('a line with too few fields is told by its number, and costs no other line', () => {
    const { records, broken } = readCsv('a,b\n1,2\n3\n5,6\n');
    expect(broken).toEqual([3]);
    expect(records.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('a quote that was never closed does not swallow the lines after it', () => {
    const { records, broken } = readCsv('a,b\n1,"never closed\n3,4\n5,"well, closed"\n');
    expect(broken).toEqual([2]);
    expect(records.map(({ fields }) => fields)).toEqual([
      ['3', '4'],
      ['5', 'well, closed'],
    ]);
  });

  it('an empty file, or one that is anything else, has no records and throws nothing', () => {
    expect(readCsv('').records).toEqual([]);
    expect(readCsv('"""\u0000').records).toEqual([]);
  });

  it('whatever line is broken, all others are read', () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '\n', ' ', 'é'), minLength: 1, maxLength: 8 });
    const breaks = fc.constantFrom('only one', 'one,two,three,four', 'x,"open,y', 'a"b,c,d');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 12 }),
        breaks,
        fc.nat(),
        (rows, broken, at) => {
          const place = at % (rows.length + 1);
          const lines = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','));
          const text = ['h1,h2,h3', ...lines.slice(0, place), broken, ...lines.slice(place)].join('\n');
          const read = readCsv(text);
          // What follows the broken line may hold what closes its quote: then that one line may be lost too, never more.
          const mayBeLost = broken.includes('"open') ? 1 : 0;
          const found = new Set(read.records.map(({ fields }) => JSON.stringify(fields)));
          expect(rows.filter((row) => !found.has(JSON.stringify(row))).length).toBeLessThanOrEqual(mayBeLost);
          expect(read.broken.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
