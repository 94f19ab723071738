import type { SourceId } from '../../../fhir/sources.ts';
import type { Database, Transaction } from '../../store/database.ts';
import { UnusableMessage, type FormatName, type InboxMessage, type Sorted } from '../format.ts';
import type { Formats } from '../formats.ts';
import { followLinks, keepLinks } from './links.ts';
import { keepPieces, type ScopeKey } from './pieces.ts';
import { tellScopes, type TellReport } from './tell.ts';

/** Scopes that a message may touch to be told with it, in its own transaction; a file's are told one person at a time. */
const toldAtOnce = 50;

/** What became of one message. */
export type Outcome = 'done' | 'dead' | 'gone';

/**
 * Works on one message of the inbox in one transaction: takes it apart, tells what it touches, settles it. What cannot be
 * used is settled as a dead letter with its reason, and holds up nothing else. Answers `gone` when another hub has it, or its
 * person, in hand. Rejects when the store fails: then it waits as before.
 */
export async function workOn(
  db: Database,
  formats: Formats,
  { source, seq }: { source: string; seq: number },
): Promise<Outcome> {
  return db.transaction(async (sql) => {
    const message = await claim(sql, source, seq);
    if (message === undefined) return 'gone';
    const sorted = sort(formats, message);
    if (typeof sorted === 'string') {
      await settle(sql, message, 'dead', { doubts: [], refused: [sorted] });
      return 'dead';
    }
    await keepLinks(sql, message, sorted.links);
    const touched = await keepPieces(sql, message, sorted.pieces);
    const report: TellReport = { doubts: [...sorted.doubts], refused: [] };
    if (touched.length <= toldAtOnce) await tellAll(sql, db, formats, message, touched, report);
    const subjects = [
      ...new Set(touched.map(({ subject }) => subject)),
      ...sorted.links.flatMap(({ keep, gone }) => [keep, gone]),
    ];
    if (touched.length <= toldAtOnce) await followLinks(sql, message.source, [...new Set(subjects)]);
    const state = report.refused.length === 0 ? 'done' : 'dead';
    await settle(sql, message, state, report);
    return state;
  });
}

/**
 * Tells every waiting scope of one subject, in one transaction: what a daily file touched. Answers false when another hub
 * has them in hand or none is left.
 */
export async function tellWaiting(db: Database, formats: Formats, source: SourceId, subject: string): Promise<boolean> {
  return db.transaction(async (sql) => {
    if (!(await holdSubject(sql, source, subject))) return false;
    const rows = await sql.query<{ scope: string; organisation: string; format: FormatName }>(
      `select scope, organisation, format from feed_scope
       where source = $1 and subject = $2 and waiting is not null order by scope collate "C" for update`,
      [source, subject],
    );
    const [first] = rows;
    if (first === undefined) return false;
    for (const format of new Set(rows.map((row) => row.format))) {
      const scopes = rows.filter((row) => row.format === format).map((row) => row.scope);
      const known = formats[format];
      if (known === undefined) throw new Error(`No such format is read here: ${format}`);
      const report = await tellScopes(sql, db.engine, { ...first, source, subject, format: known, scopes });
      if (report.refused.length > 0) {
        await sql.query(
          'update feed_scope set problem = $4 where source = $1 and subject = $2 and scope = any($3::text[])',
          [source, subject, scopes, report.refused.slice(0, 20).join(' ')],
        );
      }
    }
    await followLinks(sql, source, [subject]);
    return true;
  });
}

/** Takes the message, unless it is settled or in another hub's hands, and its person with it. */
async function claim(sql: Transaction, source: string, seq: number): Promise<InboxMessage | undefined> {
  const [row] = await sql.query<{
    organisation: string;
    format: FormatName;
    label: string;
    subject: string | null;
    received: string;
    bytes: Uint8Array;
  }>(
    `select organisation, format, label, subject, received, bytes from inbox
     where source = $1 and seq = $2 and state = 'waiting' for update skip locked`,
    [source, seq],
  );
  if (row === undefined) return undefined;
  if (row.subject !== null && !(await holdSubject(sql, source, row.subject))) return undefined;
  const { organisation, format, label, bytes, received: receivedAt } = row;
  return { seq, source: source as SourceId, organisation, format, label, receivedAt, bytes };
}

/** One hub at a time works on one person of one source, until its transaction ends. */
async function holdSubject(sql: Transaction, source: string, subject: string): Promise<boolean> {
  const [held] = await sql.query<{ held: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 70)) as held',
    [`${source}|${subject}`],
  );
  return held?.held === true;
}

/** The message taken apart; or why it cannot be used. */
function sort(formats: Formats, message: InboxMessage): Sorted | string {
  const format = formats[message.format];
  if (format === undefined) return `No such format is read here: ${message.format}.`;
  try {
    return format.sort(message);
  } catch (error) {
    if (error instanceof UnusableMessage) return error.message;
    throw error;
  }
}

async function tellAll(
  sql: Transaction,
  db: Database,
  formats: Formats,
  message: InboxMessage,
  touched: readonly ScopeKey[],
  report: TellReport,
): Promise<void> {
  const { source, organisation } = message;
  const format = formats[message.format];
  if (format === undefined) return;
  // Services and staff first: all others may refer to them.
  for (const subject of [...new Set(touched.map((scope) => scope.subject))].toSorted()) {
    const scopes = touched.filter((scope) => scope.subject === subject).map(({ scope }) => scope);
    const told = await tellScopes(sql, db.engine, { source, organisation, format, subject, scopes });
    report.doubts.push(...told.doubts);
    report.refused.push(...told.refused);
  }
}

async function settle(
  sql: Transaction,
  { source, seq }: InboxMessage,
  state: 'done' | 'dead',
  { doubts, refused }: TellReport,
): Promise<void> {
  await sql.query(
    `update inbox set state = $3, reason = $4, doubts = $5, settled = now() where source = $1 and seq = $2`,
    [source, seq, state, refused.length === 0 ? null : refused.slice(0, 20).join(' '), doubts.slice(0, 200)],
  );
}
