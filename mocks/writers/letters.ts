import type { Attachment, DocumentReference } from 'fhir/r4';
import { date, dateTime } from '../borough/clock.ts';
import type { Letter, LetterTable } from '../borough/happenings.ts';
import { pdfOf } from './letter-pdf.ts';
import { scanOf } from './letter-scan.ts';
import { organisationReference, encounterReference, metaOf, staffReference, type Pen } from './pen.ts';

/** Letters this source holds: the writer's own, or the copy the practice filed. */
export function writeLetters(pen: Pen): void {
  for (const letter of pen.life.happenings) {
    if (letter.kind !== 'letter' || !letter.tellers.includes(pen.source)) continue;
    const known = pen.source === 'emis' ? (letter.filed?.at ?? letter.start) : letter.start;
    if (known > pen.asAt) continue;
    pen.add(pen.source === 'emis' ? filedLetter(pen, letter, known) : ownLetter(pen, letter));
  }
}

function ownLetter(pen: Pen, letter: Letter): DocumentReference {
  return {
    ...letterHead(pen, letter, letter.id),
    content: [{ attachment: attachmentOf(pen, letter) }],
    context: contextOf(pen, letter.about),
  };
}

/** The practice's copy: filed when its staff got to it, the letter's own date kept, the hospital's event only in words. */
function filedLetter(pen: Pen, letter: Letter, filed: number): DocumentReference {
  return {
    ...letterHead(pen, letter, `${letter.id}-filed`),
    description: `${letter.title}, filed ${date(filed)}`,
    content: [{ attachment: { ...attachmentOf(pen, letter), creation: date(letter.start) } }],
    context: contextOf(pen, letter.filed?.entry === undefined ? letter.about : `${letter.about}-entered`),
  };
}

function letterHead(pen: Pen, letter: Letter, id: string): Omit<DocumentReference, 'content'> {
  return {
    resourceType: 'DocumentReference',
    id,
    ...metaOf(letter.labels),
    status: 'current',
    docStatus: 'final',
    type: { text: letter.title },
    category: [{ text: 'Clinical letter' }],
    subject: pen.patient,
    date: new Date(letter.start).toISOString(),
    author: [
      letter.from === pen.organisation || pen.source !== 'emis'
        ? staffReference(letter.author)
        : organisationReference(letter.from),
    ],
    custodian: organisationReference(pen.organisation),
    description: letter.title,
  };
}

/** Where this source tells of the event, the letter points to it; elsewhere it has the event's time only in its text. */
function contextOf(pen: Pen, about: string | undefined): DocumentReference['context'] {
  const encounter = encounterReference(pen, about);
  return encounter === undefined ? undefined : { encounter: [encounter] };
}

/** Plain text inline; any other form as a Binary of its own, as hospital document stores serve it. */
function attachmentOf(pen: Pen, letter: Letter): Attachment {
  const about = { title: letter.title, creation: dateTime(letter.start) };
  if (letter.form === undefined || pen.source === 'emis') {
    const bytes = utf8(plainOf(letter));
    return { contentType: 'text/plain; charset=utf-8', data: base64(bytes), size: bytes.length, ...about };
  }
  const { contentType, bytes } = written(letter, letter.form);
  const id = `${letter.id}-page`;
  pen.add({ resourceType: 'Binary', id, ...metaOf(letter.labels), contentType, data: base64(bytes) });
  return { contentType, url: `Binary/${id}`, size: bytes.length, ...about };
}

/** A letter in one of the forms that hospitals' document stores hold. */
export function written(letter: Letter, form: NonNullable<Letter['form']>): { contentType: string; bytes: Uint8Array } {
  const lines = letter.text.split('\n');
  switch (form) {
    case 'page':
      return { contentType: 'application/xhtml+xml', bytes: utf8(pageOf(letter)) };
    case 'pdf': {
      const blocks = [{ heading: letter.title }, { text: letter.text }];
      const file = pdfOf(letter.title, letter.table === undefined ? blocks : [...blocks, { table: letter.table }]);
      return { contentType: 'application/pdf', bytes: Buffer.from(file, 'latin1') };
    }
    case 'scan':
      return { contentType: 'image/png', bytes: scanOf([letter.title, '', ...lines]) };
    case 'rtf':
    default:
      return { contentType: 'application/rtf', bytes: Buffer.from(richTextOf([letter.title, ...lines]), 'latin1') };
  }
}

/** What the practice keeps of a letter: its words, a table's rows as lines. */
export function plainOf({ text, table }: Letter): string {
  if (table === undefined) return text;
  return [text, '', table.caption, ...[table.head, ...table.rows].map((row) => row.join(' | '))].join('\n');
}

function pageOf({ title, text, table }: Letter): string {
  const lines = text.split('\n').map((line) => `<p>${escaped(line)}</p>`);
  const body = `<h1>${escaped(title)}</h1>${lines.join('')}${table === undefined ? '' : tableOf(table)}`;
  return `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${escaped(title)}</title></head><body>${body}</body></html>`;
}

function tableOf({ caption, head, rows }: LetterTable): string {
  const heads = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('');
  return `<table><caption>${escaped(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table>`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Rich Text Format 1.9, one paragraph a line. */
function richTextOf(lines: readonly string[]): string {
  const paragraphs = lines.map((line) => line.replaceAll(/[\\{}]/g, '\\$&').replaceAll(/[^ -~]/g, '?'));
  return `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0\\fs22 ${paragraphs.join('\\par\n')}\\par}`;
}

function utf8(words: string): Uint8Array {
  return Buffer.from(words, 'utf8');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
