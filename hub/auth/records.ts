import { createHash } from 'node:crypto';
import type { FactsRow } from '../access/read-facts.ts';
import type { Sql } from '../store/database.ts';
import { storableValue } from '../store/storable.ts';

/** One remembered thing. */
export interface AuthRecord {
  payload: unknown;
  grant: string | undefined;
  /** Epoch milliseconds of its first use. */
  usedAt: number | undefined;
}

export interface RecordOptions {
  /** Epoch milliseconds; undefined is for good. */
  expiresAt: number | undefined;
  grant?: string | undefined;
  uid?: string | undefined;
  /** The user's id, as in the audit. */
  user?: string | undefined;
  /** The sign-on service and its own id of the user: `borough|555000000001`. */
  upstream?: string | undefined;
  /** Epoch milliseconds: however often it is used, it ends then. Only for what ends when nobody uses it. */
  endsAt?: number | undefined;
}

interface StoredRecord {
  payload: string;
  grant_id: string | null;
  used_at: string | null;
}

const cleanEvery = 60_000;
const cleanAtMost = 500;

/** The authorization server's memory in the store. Keys are kept as SHA-256 digests; expired rows are never answered. */
export class AuthRecords {
  readonly #sql: Sql;
  readonly #cleans: boolean;
  #cleanedAt = 0;

  constructor(sql: Sql, cleans = true) {
    this.#sql = sql;
    this.#cleans = cleans;
  }

  /** The same records inside a transaction. */
  within(sql: Sql): AuthRecords {
    return new AuthRecords(sql, false);
  }

  /** Writes or replaces; a replaced record keeps the mark of its use. */
  async put(kind: string, key: string, payload: object, options: RecordOptions): Promise<void> {
    await this.#clean();
    await this.#sql.query(
      `INSERT INTO auth_record
         (kind, key, payload, grant_id, uid, expires_at, user_id, upstream, ends_at, last_used)
       VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, $6::timestamptz, $7::text, $8::text, $9::timestamptz,
         $10::timestamptz)
       ON CONFLICT (kind, key) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
         uid = excluded.uid, expires_at = excluded.expires_at, user_id = excluded.user_id,
         upstream = excluded.upstream, ends_at = excluded.ends_at, last_used = excluded.last_used`,
      [
        ...values(kind, key, payload, options),
        options.user ?? null,
        options.upstream ?? null,
        options.endsAt === undefined ? null : iso(options.endsAt),
        iso(Date.now()),
      ],
    );
  }

  /** Writes only where nothing unexpired of this key is; answers whether it did. Of several at once, one does. */
  async add(kind: string, key: string, payload: object, options: RecordOptions): Promise<boolean> {
    await this.#clean();
    const rows = await this.#sql.query(
      `INSERT INTO auth_record (kind, key, payload, grant_id, uid, expires_at)
       VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, $6::timestamptz)
       ON CONFLICT (kind, key) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
         uid = excluded.uid, expires_at = excluded.expires_at, used_at = NULL
         WHERE auth_record.expires_at <= $7::timestamptz
       RETURNING kind`,
      [...values(kind, key, payload, options), iso(Date.now())],
    );
    return rows.length === 1;
  }

  async find(kind: string, key: string): Promise<AuthRecord | undefined> {
    return this.#one('key = $2::text', kind, digest(key));
  }

  async findByUid(kind: string, uid: string): Promise<AuthRecord | undefined> {
    return this.#one('uid = $2::text', kind, uid);
  }

  /**
   * An access token with the authorization it belongs to, when that was last used (epoch milliseconds), and what the store
   * knows for deciding what its reader may see: one question for each request.
   */
  async findReading(
    token: string,
  ): Promise<{ token: unknown; authorization: unknown; usedLast: number; facts: FactsRow } | undefined> {
    const rows = await this.#sql.query<FactsRow & { token: string; authorized: string; last_used: string | null }>(
      'SELECT * FROM reading_with($1::text, $2::timestamptz)',
      [digest(token), iso(Date.now())],
    );
    const row = rows[0];
    return (
      row && {
        token: JSON.parse(row.token) as unknown,
        authorization: JSON.parse(row.authorized) as unknown,
        usedLast: row.last_used === null ? 0 : new Date(row.last_used).getTime(),
        facts: row,
      }
    );
  }

  /** Counts one more, and marks when: answers how many there were, none of them longer than `keepMillis` after another. */
  async count(kind: string, key: string, keepMillis: number): Promise<number> {
    await this.#clean();
    const now = Date.now();
    const rows = await this.#sql.query<{ payload: string }>(
      `INSERT INTO auth_record (kind, key, payload, used_at, expires_at)
       VALUES ($1::text, $2::text, '1', $3::timestamptz, $4::timestamptz)
       ON CONFLICT (kind, key) DO UPDATE SET used_at = excluded.used_at, expires_at = excluded.expires_at,
         payload = CASE WHEN auth_record.expires_at <= excluded.used_at THEN '1'
           ELSE (auth_record.payload::integer + 1)::text END
       RETURNING payload`,
      [kind, digest(key), iso(now), iso(now + keepMillis)],
    );
    return Number(rows[0]?.payload ?? 1);
  }

  /** What ends when nobody uses it was used: it goes on for so long from now, and not past its own end. */
  async touch(kind: string, grant: string, idleMillis: number): Promise<void> {
    const now = Date.now();
    await this.#sql.query(
      `UPDATE auth_record SET last_used = $3::timestamptz, expires_at = least(ends_at, $4::timestamptz)
       WHERE grant_id = $2::text AND kind = $1::text AND expires_at > $3::timestamptz`,
      [kind, grant, iso(now), iso(now + idleMillis)],
    );
  }

  /** Replaces a record that is kept for good, where what stands is still as expected; answers whether it did. */
  async exchange(kind: string, key: string, payload: object, expected: (now: unknown) => boolean): Promise<boolean> {
    const stored = await this.#sql.query<{ payload: string }>(
      'SELECT payload FROM auth_record WHERE kind = $1::text AND key = $2::text',
      [kind, digest(key)],
    );
    const now = stored[0]?.payload;
    if (now === undefined || !expected(JSON.parse(now))) return false;
    const rows = await this.#sql.query(
      `UPDATE auth_record SET payload = $3::text WHERE kind = $1::text AND key = $2::text AND payload = $4::text
       RETURNING kind`,
      [kind, digest(key), JSON.stringify(payload), now],
    );
    return rows.length === 1;
  }

  /** Marks the first use, in one statement: of several that try at once, one gets true. */
  async use(kind: string, key: string): Promise<boolean> {
    const now = iso(Date.now());
    const rows = await this.#sql.query(
      `UPDATE auth_record SET used_at = $3::timestamptz
       WHERE kind = $1::text AND key = $2::text AND used_at IS NULL AND (expires_at IS NULL OR expires_at > $3::timestamptz)
       RETURNING kind`,
      [kind, digest(key), now],
    );
    return rows.length === 1;
  }

  /** Takes a mark of use back, where the work that set it never ended. */
  async release(kind: string, key: string): Promise<void> {
    await this.#sql.query('UPDATE auth_record SET used_at = NULL WHERE kind = $1::text AND key = $2::text', [
      kind,
      digest(key),
    ]);
  }

  /** Removes and answers what was there: for what may be answered once. */
  async take(kind: string, key: string): Promise<AuthRecord | undefined> {
    const rows = await this.#sql.query<StoredRecord>(
      `DELETE FROM auth_record WHERE kind = $1::text AND key = $2::text AND (expires_at IS NULL OR expires_at > $3::timestamptz)
       RETURNING payload, grant_id, used_at`,
      [kind, digest(key), iso(Date.now())],
    );
    return rows[0] && read(rows[0]);
  }

  /** Removes all of one kind that bear this uid. */
  async removeByUid(kind: string, uid: string): Promise<void> {
    await this.#sql.query('DELETE FROM auth_record WHERE kind = $1::text AND uid = $2::text', [kind, uid]);
  }

  async remove(kind: string, key: string): Promise<void> {
    await this.#sql.query('DELETE FROM auth_record WHERE kind = $1::text AND key = $2::text', [kind, digest(key)]);
  }

  /** Ends an authorization: all that belongs to it, or only one kind of it. */
  async removeGrant(grant: string, kind?: string): Promise<void> {
    await this.#sql.query(
      'DELETE FROM auth_record WHERE grant_id = $1::text AND ($2::text IS NULL OR kind = $2::text)',
      [grant, kind ?? null],
    );
  }

  async #one(condition: string, kind: string, value: string): Promise<AuthRecord | undefined> {
    const rows = await this.#sql.query<StoredRecord>(
      `SELECT payload, grant_id, used_at FROM auth_record
       WHERE kind = $1::text AND ${condition} AND (expires_at IS NULL OR expires_at > $3::timestamptz)`,
      [kind, value, iso(Date.now())],
    );
    return rows[0] && read(rows[0]);
  }

  /** Deletes a few expired rows now and then, so that no clock-driven job is needed. */
  async #clean(): Promise<void> {
    const now = Date.now();
    if (!this.#cleans || Math.abs(now - this.#cleanedAt) < cleanEvery) return;
    this.#cleanedAt = now;
    await this.#sql.query(
      `DELETE FROM auth_record WHERE (kind, key) IN
         (SELECT kind, key FROM auth_record WHERE expires_at < $1::timestamptz LIMIT ${cleanAtMost})`,
      [iso(now)],
    );
  }
}

/** How a secret is kept. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function iso(millis: number): string {
  return new Date(millis).toISOString();
}

function values(kind: string, key: string, payload: object, options: RecordOptions): unknown[] {
  const { expiresAt, grant, uid } = options;
  return [
    kind,
    digest(key),
    // What the database reads of it as JSON it can hold.
    JSON.stringify(payload, (_member, value: unknown) => storableValue(value)),
    grant ?? null,
    uid ?? null,
    expiresAt === undefined ? null : iso(expiresAt),
  ];
}

function read(row: StoredRecord): AuthRecord {
  return {
    payload: JSON.parse(row.payload) as unknown,
    grant: row.grant_id ?? undefined,
    usedAt: row.used_at === null ? undefined : new Date(row.used_at).getTime(),
  };
}
