import type { DocumentReference } from 'fhir/r4';
import { date, dateTime } from '../borough/clock.ts';
import type { Letter } from '../borough/happenings.ts';
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

/** Plain text inline; a page (XHTML) as a Binary of its own, as hospital document stores serve it. */
function attachmentOf(pen: Pen, letter: Letter) {
  const title = letter.title;
  if (letter.page !== true || pen.source === 'emis') {
    return {
      contentType: 'text/plain; charset=utf-8',
      data: base64(letter.text),
      title,
      creation: dateTime(letter.start),
    };
  }
  const id = `${letter.id}-page`;
  pen.add({
    resourceType: 'Binary',
    id,
    ...metaOf(letter.labels),
    contentType: 'application/xhtml+xml',
    data: base64(pageOf(letter)),
  });
  return { contentType: 'application/xhtml+xml', url: `Binary/${id}`, title, creation: dateTime(letter.start) };
}

function pageOf(letter: Letter): string {
  const lines = letter.text
    .split('\n')
    .map((line) => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`);
  return `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${letter.title}</title></head><body><h1>${letter.title}</h1>${lines.join('')}</body></html>`;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
