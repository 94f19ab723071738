import type { Sql } from '../../store/database.ts';
import { storableInstant, storableText } from '../../store/storable.ts';
import type { InboxMessage, KeptPiece, Piece, ReadShared } from '../format.ts';

/** A scope as it stands in the store, held until the transaction ends. */
export interface HeldScope {
  subject: string;
  scope: string;
  /** What it told the last time, as `Type/own-id`, and the digest of that. */
  told: string[];
  digest: string;
  /** Its source said something of this person's records being one with others. */
  linked: boolean;
}

/** Pieces written by one statement. */
const batchSize = 2000;

/**
 * Puts a message's pieces in the place of earlier pieces of the same names, notes every scope they touch as waiting to be
 * told, and answers those scopes. A message that is worked on `again` first loses what it said the last time.
 */
export async function keepPieces(
  sql: Sql,
  message: InboxMessage,
  pieces: readonly Piece[],
  again: boolean,
): Promise<HeldScope[]> {
  const before = again
    ? await sql.query<{ subject: string; scope: string }>(
        'delete from feed_piece where source = $1 and seq = $2 returning subject, scope',
        [message.source, message.seq],
      )
    : [];
  const last = new Map<string, Piece>();
  for (const piece of pieces) {
    const key = JSON.stringify([piece.subject, piece.scope, piece.name]);
    const other = last.get(key);
    if (other === undefined || saidAt(other, message) <= saidAt(piece, message)) last.set(key, piece);
  }
  const rows = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, piece]) => piece);
  const touched = new Map<string, HeldScope>();
  for (let from = 0; from === 0 || from < rows.length; from += batchSize) {
    const batch = rows.slice(from, from + batchSize).map((piece) => pieceRow(piece, message));
    const also = from === 0 ? before : [];
    if (batch.length === 0 && also.length === 0) break;
    const scopes = await sql.query<HeldScope>(insertPieces, [
      message.source,
      message.seq,
      Buffer.from(JSON.stringify(batch)),
      message.organisation,
      message.format,
      Buffer.from(JSON.stringify(also)),
    ]);
    for (const scope of scopes) touched.set(JSON.stringify([scope.subject, scope.scope]), scope);
  }
  return [...touched.values()];
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
with incoming as materialized (
  select * from json_to_recordset($3::json) as i (subject text, scope text, name text, at timestamptz, content text)
),
pieces as (
  insert into feed_piece as p (source, subject, scope, name, at, seq, content)
  select $1, subject, scope, name, at, $2, content from incoming
  on conflict (source, subject, scope, name) do update set at = excluded.at, seq = excluded.seq, content = excluded.content
  where (p.at, p.seq) <= (excluded.at, excluded.seq)
)
insert into feed_scope as s (source, subject, scope, organisation, format, waiting)
select $1, t.subject, t.scope, $4, $5, now() from (
  select subject, scope from incoming
  union
  select subject, scope from json_to_recordset($6::json) as b (subject text, scope text)
) as t order by t.subject, t.scope
on conflict (source, subject, scope) do update
  set waiting = coalesce(s.waiting, excluded.waiting), due = now(), attempts = 0
returning s.subject, s.scope, s.told, s.digest, exists (
  select from feed_link l where l.source = s.source and (l.gone = s.subject or l.keep = s.subject)) as linked`;

/** All pieces of these scopes, whichever of the subjects they were said of, oldest first, by scope. */
export async function readPieces(
  sql: Sql,
  source: string,
  subjects: readonly string[],
  scopes: readonly string[],
): Promise<Map<string, KeptPiece[]>> {
  const rows = await sql.query<{ scope: string; name: string; at: string; seq: string | number; content: string }>(
    `select scope, name, at, seq, content from feed_piece
     where source = $1 and subject = any($2::text[]) and scope = any($3::text[]) order by at, seq, name collate "C"`,
    [source, subjects, scopes],
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
