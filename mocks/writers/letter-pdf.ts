import type { LetterTable } from '../borough/happenings.ts';

/** What stands on a letter, from top to bottom. */
export type LetterBlock = { heading: string } | { text: string } | { table: LetterTable };

const page = { width: 595, height: 842, margin: 60 };
const room = page.width - 2 * page.margin;
const size = 11;
const leading = 15;
/** Helvetica's letters are about half as wide as they are high; a little less fits on a line than could. */
const letterWidth = size * 0.52;

/**
 * A letter as a PDF 1.4 file (ISO 32000-1): A4 pages of plain text, headings and ruled tables in Helvetica, which every reader has and
 * none embeds. Answers its characters, one a byte (Latin-1).
 */
export function pdfOf(title: string, blocks: readonly LetterBlock[]): string {
  const pages = pagesOf(blocks);
  const objects: string[] = [];
  const kids = pages.map((_, index) => `${6 + 2 * index} 0 R`).join(' ');
  objects[1] = '<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>';
  objects[2] = `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`;
  objects[3] = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
  objects[4] = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>';
  objects[5] = `<< /Title (${literal(title)}) >>`;
  for (const [index, drawing] of pages.entries()) {
    const footer = text('F1', 9, page.margin, 36, `${title}, page ${index + 1} of ${pages.length}`);
    const stream = `${drawing}${footer}`;
    objects[6 + 2 * index] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Contents ${7 + 2 * index} 0 R ` +
      '/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>';
    objects[7 + 2 * index] = `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`;
  }
  return file(objects);
}

function file(objects: readonly string[]): string {
  let written = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n';
  const places = objects.map((body, number) => {
    const place = written.length;
    if (number > 0) written += `${number} 0 obj\n${body}\nendobj\n`;
    return place;
  });
  const table = places.slice(1).map((place) => `${String(place).padStart(10, '0')} 00000 n \n`);
  return (
    `${written}xref\n0 ${objects.length}\n0000000000 65535 f \n${table.join('')}` +
    `trailer\n<< /Size ${objects.length} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${written.length}\n%%EOF\n`
  );
}

/** The drawing of each page. */
function pagesOf(blocks: readonly LetterBlock[]): string[] {
  const pages = [''];
  let y = page.height - page.margin;
  const draw = (drawing: string) => {
    pages[pages.length - 1] += drawing;
  };
  const take = (height: number) => {
    if (y - height < page.margin) {
      pages.push('');
      y = page.height - page.margin;
    }
    y -= height;
    return y;
  };
  for (const block of blocks) {
    if ('heading' in block) draw(text('F2', 13, page.margin, take(26), block.heading));
    else if ('text' in block) {
      for (const line of block.text.split('\n').flatMap((part) => wrapped(part, room))) {
        draw(text('F1', size, page.margin, take(leading), line));
      }
    } else {
      const { caption, head, rows } = block.table;
      draw(text('F2', size, page.margin, take(24), caption));
      take(6);
      for (const [index, row] of [head, ...rows].entries()) draw(tableRow(row, index === 0, take));
    }
  }
  return pages;
}

function tableRow(row: readonly string[], bold: boolean, take: (height: number) => number): string {
  const width = room / row.length;
  const cells = row.map((cell) => wrapped(cell, width - 8));
  const height = Math.max(...cells.map((lines) => lines.length)) * leading + 6;
  const bottom = take(height);
  return cells
    .map((lines, column) => {
      const x = page.margin + column * width;
      const frame = `0.5 w ${round(x)} ${round(bottom)} ${round(width)} ${round(height)} re S\n`;
      const written = lines.map((line, index) =>
        text(bold ? 'F2' : 'F1', size, x + 4, bottom + height - 13 - index * leading, line),
      );
      return frame + written.join('');
    })
    .join('');
}

function text(font: string, points: number, x: number, y: number, words: string): string {
  return `BT /${font} ${points} Tf ${round(x)} ${round(y)} Td (${literal(words)}) Tj ET\n`;
}

function wrapped(words: string, width: number): string[] {
  const most = Math.max(4, Math.floor(width / letterWidth));
  const lines = [''];
  for (const word of words.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

const windowsLetters: Record<string, string> = { '’': '\\222', '‘': '\\221', '–': '\\226', '•': '\\225' };

/** A PDF string literal: brackets and backslashes escaped, letters beyond ASCII by their WinAnsi number. */
function literal(words: string): string {
  return words.replaceAll(/[()\\]/g, '\\$&').replaceAll(/[^ -~]/gu, (letter) => {
    const number = letter.codePointAt(0) ?? 0;
    return windowsLetters[letter] ?? (number < 256 ? `\\${number.toString(8).padStart(3, '0')}` : '?');
  });
}

function round(points: number): string {
  return String(Math.round(points * 100) / 100);
}
