import type { Sql } from './database.ts';

/** How a source stands, as the page and the search Bundles say it (T3). */
export interface StoredSource {
  /** `emis`, `system-c`, … or the name given to a load. */
  source: string;
  status: 'ok' | 'late' | 'failed' | 'partial' | 'not-connected';
  /** ISO 8601 UTC: what it holds is known up to here. */
  asAt?: string;
  /** ISO 8601 UTC: it has stood like this since. */
  since?: string;
  /** FHIR date, possibly partial: it sends nothing from before. */
  startsFrom?: string;
  /** In plain words, without patient data. */
  message?: string;
  /** What it is called on the page. */
  name: string;
  organisation?: string;
  /** Of one person: it has a record with their NHS number that stands apart from them, since nobody is sure whose it is. */
  apart?: true;
}

/** Writes how one source stands, over what stood there. */
export async function setSourceState(sql: Sql, state: StoredSource): Promise<void> {
  await sql.query(
    `insert into source_state (source, name, organisation, status, as_at, since, starts_from, message)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (source) do update set name = excluded.name, organisation = excluded.organisation,
       status = excluded.status, as_at = excluded.as_at, since = excluded.since,
       starts_from = excluded.starts_from, message = excluded.message`,
    [
      state.source,
      state.name,
      state.organisation,
      state.status,
      state.asAt,
      state.since,
      state.startsFrom,
      state.message,
    ],
  );
}

/**
 * Notes that a source that tells at once, and not in messages, was heard at this instant (ISO 8601). To the minute, so that those
 * who tell at one time do not wait for each other.
 */
export async function noteHeard(
  sql: Sql,
  { source, name }: Pick<StoredSource, 'source' | 'name'>,
  at: string,
): Promise<void> {
  await sql.query(
    `insert into source_state as s (source, name, status, as_at) values ($1, $2, 'ok', $3::timestamptz)
     on conflict (source) do update set status = 'ok', as_at = excluded.as_at, since = null, message = null
     where s.as_at is null or s.status <> 'ok' or s.as_at < excluded.as_at - interval '1 minute'`,
    [source, name, at],
  );
}

interface SourceRow {
  source: string;
  name: string;
  organisation: string | null;
  status: StoredSource['status'];
  as_at: string | null;
  since: string | null;
  starts_from: string | null;
  message: string | null;
}

/** What a source's row says of one person. */
interface OfPerson {
  unread: boolean;
  /** When the practices that are asked for this person last answered about them. */
  answered: string | null;
  /** Since when that is longer ago than was promised. */
  overdue: string | null;
  apart: boolean;
}

/** Said where a message of this source about this person is a dead letter: what it told is missing from the record. */
const unreadWords = 'Something it sent about this person could not be read.';

/**
 * Every source there is, as it stands now, by source id. For a person (silent gap), a source of which something about them could
 * not be read stands as read in part, and one that is asked for each person is known up to its last answer about them: it is said
 * on their record alone. So is that a record with their number stands apart.
 * @param tells whether that may be said of a source
 */
export async function readSources(
  sql: Sql,
  person?: string,
  tells: (source: string) => boolean = () => true,
): Promise<StoredSource[]> {
  const rows = await sql.query<SourceRow & OfPerson>('select * from sources_for($1)', [person ?? null]);
  return rows
    .map(({ unread, answered, overdue, apart, ...row }) => {
      if (!tells(row.source)) return { ...row, apart: false };
      const known = answered === null ? row : asAnswered(row, answered, overdue);
      return { ...(unread ? inPart(known) : known), apart };
    })
    .map((row) => ({
      source: row.source,
      status: row.status,
      name: row.name,
      ...(row.organisation !== null && { organisation: row.organisation }),
      ...(row.as_at !== null && { asAt: row.as_at }),
      ...(row.since !== null && { since: row.since }),
      ...(row.starts_from !== null && { startsFrom: row.starts_from }),
      ...(row.message !== null && { message: row.message }),
      ...(row.apart && { apart: true as const }),
    }));
}

function asAnswered(row: SourceRow, answered: string, overdue: string | null): SourceRow {
  const known = {
    ...row,
    as_at: row.as_at !== null && Date.parse(row.as_at) < Date.parse(answered) ? row.as_at : answered,
  };
  return overdue === null || row.status !== 'ok' ? known : { ...known, status: 'late', since: overdue };
}

function inPart(row: SourceRow): SourceRow {
  const status = row.status === 'ok' ? 'partial' : row.status;
  return { ...row, status, message: row.message === null ? unreadWords : `${row.message} ${unreadWords}` };
}
