import type { SourceId } from '../../../fhir/sources.ts';
import type { Database, Transaction } from '../../store/database.ts';
import { ownScope, UnusableMessage, type FormatName, type InboxMessage, type Sorted } from '../format.ts';
import type { Formats } from '../formats.ts';
import type { KnownDirectory } from '../intake/known-directory.ts';
import { claim, holdLinked, holdSubject, type Claimed } from './claim.ts';
import { followLinks, keepLinks } from './links.ts';
import { keepPieces, type HeldScope } from './pieces.ts';
import { reopen, settle, stateOf, type Settled } from './settle.ts';
import { tellAgain } from './tell-again.ts';
import { tellLinked, tellTouched, type Known, type Touched } from './tell-message.ts';
import { openLackingStatement, tellScopes, toldStatement, type TellReport } from './tell.ts';

/** Scopes that a message may touch to be told with it, in its own transaction; a file's are told one person at a time. */
const toldAtOnce = 50;

/** What became of one message: `gone` when another hub has it, or its person, in hand. */
export type Outcome = 'done' | 'dead' | 'gone';

/**
 * Works on messages of one source in one transaction: takes each apart, tells what they touch, settles them. What several
 * of them say of one person is told once, as it stands after the last. What cannot be used is settled as a dead letter with
 * its reason, and holds up nothing else. Answers what became of each, in order. Rejects when the store fails, a mapper does,
 * or what several said of one person is refused: then all of them wait as before, for each to be worked on alone.
 */
export async function workOn(
  db: Database,
  formats: Formats,
  source: string,
  seqs: readonly number[],
  directoryKnown?: KnownDirectory,
): Promise<Outcome[]> {
  return db.transaction(async (sql) => {
    const outcomes = new Map<number, Outcome>();
    const settled: Settled[] = [];
    const taken: (Claimed & { sorted: Sorted; report: TellReport })[] = [];
    for (const claimed of await claim(sql, source, seqs)) {
      const sorted = sort(formats, claimed.message);
      const report: TellReport = { doubts: [], refused: [], scopes: [], isNew: false };
      if (typeof sorted === 'string') {
        report.refused.push(sorted);
        settled.push({ message: claimed.message, report });
      } else if (await holdLinked(sql, source, sorted)) {
        await keepLinks(sql, claimed.message, sorted.links);
        report.doubts.push(...sorted.doubts);
        taken.push({ ...claimed, sorted, report });
      }
    }
    const touched = await keepPieces(
      sql,
      source,
      taken.map(({ message, sorted, again }) => ({ message, pieces: sorted.pieces, again })),
    );
    await tellAgain(
      sql,
      source,
      taken.flatMap(({ sorted }) => sorted.again ?? []),
    );
    await tellAtOnce(
      sql,
      db.engine,
      { formats, directoryKnown },
      source,
      taken.map((each, place) => ({ ...each, scopes: touched[place] ?? [] })),
    );
    settled.push(...taken);
    if (settled.length > 0) await settle(sql, source, settled);
    for (const { message, report } of settled) outcomes.set(message.seq, stateOf(report.refused));
    return seqs.map((seq) => outcomes.get(seq) ?? 'gone');
  });
}

interface Taken extends Touched {
  /** The person it is about; nobody's for a file about many. */
  subject: string | undefined;
  sorted: Sorted;
}

/** Tells what messages about one person each touched; a file about many is told when all of its set is there (InboxWorker). */
async function tellAtOnce(
  sql: Transaction,
  engine: Database['engine'],
  known: Known,
  source: string,
  taken: readonly Taken[],
): Promise<void> {
  const ofOnePerson = taken.filter(({ subject, scopes }) => subject !== undefined && scopes.length <= toldAtOnce);
  const people = [...Map.groupBy(ofOnePerson, ({ subject }) => subject).values()].flatMap((messages) => {
    const last = messages.at(-1);
    if (last === undefined) return [];
    const scopes = new Map(messages.flatMap((each) => each.scopes.map((scope) => [nameOf(scope), scope])));
    const touched = [...scopes.values()];
    const linked = new Set(touched.filter((scope) => scope.linked).map(({ subject }) => subject));
    for (const { keep, gone } of messages.flatMap(({ sorted }) => sorted.links)) linked.add(keep).add(gone);
    const own = touched.filter(({ subject, scope }) => !linked.has(subject) || scope === ownScope);
    return [{ message: last.message, scopes: own, report: last.report, linked, together: messages.length }];
  });
  await tellTouched(sql, engine, known, people);
  for (const { message, linked, report } of people) {
    if (linked.size === 0) continue;
    await followLinks(sql, source, [...linked]);
    await tellLinked(sql, engine, known, message, linked, report);
  }
  // Which of them says what is refused, nobody could tell.
  if (people.some(({ together, report }) => together > 1 && report.refused.length > 0)) throw new RefusedTogether();
}

/** What several messages said of one person was refused. */
class RefusedTogether extends Error {
  override name = 'RefusedTogether';
  override message = 'Something of what several messages said of one person was refused.';
}

function nameOf({ subject, scope }: HeldScope): string {
  return JSON.stringify([subject, scope]);
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
      const [report] = await tellScopes(sql, db.engine, [{ source, organisation, subject, format, scopes }]);
      if (report === undefined) continue;
      await sql.query(toldStatement, [Buffer.from(JSON.stringify(report.scopes))]);
      if (report.isNew) await reopen(sql, source, report.scopes);
      if (subject === '') await sql.query(openLackingStatement, [source]);
      await keepDoubts(sql, source, subject, rows, report);
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

/**
 * Keeps what was odd in telling what a file left for later, for the operator: with the scope it was found in. What comes to
 * the same as before was not looked through again, and keeps its doubts.
 */
async function keepDoubts(
  sql: Transaction,
  source: SourceId,
  subject: string,
  held: readonly Pick<HeldScope, 'scope' | 'digest'>[],
  { scopes }: TellReport,
): Promise<void> {
  const before = new Map(held.map(({ scope, digest }) => [scope, digest]));
  const changed = scopes.filter(({ scope, digest }) => digest === '' || digest !== before.get(scope));
  if (changed.length === 0) return;
  const rows = changed.map(({ scope, doubts }) => ({ scope, doubts: [...new Set(doubts)].slice(0, 200) }));
  await sql.query(
    `update feed_scope s set doubts = array(select json_array_elements_text(i.doubts)),
       doubted = case when json_array_length(i.doubts) > 0 then now() end
     from json_to_recordset($3::json) as i (scope text, doubts json)
     where s.source = $1 and s.subject = $2 and s.scope = i.scope
       and (s.doubted is not null or json_array_length(i.doubts) > 0)`,
    [source, subject, Buffer.from(JSON.stringify(rows))],
  );
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
