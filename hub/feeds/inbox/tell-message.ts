import type { Database, Transaction } from '../../store/database.ts';
import type { InboxMessage } from '../format.ts';
import type { Formats } from '../formats.ts';
import type { KnownDirectory } from '../intake/known-directory.ts';
import { holdMerged, mergedWith } from './merged.ts';
import type { HeldScope } from './pieces.ts';
import { tellScopes, type Telling, type TellReport } from './tell.ts';

/** What telling a message needs besides the message. */
export interface Known {
  formats: Formats;
  directoryKnown: KnownDirectory | undefined;
}

/** Tells these scopes, subject by subject, into the report. */
export async function tellAll(
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
export async function tellLinked(
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
