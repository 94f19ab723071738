import type { z } from 'zod';
import { UnusableMessage, type Format, type InboxMessage, type Piece, type Sorted } from '../format.ts';
import { isObject, type Json } from '../../resource/json.ts';
import { textOf, withoutControls } from './csv-text.ts';
import { directoryPieces } from './directory.ts';
import {
  entrySchema,
  envelopeSchema,
  personSchema,
  sectionNames,
  sectionSchemas,
  type SectionName,
} from './extension-schema.ts';
import { careScope, itemPrefix, personPiece, sectionPrefix } from './scope.ts';
import { subjectOf } from './subject.ts';
import { tellCare } from './tell.ts';

/**
 * What the national return has no columns for, in a feed of our own shaped by PRSB Local Authority Information
 * (docs/feeds/social-care-extension.md): alerts, legal, safeguarding, teams and key workers, contacts, equipment, reasons
 * for support, and of each event what its line of the return does not say.
 *
 * A section that is there is the whole of it for that person: what it has no longer is taken back. One that is not there
 * says nothing. An item that is not as specified is refused by its place, and an earlier telling of it stands.
 */
export const socialCareExtension: Format = {
  name: 'social-care-extension',
  subjectOf: () => undefined,
  sort: sortExtension,
  tell: tellCare,
};

function sortExtension(message: InboxMessage): Sorted {
  const envelope = envelopeSchema.safeParse(jsonOf(message));
  if (!envelope.success) throw new UnusableMessage(`It is no social care extension: ${said(envelope.error)}.`);
  const { council, asAt, people, organisations = [], staff = [] } = envelope.data;
  const at = new Date(asAt).toISOString();
  const doubts: string[] = [];
  const pieces = directoryPieces(organisations, staff, at, doubts);
  for (const [place, entry] of people.entries())
    pieces.push(...entryPieces(entry, `people[${place}]`, { council, at }, doubts));
  return { pieces: last(pieces, doubts), links: [], doubts };
}

function jsonOf(message: InboxMessage): unknown {
  try {
    return JSON.parse(textOf(message.bytes).text.replace(/^\ufeff/, ''), unescaped);
  } catch {
    throw new UnusableMessage('It is not JSON.');
  }
}

/** JSON can name characters that stand in no text. */
function unescaped(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? withoutControls(value) : value;
}

/** What was wrong, by element and never by value: values are patient data, and so may the names of unknown properties be. */
export function said(error: z.ZodError): string {
  const wrong = error.issues.slice(0, 3).map((issue) => {
    const where = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
    const what = issue.code === 'unrecognized_keys' ? 'has a property that is not specified' : 'is not as specified';
    return `${where === '' ? 'it' : where.replace(/^\./, '')} ${what}`;
  });
  return wrong.join('; ');
}

interface Said {
  council: string;
  at: string;
}

function entryPieces(value: unknown, path: string, { council, at }: Said, doubts: string[]): Piece[] {
  const entry = entrySchema.safeParse(value);
  if (!entry.success) {
    doubts.push(`${path}: ${said(entry.error)}: not taken.`);
    return [];
  }
  const subject = subjectOf(council, entry.data.personId, entry.data.nhsNumber);
  if (subject === undefined) {
    doubts.push(`${path} does not say whose it is (personId, or a valid nhsNumber): not taken.`);
    return [];
  }
  const piece = (name: string, content: unknown): Piece => ({
    subject,
    scope: careScope,
    name,
    at,
    content: JSON.stringify({ council, value: content }),
  });
  const pieces: Piece[] = [];
  if (entry.data.person !== undefined) {
    const person = personSchema.safeParse(entry.data.person);
    if (person.success) pieces.push(piece(personPiece, person.data));
    else doubts.push(`${path}.person: ${said(person.error)}: not taken.`);
  }
  for (const section of sectionNames) {
    const items = entry.data[section];
    if (items !== undefined) pieces.push(...sectionPieces(section, items, `${path}.${section}`, piece, doubts));
  }
  return pieces;
}

function sectionPieces(
  section: SectionName,
  items: readonly unknown[],
  path: string,
  piece: (name: string, content: unknown) => Piece,
  doubts: string[],
): Piece[] {
  const pieces: Piece[] = [];
  const ids: (string | undefined)[] = [];
  for (const [place, value] of items.entries()) {
    const id = isObject(value) ? idOf(value['id']) : undefined;
    ids.push(id);
    const item = sectionSchemas[section].safeParse(value);
    if (item.success) {
      pieces.push(piece(itemName(section, item.data), item.data));
      continue;
    }
    const stands = id === undefined ? 'nothing of this section is taken back' : 'what it said before stands';
    doubts.push(`${path}[${place}]: ${said(item.error)}: not taken, and ${stands}.`);
  }
  // With an item whose id cannot be read nobody knows which earlier one it stands for.
  if (!ids.includes(undefined)) pieces.push(piece(sectionPrefix + section, ids));
  return pieces;
}

function idOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An event's reference names it within its kind. */
export function itemName(section: SectionName, item: { id: string; event?: string }): string {
  return `${itemPrefix}${section} ${item.event === undefined ? '' : `${item.event} `}${item.id}`;
}

/** Where a message says one thing twice, the last one stands and it is said. */
function last(pieces: readonly Piece[], doubts: string[]): Piece[] {
  const chosen = new Map<string, Piece>();
  for (const piece of pieces) {
    const key = JSON.stringify([piece.subject, piece.scope, piece.name]);
    const other = chosen.get(key);
    if (other !== undefined && other.content !== piece.content) {
      doubts.push(
        `One ${piece.scope === careScope ? 'item of a person' : 'entry of the directory'} is there twice: the last one is taken.`,
      );
    }
    chosen.set(key, piece);
  }
  return [...chosen.values()];
}
