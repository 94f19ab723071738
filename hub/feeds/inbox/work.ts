import type { SourceId } from '../../../fhir/sources.ts';
import type { Database } from '../../store/database.ts';
import { ownScope, UnusableMessage, type FormatName, type InboxMessage, type Sorted } from '../format.ts';
import type { Formats } from '../formats.ts';
import type { KnownDirectory } from '../intake/known-directory.ts';
import { claim, holdLinked, holdSubject } from './claim.ts';
import { followLinks, keepLinks } from './links.ts';
import { keepPieces, type HeldScope } from './pieces.ts';
import { reopen, settle } from './settle.ts';
import { tellAll, tellLinked } from './tell-message.ts';
import { tellScopes, toldStatement, type TellReport } from './tell.ts';

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
