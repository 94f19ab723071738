import { createHash } from 'node:crypto';
import type { Sql } from '../store/database.ts';

/** The chain of one person's lines, or one of those of nobody in particular (`2026-11-22/7`). */
export interface ChainKey {
  /** The hub's Patient id, or the directory's. */
  patient: string;
  /** Empty for a person. */
  chain: string;
}

/** The last link of a chain at some moment: kept elsewhere, it shows that nothing up to it was changed or cut off. */
export interface Checkpoint extends ChainKey {
  seq: number;
  /** SHA-256, hexadecimal. */
  hash: string;
}

/** Where a chain does not hold, the first such place. */
export interface Break extends ChainKey {
  /** Its place in the chain; undefined for a line that is in no chain. */
  seq: number | undefined;
  /** When the line was written, ISO 8601 UTC; undefined where the line is gone. */
  at: string | undefined;
  words: string;
}

interface LinkRow {
  seq: string | number;
  previous: string;
  hash: string;
  at: string;
  /** What is hashed of the line, member by member; null where the line is gone. */
  line: (string | number | string[] | null)[] | null;
}

/** Lines read at once. */
const atOnce = 1000;
const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
// The order of audit_line in 084.do.audit-chain.sql, after form, person, chain and place.
const members =
  `user_id user_name user_role user_organisation client grant_id opened_from reason purpose action type ids query
  outcome detail found request_id`.split(/\s+/);

/**
 * The first place where a chain does not hold; undefined when it holds to its head. Hashes are computed here, from the lines as
 * they are stored: what the database itself says of them is not believed. Lines that are written meanwhile do no harm.
 */
export async function verifyChain(sql: Sql, key: ChainKey): Promise<Break | undefined> {
  const [head] = await sql.query<{ seq: string | number; hash: string }>(
    `select seq, encode(hash, 'hex') as hash from audit_head where patient = $1 and chain = $2`,
    [key.patient, key.chain],
  );
  let [place, hash] = [0, ''];
  for (;;) {
    const links = await linksAfter(sql, key, place);
    for (const link of links) {
      const broken = wrongWith(key, link, place, hash);
      if (broken !== undefined) return broken;
      [place, hash] = [Number(link.seq), link.hash];
      if (place === Number(head?.seq) && hash !== head?.hash) {
        return { ...key, seq: place, at: link.at, words: 'the head of the chain is of another line' };
      }
    }
    if (links.length < atOnce) break;
  }
  const last = Number(head?.seq ?? 0);
  if (head === undefined && place > 0) return { ...key, seq: place, at: undefined, words: 'the chain’s head is gone' };
  if (place < last) {
    return {
      ...key,
      seq: place + 1,
      at: undefined,
      words: `the chain ends here, and its head says it has ${last} lines`,
    };
  }
  return undefined;
}

async function linksAfter(sql: Sql, { patient, chain }: ChainKey, place: number): Promise<LinkRow[]> {
  return sql.query<LinkRow>(
    `select l.seq, encode(l.previous, 'hex') as previous, encode(l.hash, 'hex') as hash, ${instant('l.at')} as at,
       case when a.id is not null then json_build_array(${instant('a.at')}, a.id, ${members.map((each) => `a.${each}`).join(', ')}) end as line
     from audit_link l left join audit a on a.patient = l.patient and a.at = l.at and a.id = l.id
     where l.patient = $1 and l.chain = $2 and l.seq > $3 order by l.seq limit ${atOnce}`,
    [patient, chain, place],
  );
}

function wrongWith(key: ChainKey, link: LinkRow, place: number, hash: string): Break | undefined {
  const seq = Number(link.seq);
  const found = { ...key, seq, at: link.at };
  if (seq !== place + 1) return { ...key, seq: place + 1, at: undefined, words: 'a link of the chain is gone' };
  if (link.previous !== hash) return { ...found, words: 'it does not follow the link before it' };
  if (link.line === null) return { ...key, seq, at: undefined, words: `the line of ${link.at} is gone` };
  if (hashOf(hash, [1, key.patient, key.chain, seq, ...link.line]) === link.hash) return undefined;
  return { ...found, words: 'the line is not as it was written' };
}

/** SHA-256 over the hash before and the line as JSON text, in the spacing of PostgreSQL's json_build_array. */
function hashOf(previous: string, line: readonly unknown[]): string {
  const text = `[${line.map((member) => JSON.stringify(member)).join(', ')}]`;
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(text).digest('hex');
}

/** Lines of a person, or of nobody in particular, that are in no chain: put in past the hub. */
export async function unchained(sql: Sql, patient: string): Promise<Break[]> {
  const rows = await sql.query<{ at: string }>(
    `select ${instant('a.at')} as at from audit a where a.patient = $1
       and not exists (select from audit_link l where l.patient = $1 and l.at = a.at and l.id = a.id)
     order by a.at limit 100`,
    [patient],
  );
  return rows.map(({ at }) => ({ patient, chain: '', seq: undefined, at, words: 'the line is in no chain' }));
}

/** Compares a chain with what was kept of it elsewhere. */
export async function verifyAgainst(sql: Sql, { patient, chain, seq, hash }: Checkpoint): Promise<Break | undefined> {
  const [link] = await sql.query<{ hash: string; at: string }>(
    `select encode(hash, 'hex') as hash, ${instant('at')} as at from audit_link where patient = $1 and chain = $2 and seq = $3`,
    [patient, chain, seq],
  );
  if (link?.hash === hash) return undefined;
  const words =
    link === undefined ? 'the checkpoint has a line here, the chain has none' : 'the checkpoint has another line here';
  return { patient, chain, seq, at: link?.at, words };
}

/** Whose lines there are, in order. */
export async function* auditedPeople(sql: Sql): AsyncGenerator<string> {
  let after = '';
  for (;;) {
    const some = (table: string) =>
      `(select distinct patient from ${table} where patient > $1 order by patient limit ${atOnce})`;
    const rows = await sql.query<{ patient: string }>(
      `${['audit_head', 'audit_link', 'audit'].map(some).join(' union ')} order by patient limit ${atOnce}`,
      [after],
    );
    for (const { patient } of rows) yield patient;
    const last = rows.at(-1);
    if (last === undefined || rows.length < atOnce) return;
    after = last.patient;
  }
}

/** The chains of a person; of nobody in particular there are sixteen a day. */
export async function chainsOf(sql: Sql, patient: string): Promise<ChainKey[]> {
  const rows = await sql.query<{ chain: string }>(
    `select chain from audit_head where patient = $1 union select distinct chain from audit_link where patient = $1 order by chain`,
    [patient],
  );
  return rows.map(({ chain }) => ({ patient, chain }));
}

/** The heads of the chains of a person. */
export async function headsOf(sql: Sql, patient: string): Promise<Checkpoint[]> {
  const rows = await sql.query<{ chain: string; seq: string | number; hash: string }>(
    `select chain, seq, encode(hash, 'hex') as hash from audit_head where patient = $1 and seq > 0 order by chain`,
    [patient],
  );
  return rows.map(({ chain, seq, hash }) => ({ patient, chain, seq: Number(seq), hash }));
}
