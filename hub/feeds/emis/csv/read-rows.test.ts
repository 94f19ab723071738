import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRows } from './read-rows.ts';

const read = (text: string) => readRows(new TextEncoder().encode(text));
const cellsOf = (text: string) => read(text).rows.map(({ cells }) => cells);

describe('a file of rows', () => {
  it('is read with its quotes, commas and lines within a text, and knows on which line each row begins', () => {
    const file = read('id,note\r\n1,"Seen at home, ""well""\r\nand again"\r\n2,plain\r\n');
    expect(file).toMatchObject({ header: ['id', 'note'], broken: [], doubts: [] });
    expect(file.rows).toEqual([
      { line: 2, cells: ['1', 'Seen at home, "well"\r\nand again'] },
      { line: 4, cells: ['2', 'plain'] },
    ]);
  });

  it('takes what looks like a formula, a command or markup for the text that it is', () => {
    const odd = ['=HYPERLINK("http://x")', '+1-2', '@SUM(A1)', '<script>', "'; drop table", '-2+3'];
    const text = `id,note\n${odd.map((cell, at) => `${at},"${cell.replaceAll('"', '""')}"`).join('\n')}\n`;
    expect(cellsOf(text).map(([, note]) => note)).toEqual(odd);
  });

  it('loses one row to a missing cell, and no other', () => {
    expect(read('id,note\n1,a\n2\n3,c,d\n4,e\n')).toMatchObject({
      rows: [{ cells: ['1', 'a'] }, { cells: ['4', 'e'] }],
      broken: [3, 4],
    });
  });

  it('loses one row to a quote that never closes, and no other', () => {
    const file = read('id,note,by\n1,"a",x\n2,"b,x\n3,"c",x\n4,"d\ne",x\n5,f"g,x\n6,"h",x\n');
    expect(file.rows.map(({ cells }) => cells[0])).toEqual(['1', '3', '4', '6']);
    expect(file.rows.map(({ line }) => line)).toEqual([2, 4, 5, 8]);
    expect(file.broken).toEqual([3, 7]);
  });

  it('does not take a row from within a text, even in a file that is broken elsewhere', () => {
    const file = read('id,note\n1,"she wrote:\n9,somebody else\nand went"\n2,b"c\n3,d\n');
    expect(file.rows.map(({ cells }) => cells[0])).toEqual(['1', '3']);
    expect(file.broken).toEqual([5]);
  });

  it('is read in the Western European set where it is not UTF-8, and says so', () => {
    const bytes = Buffer.from('id,name\n1,Zoë\n', 'latin1');
    expect(readRows(bytes)).toMatchObject({
      rows: [{ cells: ['1', 'Zoë'] }],
      doubts: ['The file is not in UTF-8: read as Western European'],
    });
    expect(readRows(Buffer.from('\ufeffid,name\n1,Zoë\n')).header).toEqual(['id', 'name']);
  });

  it('of any bytes at all never throws, and accounts for every row as read or broken', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { header, rows } = readRows(bytes);
        for (const { cells } of rows) expect(cells).toHaveLength(header.length);
      }),
    );
  });

  it('gives back any texts that were written by the rules', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '=', 'é'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }), (pairs) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = `a,b\r\n${pairs.map(([a, b]) => `${quoted(a)},${quoted(b)}`).join('\r\n')}\r\n`;
        expect(cellsOf(text)).toEqual(pairs);
      }),
    );
  });

  it('of which any one line is spoilt keeps all rows that stand on lines of their own', () => {
    const spoilt = fc.constantFrom('x,"open', 'x,a"b', 'x,"a"b,c', 'x');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat({ max: 29 }), spoilt, (count, at, line) => {
        const lines = Array.from({ length: count }, (_, row) => `${row},"note ${row}"`);
        lines.splice(Math.min(at, count), 0, line);
        const { rows, broken } = read(`id,note\n${lines.join('\n')}\n`);
        expect(rows.map(({ cells }) => cells[0])).toEqual(Array.from({ length: count }, (_, row) => String(row)));
        expect(broken).toEqual([Math.min(at, count) + 2]);
      }),
    );
  });
});
