import type { Database, Sql } from '../../store/database.ts';
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

/** What a message touched, and where what comes of telling it goes. */
export interface Touched {
  message: InboxMessage;
  scopes: readonly HeldScope[];
  report: TellReport;
}

/** Tells the scopes that messages of one source touched, each scope once, into the messages' reports. */
export async function tellTouched(
  sql: Sql,
  engine: Database['engine'],
  { formats, directoryKnown }: Known,
  touched: readonly Touched[],
  saidOf?: readonly string[],
): Promise<void> {
  const told = new Set<string>();
  const tellings: { telling: Telling; report: TellReport }[] = [];
  for (const { message, scopes, report } of touched) {
    const { source, organisation } = message;
    const format = formats[message.format];
    if (format === undefined) throw new Error(`No such format is read here: ${message.format}`);
    for (const subject of new Set(scopes.map((scope) => scope.subject))) {
      const own = scopes.filter(
        (scope) => scope.subject === subject && !told.has(JSON.stringify([subject, scope.scope])),
      );
      for (const { scope } of own) told.add(JSON.stringify([subject, scope]));
      const telling: Telling = { source, organisation, format, subject, scopes: own, message };
      if (own.length > 0) tellings.push({ telling: saidOf === undefined ? telling : { ...telling, saidOf }, report });
    }
  }
  const reports = await tellScopes(
    sql,
    engine,
    tellings.map(({ telling }) => telling),
    directoryKnown,
  );
  tellings.forEach(({ report }, place) => {
    const { doubts = [], refused = [], scopes = [], isNew = false } = reports[place] ?? {};
    report.doubts.push(...doubts);
    report.refused.push(...refused);
    report.scopes.push(...scopes);
    report.isNew ||= isNew;
  });
}

/**
 * Tells all there is of records that their source made one, or took apart: first what is told no more under the numbers
 * that gave way, then everything under the one that was kept. So a stay that began under one number ends under the other.
 */
export async function tellLinked(
  sql: Sql,
  engine: Database['engine'],
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
    await tellTouched(sql, engine, known, [{ message, scopes: given, report }], []);
    const kept = scopes.filter((scope) => scope.subject === merged.kept);
    if (await isKnown(sql, message.source, merged.kept))
      await tellTouched(sql, engine, known, [{ message, scopes: kept, report }], merged.subjects);
  }
}

/** Before the source has said who it is, there is nobody to tell it of: it is told when the source does. */
async function isKnown(sql: Sql, source: string, subject: string): Promise<boolean> {
  const known = await sql.query('select 1 from source_patient where source = $1 and local_id = $2', [source, subject]);
  return known.length > 0;
}
