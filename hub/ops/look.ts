import { isHeard } from '../feeds/sources/heard.ts';
import type { Sql } from '../store/database.ts';
import type { StoredSource } from '../store/sources.ts';
import { readSources } from '../store/sources.ts';
import { mostListed } from './page-parts.ts';

/** How one source stands in the inbox. Instants are ISO 8601 UTC. */
export interface SourceView extends StoredSource {
  last: string | undefined;
  /** Messages that wait to be worked on, and people whose parts of a file wait to be told. */
  waiting: number;
  people: number;
  /** Since when the oldest of them waits. */
  oldest: string | undefined;
  dead: number;
  /** Messages, and parts of files told later, that were taken with a doubt in the last day. */
  doubted: number;
}

interface CountRow {
  source: string;
  last: string | null;
  waiting: string | number;
  people: string | number;
  oldest: string | null;
  dead: string | number;
  doubted: string | number;
}

/** Every source with what is going on in its inbox. */
export async function lookAtSources(sql: Sql): Promise<SourceView[]> {
  const sources = await readSources(sql);
  const rows = await sql.query<CountRow>(
    `select s.source,
       (select max(received) from inbox i where i.source = s.source and ${isHeard}) as last,
       (select count(*) from inbox i where i.source = s.source and i.state = 'waiting') as waiting,
       (select count(distinct subject) from feed_scope f where f.source = s.source and f.waiting is not null) as people,
       least((select min(received) from inbox i where i.source = s.source and i.state = 'waiting'),
         (select min(waiting) from feed_scope f where f.source = s.source and f.waiting is not null)) as oldest,
       (select count(*) from inbox i where i.source = s.source and i.state = 'dead') as dead,
       (select count(*) from inbox i where i.source = s.source and i.received > now() - interval '1 day'
          and cardinality(i.doubts) > 0)
         + (select count(*) from feed_scope f where f.source = s.source and f.doubted > now() - interval '1 day')
         as doubted
     from source_state s`,
  );
  const counts = new Map(rows.map((row) => [row.source, row]));
  return sources.map((source) => {
    const row = counts.get(source.source);
    return {
      ...source,
      last: row?.last ?? undefined,
      oldest: row?.oldest ?? undefined,
      waiting: Number(row?.waiting ?? 0),
      people: Number(row?.people ?? 0),
      dead: Number(row?.dead ?? 0),
      doubted: Number(row?.doubted ?? 0),
    };
  });
}

/** One message of the inbox without its bytes. */
export interface MessageView {
  source: string;
  seq: number;
  organisation: string;
  format: string;
  label: string;
  received: string;
  state: string;
  attempts: number;
  reason: string | undefined;
  doubts: string[];
}

type MessageRow = Omit<MessageView, 'seq' | 'reason'> & { seq: string | number; reason: string | null };
const messageColumns = 'source, seq, organisation, format, label, received, state, attempts, reason, doubts';

/** The dead letters, oldest first; one more than a page lists, where there are more. */
export async function deadLetters(sql: Sql): Promise<MessageView[]> {
  const rows = await sql.query<MessageRow>(
    `select ${messageColumns} from inbox where state = 'dead' order by seq limit ${mostListed + 1}`,
  );
  return rows.map(messageView);
}

/** One message as it came; undefined where there is none. */
export async function readMessage(
  sql: Sql,
  source: string,
  seq: number,
): Promise<(MessageView & { bytes: Uint8Array }) | undefined> {
  const [row] = await sql.query<MessageRow & { bytes: Uint8Array }>(
    `select ${messageColumns}, bytes from inbox where source = $1 and seq = $2`,
    [source, seq],
  );
  return row === undefined ? undefined : { ...messageView(row), bytes: row.bytes };
}

function messageView(row: MessageRow): MessageView {
  return { ...row, seq: Number(row.seq), reason: row.reason ?? undefined };
}

/** What matching would not decide alone, with what each of the two records says of who it is. */
export interface ConflictView {
  source: string;
  localId: string;
  kind: string;
  reason: string;
  noticed: string;
  person: string;
  other: string;
  /** One line a source: who it says the person is. */
  ofPerson: string[];
  ofOther: string[];
}

/** The matching worklist, oldest first; one more than a page lists, where there are more. */
export async function worklist(sql: Sql): Promise<ConflictView[]> {
  const rows = await sql.query<Omit<ConflictView, 'localId' | 'ofPerson' | 'ofOther'> & { local_id: string }>(
    `select source, local_id, kind, reason, noticed, person, other from match_conflict
     where settled is null order by noticed limit ${mostListed + 1}`,
  );
  const people = [...new Set(rows.flatMap(({ person, other }) => [person, other]))];
  const statements = await sql.query<{
    person: string;
    source: string;
    nhs_number: string | null;
    nhs_verification: string | null;
    birth_date: string | null;
    families: string[];
    givens: string[];
  }>(
    `select person, source, nhs_number, nhs_verification, birth_date, families, givens from source_patient
     where person = any($1::text[]) order by source`,
    [people],
  );
  const said = (person: string): string[] =>
    statements
      .filter((statement) => statement.person === person)
      .map(({ source, nhs_number, nhs_verification, birth_date, families, givens }) => {
        const name = [families.join(' ').toUpperCase(), givens.join(' ')].filter((part) => part !== '').join(', ');
        const number =
          nhs_number === null
            ? 'no NHS number'
            : `NHS ${nhs_number}${nhs_verification === null ? '' : ` (status ${nhs_verification})`}`;
        return `${source}: ${name || 'no name'}, born ${birth_date ?? 'not stated'}, ${number}`;
      });
  return rows.map(({ local_id: localId, ...row }) => ({
    ...row,
    localId,
    ofPerson: said(row.person),
    ofOther: said(row.other),
  }));
}

/** Settles one line of the worklist, by whom. Answers false when it was settled before. */
export async function settleConflict(
  sql: Sql,
  { source, localId, kind, other }: Pick<ConflictView, 'source' | 'localId' | 'kind' | 'other'>,
  by: string,
): Promise<boolean> {
  const rows = await sql.query(
    `update match_conflict set settled = now(), settled_by = $5
     where source = $1 and local_id = $2 and kind = $3 and other = $4 and settled is null returning kind`,
    [source, localId, kind, other, by],
  );
  return rows.length > 0;
}
