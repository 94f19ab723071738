import type { SourceId } from '../../../fhir/sources.ts';
import type { Database, Transaction } from '../../store/database.ts';
import { ownScope, UnusableMessage, type FormatName, type InboxMessage, type Sorted } from '../format.ts';
import type { Formats } from '../formats.ts';
import type { KnownDirectory } from '../intake/known-directory.ts';
import { followLinks, keepLinks } from './links.ts';
import { keepPieces, type HeldScope } from './pieces.ts';
import { holdMerged, mergedWith } from './merged.ts';
import {
  openScopesStatement,
  tellScopes,
  toldStatement,
  type Telling,
  type TellReport,
  type ToldScope,
} from './tell.ts';

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
  directoryKnown?: KnownDirectory,
): Promise<Outcome> {
  return db.transaction(async (sql) => {
    const claimed = await claim(sql, source, seq);
    if (claimed === undefined) return 'gone';
    const { message, again, ofOne } = claimed;
    const sorted = sort(formats, message);
    if (typeof sorted === 'string') {
      await settle(sql, message, { doubts: [], refused: [sorted], scopes: [], isNew: false });
      return 'dead';
    }
    if (!(await holdLinked(sql, source, sorted))) return 'gone';
    await keepLinks(sql, message, sorted.links);
    const touched = await keepPieces(sql, message, sorted.pieces, again);
    const report: TellReport = { doubts: [...sorted.doubts], refused: [], scopes: [], isNew: false };
    // A file about many is told when all of its set is there (InboxWorker).
    if (ofOne && touched.length <= toldAtOnce) {
      const known = { formats, directoryKnown };
      const linked = new Set(touched.filter((scope) => scope.linked).map(({ subject }) => subject));
      for (const { keep, gone } of sorted.links) linked.add(keep).add(gone);
      const own = touched.filter(({ subject, scope }) => !linked.has(subject) || scope === ownScope);
      await tellAll(sql, db, known, message, own, report);
      if (linked.size > 0) {
        await followLinks(sql, message.source, [...linked]);
        await tellLinked(sql, db, known, message, linked, report);
      }
    }
    return settle(sql, message, report);
  });
}

/**
 * Tells every waiting scope of one subject, in one transaction: what a daily file touched. Answers false when another hub
 * has them in hand or none is left.
 */
export async function tellWaiting(db: Database, formats: Formats, source: SourceId, subject: string): Promise<boolean> {
  return db.transaction(async (sql) => {
    const [held] = await sql.query<{ held: boolean }>(`select ${holdSubject('$1', '$2')} as held`, [source, subject]);
    if (held?.held !== true) return false;
    const rows = await sql.query<Omit<HeldScope, 'linked'> & { organisation: string; format: FormatName }>(
      `select subject, scope, told, digest, organisation, format from feed_scope
       where source = $1 and subject = $2 and waiting is not null order by scope collate "C" for update`,
      [source, subject],
    );
    for (const name of new Set(rows.map((row) => row.format))) {
      const scopes = rows.filter((row) => row.format === name);
      const format = formats[name];
      if (format === undefined) throw new Error(`No such format is read here: ${name}`);
      const organisation = scopes[0]?.organisation ?? '';
      const report = await tellScopes(sql, db.engine, { source, organisation, subject, format, scopes });
      await sql.query(toldStatement, [source, Buffer.from(JSON.stringify(report.scopes))]);
      if (report.isNew) await reopen(sql, source, report.scopes);
      if (report.refused.length > 0) {
        await sql.query(
          'update feed_scope set problem = $4 where source = $1 and subject = $2 and scope = any($3::text[])',
          [source, subject, scopes.map(({ scope }) => scope), report.refused.slice(0, 20).join(' ')],
        );
      }
    }
    if (rows.length > 0) await followLinks(sql, source, [subject]);
    return rows.length > 0;
  });
}

/** One hub at a time works on one person of one source, until its transaction ends. */
const holdSubject = (source: string, subject: string): string =>
  `pg_try_advisory_xact_lock(hashtextextended(${source} || '|' || ${subject}, 70))`;

/**
 * Holds both records of every link, so that what is being told of either is committed, and seen, before the link is followed;
 * false when another lane has one of them in hand.
 */
async function holdLinked(sql: Transaction, source: string, { links }: Sorted): Promise<boolean> {
  if (links.length === 0) return true;
  const [held] = await sql.query<{ held: boolean }>(
    `select bool_and(${holdSubject('$1::text', 'subject')}) as held from unnest($2::text[]) as s(subject)`,
    [source, links.flatMap(({ keep, gone }) => [keep, gone])],
  );
  return held?.held === true;
}

interface Claimed {
  message: InboxMessage;
  /** It was worked on before. */
  again: boolean;
  /** It is about one person. */
  ofOne: boolean;
}

/** Takes the message, unless it is settled or in another hub's hands, and its person with it. */
async function claim(sql: Transaction, source: string, seq: number): Promise<Claimed | undefined> {
  const [row] = await sql.query<{
    organisation: string;
    format: FormatName;
    label: string;
    received: string;
    bytes: Uint8Array;
    worked: boolean;
    held: boolean;
    of_one: boolean;
  }>(
    `select organisation, format, label, received, bytes, worked, subject is not null as of_one,
       case when subject is null then true else ${holdSubject('source', 'subject')} end as held
     from inbox where source = $1 and seq = $2 and state = 'waiting' for update skip locked`,
    [source, seq],
  );
  if (row?.held !== true) return undefined;
  const { organisation, format, label, bytes, received: receivedAt, worked: again, of_one: ofOne } = row;
  return {
    message: { seq, source: source as SourceId, organisation, format, label, receivedAt, bytes },
    again,
    ofOne,
  };
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

interface Known {
  formats: Formats;
  directoryKnown: KnownDirectory | undefined;
}

async function tellAll(
  sql: Transaction,
  db: Database,
  { formats, directoryKnown }: Known,
  message: InboxMessage,
  touched: readonly HeldScope[],
  report: TellReport,
  saidOf?: readonly string[],
): Promise<void> {
  const { source, organisation } = message;
  const format = formats[message.format];
  if (format === undefined) return;
  // Services and staff first: all others may refer to them.
  for (const subject of [...new Set(touched.map((scope) => scope.subject))].toSorted()) {
    const scopes = touched.filter((scope) => scope.subject === subject);
    const telling: Telling = { source, organisation, format, subject, scopes, message, directoryKnown };
    const told = await tellScopes(sql, db.engine, saidOf === undefined ? telling : { ...telling, saidOf });
    report.doubts.push(...told.doubts);
    report.refused.push(...told.refused);
    report.scopes.push(...told.scopes);
    report.isNew ||= told.isNew;
  }
}

/**
 * Tells all there is of records that their source made one, or took apart: first what is told no more under the numbers
 * that gave way, then everything under the one that was kept. So a stay that began under one number ends under the other.
 */
async function tellLinked(
  sql: Transaction,
  db: Database,
  known: Known,
  message: InboxMessage,
  subjects: ReadonlySet<string>,
  report: TellReport,
): Promise<void> {
  const done = new Set<string>();
  for (const subject of subjects) {
    if (done.has(subject)) continue;
    const merged = (await mergedWith(sql, message.source, subject)) ?? { kept: subject, subjects: [subject] };
    for (const each of merged.subjects) done.add(each);
    const scopes = await holdMerged(sql, message.source, merged);
    const given = scopes.filter((scope) => scope.subject !== merged.kept);
    await tellAll(sql, db, known, message, given, report, []);
    const kept = scopes.filter((scope) => scope.subject === merged.kept);
    if (await isKnown(sql, message.source, merged.kept))
      await tellAll(sql, db, known, message, kept, report, merged.subjects);
  }
}

/** Before the source has said who it is, there is nobody to tell it of: it is told when the source does. */
async function isKnown(sql: Transaction, source: string, subject: string): Promise<boolean> {
  const known = await sql.query('select 1 from source_patient where source = $1 and local_id = $2', [source, subject]);
  return known.length > 0;
}

async function reopen(sql: Transaction, source: string, told: readonly ToldScope[]): Promise<void> {
  const subjects = [...new Set(told.map(({ subject }) => subject))].filter((subject) => subject !== '');
  await sql.query(openScopesStatement, [source, subjects, told.map(({ scope }) => scope)]);
}

async function settle(sql: Transaction, { source, seq }: InboxMessage, report: TellReport): Promise<'done' | 'dead'> {
  const { doubts, refused, scopes, isNew } = report;
  const state = refused.length === 0 ? 'done' : 'dead';
  await sql.query(
    `with told as (${toldStatement})
     update inbox set state = $4, reason = $5, doubts = $6, settled = now(), worked = true where source = $1 and seq = $3`,
    [
      source,
      Buffer.from(JSON.stringify(scopes)),
      seq,
      state,
      refused.length === 0 ? null : refused.slice(0, 20).join(' '),
      doubts.slice(0, 200),
    ],
  );
  if (isNew) await reopen(sql, source, scopes);
  return state;
}
