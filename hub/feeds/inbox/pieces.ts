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

/** What one message says. */
export interface Said {
  message: InboxMessage;
  pieces: readonly Piece[];
  /** It was worked on before, and first loses what it said then. */
  again: boolean;
}

/**
 * Puts the pieces of messages of one source in the place of earlier pieces of the same names, notes every scope they touch
 * as waiting to be told, and answers the scopes that each touched.
 */
export async function keepPieces(sql: Sql, source: string, messages: readonly Said[]): Promise<HeldScope[][]> {
  const byKey = new Map<string, { place: number; row: PieceRow }>();
  messages.forEach(({ message, pieces }, place) => {
    for (const piece of pieces) {
      const row = pieceRow(piece, message);
      const key = JSON.stringify([row.subject, row.scope, row.name]);
      const other = byKey.get(key)?.row;
      if (other === undefined || instantKey(other.at) <= instantKey(row.at)) byKey.set(key, { place, row });
    }
  });
  // In the order in which the statement takes the scopes: two files about the same people never wait for each other in a ring.
  const rows = [...byKey.values()].sort((a, b) => inOrder(a.row, b.row));
  const before = await forget(sql, source, messages);
  const touched = messages.map(() => new Map<string, HeldScope>());
  const placesOf = new Map<string, Set<number>>();
  const note = (place: number, { subject, scope }: ScopeName) => {
    const key = JSON.stringify([subject, scope]);
    placesOf.set(key, (placesOf.get(key) ?? new Set()).add(place));
  };
  for (const { place, row } of rows) note(place, row);
  for (const { place, scope } of before) note(place, scope);
  for (let from = 0; from === 0 || from < rows.length; from += batchSize) {
    const batch = rows.slice(from, from + batchSize).map(({ row }) => row);
    const also = from === 0 ? before.map(({ scope }) => scope) : [];
    if (batch.length === 0 && also.length === 0) break;
    const held = await sql.query<HeldScope>(insertPieces, [
      source,
      Buffer.from(JSON.stringify(batch)),
      Buffer.from(JSON.stringify(also)),
    ]);
    for (const scope of held) {
      const key = JSON.stringify([scope.subject, scope.scope]);
      for (const place of placesOf.get(key) ?? []) touched[place]?.set(key, scope);
    }
  }
  return touched.map((scopes) => [...scopes.values()]);
}

interface ScopeName {
  subject: string;
  scope: string;
}

/** A piece as it is kept, and of whom it was said. */
export interface SaidPiece extends KeptPiece, ScopeName {}

function inOrder(a: ScopeName, b: ScopeName): number {
  if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
  if (a.scope !== b.scope) return a.scope < b.scope ? -1 : 1;
  return 0;
}

interface ScopeRow extends ScopeName {
  organisation: string;
  format: string;
}

interface PieceRow extends ScopeRow {
  seq: number;
  name: string;
  at: string;
  content: string;
}

/** Takes away what messages that were worked on before said then; answers what that was about. */
async function forget(
  sql: Sql,
  source: string,
  messages: readonly Said[],
): Promise<{ place: number; scope: ScopeRow }[]> {
  const again = messages.filter((each) => each.again).map(({ message }) => message.seq);
  if (again.length === 0) return [];
  const gone = await sql.query<ScopeName & { seq: string | number }>(
    'delete from feed_piece where source = $1 and seq = any($2::bigint[]) returning seq, subject, scope',
    [source, again],
  );
  return gone.flatMap(({ seq, subject, scope }) => {
    const place = messages.findIndex(({ message }) => message.seq === Number(seq));
    const said = messages[place];
    if (said === undefined) return [];
    const { organisation, format } = said.message;
    return [{ place, scope: { subject, scope, organisation, format } }];
  });
}

function pieceRow({ subject, scope, name, at, content }: Piece, message: InboxMessage): PieceRow {
  return {
    seq: message.seq,
    organisation: message.organisation,
    format: message.format,
    subject: storableText(subject),
    scope: storableText(scope),
    name: storableText(name),
    at: saidAt({ at }, message),
    content: storableText(content),
  };
}

/** An ISO 8601 UTC instant with its fraction at full length, as the store orders it. */
function instantKey(instant: string): string {
  const [whole = '', fraction = ''] = instant.replace('Z', '').split('.');
  return `${whole}.${fraction.padEnd(6, '0')}`;
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
  select * from json_to_recordset($2::json) as i
    (seq bigint, subject text, scope text, organisation text, format text, name text, at timestamptz, content text)
),
pieces as (
  insert into feed_piece as p (source, subject, scope, name, at, seq, content)
  select $1, subject, scope, name, at, seq, content from incoming
  on conflict (source, subject, scope, name) do update set at = excluded.at, seq = excluded.seq, content = excluded.content
  where (p.at, p.seq) <= (excluded.at, excluded.seq)
)
insert into feed_scope as s (source, subject, scope, organisation, format, waiting)
select distinct on (t.subject collate "C", t.scope collate "C") $1, t.subject, t.scope, t.organisation, t.format, now() from (
  select subject, scope, organisation, format from incoming
  union all
  select * from json_to_recordset($3::json) as b (subject text, scope text, organisation text, format text)
) as t order by t.subject collate "C", t.scope collate "C"
on conflict (source, subject, scope) do update
  set waiting = coalesce(s.waiting, excluded.waiting), due = now(), attempts = 0
returning s.subject, s.scope, s.told, s.digest, exists (
  select from feed_link l where l.source = s.source and (l.gone = s.subject or l.keep = s.subject)) as linked`;

/**
 * All pieces of these scopes, oldest first. Each scope is looked up by its key: left to choose, a database that does not know
 * its tables yet (a first night's load) reads all there is of the source for it.
 */
export async function readPieces(sql: Sql, source: string, scopes: readonly ScopeName[]): Promise<SaidPiece[]> {
  const distinct = [...new Map(scopes.map((each) => [JSON.stringify([each.subject, each.scope]), each])).values()];
  const rows = await sql.query<Omit<SaidPiece, 'seq'> & { seq: string | number }>(
    `select w.subject, w.scope, p.name, p.at, p.seq, p.content from unnest($2::text[], $3::text[]) as w (subject, scope)
     cross join lateral (
       select name, at, seq, content from feed_piece
       where source = $1 and subject = w.subject and scope = w.scope offset 0
     ) as p order by p.at, p.seq, p.name collate "C"`,
    [source, distinct.map(({ subject }) => subject), distinct.map(({ scope }) => scope)],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
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
