import type { Patient } from 'fhir/r4';
import { matchPerson } from '../../people/match.ts';
import { namesRealNhsNumber } from '../../people/demographics.ts';
import { moveRecord } from '../../people/merge.ts';
import {
  linkToPerson,
  readStatements,
  sourcePatientOf,
  statementKey,
  writeConflicts,
  writeStatement,
} from '../../people/statements.ts';
import type { Database, Sql } from '../../store/database.ts';
import { whyNotText } from './admissible.ts';
import { placeOf } from './links.ts';
import type { Telling } from './input.ts';
import { findOutside, link, type OutsideLinks } from './links.ts';
import { asJson } from '../../resource/json.ts';
import type { Outcome } from './ledger.ts';
import { bareText, stampedMeta } from '../../resource/stamp.ts';

/** What became of one source's patient record. */
export interface TakenPerson {
  telling: Telling;
  localId: string;
  result: { outcome: Outcome; person: string; remarks: string[] } | { refused: string };
  /** Every person whose served Patient must be composed anew. */
  touched: string[];
}

/** An embedded store is for demonstration: it takes no NHS number that could be a real person's (design.md). */
export const onlyTestNumbers =
  'The embedded store is for demonstration and takes only NHS numbers from 999: set DATABASE_URL to a PostgreSQL server.';

/**
 * Finds or makes the person of each patient record, in the order told, and keeps the statement. Must run inside the
 * transaction that writes the records: it takes locks so that two hubs never make two persons of one NHS number.
 */
export async function takePeople(
  sql: Sql,
  engine: Database['engine'],
  tellings: readonly { telling: Telling; localId: string }[],
): Promise<TakenPerson[]> {
  await lockPeople(sql, tellings);
  const unplaced = tellings.map(({ telling: { input, statement } }) => {
    return { input, resource: asJson(statement.resource), place: undefined };
  });
  // Who their GP and practice are is asked once for all; what is in a person's own record, when the person is known.
  const shared = await findOutside(sql, unplaced);
  const before = await readStatements(
    sql,
    tellings.map(({ telling, localId }) => ({ source: telling.input.origin.source, localId })),
  );
  const taken: TakenPerson[] = [];
  for (const { telling, localId } of tellings) {
    taken.push(await takePerson(sql, engine, telling, localId, { shared, before }));
  }
  return taken;
}

async function takePerson(
  sql: Sql,
  engine: Database['engine'],
  telling: Telling,
  localId: string,
  known: { shared: OutsideLinks; before: Map<string, string> },
): Promise<TakenPerson> {
  const { input } = telling;
  const { source } = input.origin;
  const patient = telling.statement.resource as Patient;
  const refuse = (refused: string): TakenPerson => {
    input.refusedPeople.set(localId, refused);
    return { telling, localId, result: { refused }, touched: [] };
  };
  if (engine === 'pglite' && namesRealNhsNumber(patient.identifier)) return refuse(onlyTestNumbers);
  const unfit = whyNotText(JSON.stringify(patient));
  if (unfit !== undefined) return refuse(unfit);
  const match = await matchPerson(sql, sourcePatientOf(source, localId, patient));
  await writeConflicts(sql, { source, localId }, match.person, match.conflicts);
  if ('refused' in match) return refuse(match.refused);

  const key = statementKey({ source, localId });
  const before = known.before.get(key);
  const place = placeOf(input, localId, match.person);
  input.people.set(localId, place);
  const linking = { input, resource: asJson(patient), place };
  const linked = link(linking, await findOutside(sql, [linking], known.shared));
  // The id and links of the source's own record set are replaced by the person's.
  const { id: _id, link: _links, text: _text, meta, ...rest } = linked.resource;
  const statement = { resourceType: 'Patient', meta: stampedMeta(meta, input.origin), ...rest };
  const same = before !== undefined && bareText(asJson(JSON.parse(before) as object)) === bareText(statement);
  const remarks = [...linked.remarks];
  if (_links !== undefined) remarks.push('Link of a Patient to another Patient, left to matching');
  if (patient.identifier !== undefined && match.conflicts.length > 0)
    remarks.push('Possible match, put on the worklist');
  if (same && match.movedFrom === undefined) {
    return { telling, localId, result: { outcome: 'unchanged', person: match.person, remarks }, touched: [] };
  }
  await linkToPerson(sql, { source, localId }, match);
  if (match.movedFrom !== undefined)
    await moveRecord(sql, { source, localId, from: match.movedFrom, to: match.person });
  const written = await writeStatement(sql, match.person, {
    source,
    localId,
    patient: statement as unknown as Patient,
    receivedAt: input.origin.message.receivedAt,
  });
  known.before.set(key, written);
  const touched = match.movedFrom === undefined ? [match.person] : [match.person, match.movedFrom];
  const outcome = before === undefined ? 'created' : 'updated';
  return { telling, localId, result: { outcome, person: match.person, remarks }, touched };
}

/** Locks by NHS number and by record, in one order for everybody, until the transaction ends. */
async function lockPeople(sql: Sql, tellings: readonly { telling: Telling; localId: string }[]): Promise<void> {
  const names = tellings.flatMap(({ telling, localId }) => {
    const { source } = telling.input.origin;
    const { nhsNumber } = sourcePatientOf(source, localId, telling.statement.resource as Patient);
    return nhsNumber === undefined ? [`${source}|${localId}`] : [`${source}|${localId}`, nhsNumber];
  });
  if (names.length === 0) return;
  await sql.query(
    `select pg_advisory_xact_lock(key) from
       (select distinct hashtextextended(name, 10) as key from unnest($1::text[]) as n(name) order by key) as keys`,
    [names],
  );
}
