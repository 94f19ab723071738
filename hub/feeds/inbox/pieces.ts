import type { Sql } from '../../store/database.ts';
import { storableInstant, storableText } from '../../store/storable.ts';
import type { InboxMessage, KeptPiece, Piece, ReadShared } from '../format.ts';

/** A scope as it stands in the store. */
export interface ScopeKey {
  subject: string;
  scope: string;
}

/** Pieces written by one statement. */
const batchSize = 2000;

/**
 * Puts a message's pieces in the place of what it said before (an earlier reading of the same message) and of earlier
 * pieces of the same names, and notes every scope they touch as waiting to be told. Answers those scopes.
 */
export async function keepPieces(sql: Sql, message: InboxMessage, pieces: readonly Piece[]): Promise<ScopeKey[]> {
  const touched = new Map<string, ScopeKey>();
  const touch = ({ subject, scope }: ScopeKey) => touched.set(JSON.stringify([subject, scope]), { subject, scope });
  const before = await sql.query<ScopeKey>(
    'delete from feed_piece where source = $1 and seq = $2 returning subject, scope',
    [message.source, message.seq],
  );
  before.forEach(touch);
  const last = new Map<string, Piece>();
  for (const piece of pieces) {
    touch({ subject: storableText(piece.subject), scope: storableText(piece.scope) });
    const key = JSON.stringify([piece.subject, piece.scope, piece.name]);
    const other = last.get(key);
    if (other === undefined || saidAt(other, message) <= saidAt(piece, message)) last.set(key, piece);
  }
  const rows = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, piece]) => piece);
  for (let from = 0; from < rows.length; from += batchSize) {
    await sql.query(insertPieces, [
      message.source,
      message.seq,
      Buffer.from(JSON.stringify(rows.slice(from, from + batchSize).map((piece) => pieceRow(piece, message)))),
    ]);
  }
  const scopes = [...touched.values()];
  await noteWaiting(sql, message, scopes);
  return scopes;
}

function pieceRow({ subject, scope, name, at, content }: Piece, message: InboxMessage): object {
  return {
    subject: storableText(subject),
    scope: storableText(scope),
    name: storableText(name),
    at: saidAt({ at }, message),
    content: storableText(content),
  };
}

const day = 86_400_000;

/**
 * When a piece was said, by its source's clock. A clock that is more than a day ahead is not believed: what it says would
 * stand for ever over all that comes later.
 */
function saidAt({ at }: Pick<Piece, 'at'>, { receivedAt }: InboxMessage): string {
  const said = at === undefined ? Number.NaN : Date.parse(at);
  if (Number.isNaN(said) || storableInstant(new Date(said).toISOString()) === undefined) return receivedAt;
  return said > Date.parse(receivedAt) + day ? receivedAt : new Date(said).toISOString();
}

const insertPieces = `
insert into feed_piece as p (source, subject, scope, name, at, seq, content)
select $1, i.subject, i.scope, i.name, i.at, $2, i.content
from json_to_recordset($3::json) as i (subject text, scope text, name text, at timestamptz, content text)
on conflict (source, subject, scope, name) do update set at = excluded.at, seq = excluded.seq, content = excluded.content
where (p.at, p.seq) <= (excluded.at, excluded.seq)`;

async function noteWaiting(sql: Sql, message: InboxMessage, scopes: readonly ScopeKey[]): Promise<void> {
  if (scopes.length === 0) return;
  const sorted = scopes.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  await sql.query(
    `insert into feed_scope as s (source, subject, scope, organisation, format, waiting)
     select $1, i.subject, i.scope, $2, $3, now() from unnest($4::text[], $5::text[]) as i(subject, scope)
     on conflict (source, subject, scope) do update
       set waiting = coalesce(s.waiting, excluded.waiting), due = now(), attempts = 0`,
    [
      message.source,
      message.organisation,
      message.format,
      sorted.map(({ subject }) => subject),
      sorted.map(({ scope }) => scope),
    ],
  );
}

function key({ subject, scope }: ScopeKey): string {
  return JSON.stringify([subject, scope]);
}

/** All pieces of these scopes of one subject, oldest first, by scope. */
export async function readPieces(
  sql: Sql,
  source: string,
  subject: string,
  scopes: readonly string[],
): Promise<Map<string, KeptPiece[]>> {
  const rows = await sql.query<{ scope: string; name: string; at: string; seq: string | number; content: string }>(
    `select scope, name, at, seq, content from feed_piece
     where source = $1 and subject = $2 and scope = any($3::text[]) order by at, seq, name collate "C"`,
    [source, subject, scopes],
  );
  const pieces = new Map<string, KeptPiece[]>(scopes.map((scope) => [scope, []]));
  for (const { scope, seq, ...rest } of rows) pieces.get(scope)?.push({ ...rest, seq: Number(seq) });
  return pieces;
}

/** Reads pieces about nobody in particular: a code list, staff. */
export function sharedPieces(sql: Sql, source: string): ReadShared {
  return async (scope, names) => {
    if (names.length === 0) return new Map();
    const rows = await sql.query<{ name: string; content: string }>(
      `select name, content from feed_piece
       where source = $1 and subject = '' and scope = $2 and name = any($3::text[]) and content <> ''`,
      [source, scope, [...new Set(names)]],
    );
    return new Map(rows.map(({ name, content }) => [name, content]));
  };
}
