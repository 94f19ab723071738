import type { FhirResource } from 'fhir/r4';
import { isDirectoryType } from '../../../fhir/resource-types.ts';
import { searchValuesOf } from '../../fhir/search-values.ts';
import { namesRealNhsNumber } from '../../people/demographics.ts';
import { originOf } from '../../people/origin.ts';
import type { KnownDirectory } from './known-directory.ts';
import { writeConflicts } from '../../people/statements.ts';
import { serveComposed } from '../../people/serve.ts';
import type { Database, Sql } from '../../store/database.ts';
import { upsertRows } from '../../store/resources.ts';
import { directory, type NewRow } from '../../store/rows.ts';
import { whyNotText } from './admissible.ts';
import type { Entry } from './input-index.ts';
import type { Place, Telling } from './input.ts';
import { asJson, isObject, type JsonObject } from '../../resource/json.ts';
import type { Outcome } from './ledger.ts';
import { findOutside, link, placeOf, type Linking, type OutsideLinks } from './links.ts';
import { odditiesOf } from './oddities.ts';
import { bareText, stampedMeta } from '../../resource/stamp.ts';
import { rowKey, storedRows, type RowKey, type StoredRow } from './stored.ts';
import { settleLabels, writeMasks } from '../../access/label-links/settle-labels.ts';
import { withdrawals, withdrawnMark, type Withdrawal } from './withdraw.ts';
import { onlyTestNumbers, takePeople, type TakenPerson } from './take-people.ts';

type Done = () => void;

/**
 * Takes some resources of one or many inputs into the store in one transaction: services and staff first, since all
 * others may refer to them, then the people, then everything else, each with its references in the hub's ids. What becomes of each is told to its input's ledger once the transaction is
 * committed. Rejects, with nothing written, when the store fails.
 */
export async function writeBatch(db: Database, tellings: readonly Telling[]): Promise<void> {
  const told = await db.transaction((sql) => writeTellings(sql, db.engine, tellings));
  told();
}

/** The same within a transaction that does more; what it answers tells the ledgers, once it is committed. */
export async function writeTellings(
  sql: Sql,
  engine: Database['engine'],
  tellings: readonly Telling[],
  directoryKnown?: KnownDirectory,
): Promise<() => void> {
  const notes: Done[] = [];
  const live: { telling: Telling; entry: Entry }[] = [];
  for (const telling of tellings) {
    const entry = telling.input.index.at(telling.ordinal);
    if ('reason' in entry) notes.push(() => telling.input.ledger.refuse(entry));
    else if (entry.problem !== undefined) notes.push(refusing(telling, entry, entry.problem));
    // An earlier telling of what is told again further on.
    else if (entry.ordinal !== telling.ordinal) notes.push(() => telling.input.ledger.note('unchanged'));
    else live.push({ telling, entry });
  }
  const ofDirectory = live.filter(({ entry }) => isDirectoryType(entry.type));
  notes.push(...(await writeRows(sql, engine, ofDirectory, directoryKnown)));
  const people = live.filter(({ entry }) => entry.type === 'Patient');
  const taken = await takePeople(
    sql,
    engine,
    people.map(({ telling, entry }) => ({ telling, localId: entry.ownId })),
  );
  for (const person of taken) notes.push(notePerson(person));
  await holdPeople(sql, live);
  const others = live.filter(({ entry }) => entry.type !== 'Patient' && !isDirectoryType(entry.type));
  notes.push(...(await writeRows(sql, engine, others)));
  await serveComposed(sql, [...new Set(taken.flatMap(({ touched }) => touched))]);
  return () => {
    for (const note of notes) note();
  };
}

function refusing({ input }: Telling, entry: Entry, reason: string): Done {
  return () => input.ledger.refuse({ type: entry.type, id: entry.ownId, reason });
}

function notePerson({ telling, localId, result }: TakenPerson): Done {
  const { ledger, onTaken } = telling.input;
  return () => {
    if ('refused' in result) {
      ledger.refuse({ type: 'Patient', id: localId, reason: result.refused });
      return;
    }
    ledger.note(result.outcome);
    for (const remark of result.remarks) ledger.remark(remark);
    onTaken?.(result.person);
  };
}

/**
 * Finds the people whom the source told of in an earlier message, and holds everybody whose record is written: until the
 * transaction ends nobody else writes into it. Two messages that were told at once settle their labels one after the other,
 * and nobody is merged away from under what is written. Rejects when somebody was.
 */
async function holdPeople(sql: Sql, live: readonly { telling: Telling; entry: Entry }[]): Promise<void> {
  const wanted = new Map<string, { source: string; localId: string; input: Telling['input'] }>();
  const people = new Set<string>();
  for (const { telling, entry } of live) {
    const { input } = telling;
    const { localId } = entry;
    if (localId === undefined || input.refusedPeople.has(localId)) continue;
    const place = input.people.get(localId);
    if (place !== undefined) people.add(place.person);
    else wanted.set(JSON.stringify([input.origin.source, localId]), { source: input.origin.source, localId, input });
  }
  if (wanted.size === 0 && people.size === 0) return;
  const names = [...wanted.values()];
  const held = await sql.query<{ id: string; sources: string[]; local_ids: string[] }>(
    `select p.id, k.sources, k.local_ids from person p left join (
       select s.person, array_agg(s.source) as sources, array_agg(s.local_id) as local_ids
       from unnest($2::text[], $3::text[]) as w(source, local_id)
       join source_patient s on s.source = w.source and s.local_id = w.local_id group by s.person
     ) as k on k.person = p.id
     where p.merged_into is null and (p.id = any($1::text[]) or p.id in (
       select s.person from unnest($2::text[], $3::text[]) as w(source, local_id)
       join source_patient s on s.source = w.source and s.local_id = w.local_id))
     order by p.id for update of p`,
    [[...people], names.map(({ source }) => source), names.map(({ localId }) => localId)],
  );
  const found = new Map<string, string>();
  for (const { id, sources, local_ids: localIds } of held) {
    people.delete(id);
    (sources ?? []).forEach((source, place) => found.set(JSON.stringify([source, localIds[place]]), id));
  }
  const unknown = names.filter(({ source, localId }) => !found.has(JSON.stringify([source, localId])));
  if (people.size > 0 || (await anyKnown(sql, unknown))) {
    throw new Error('Somebody was merged while their records came in: tell them again.');
  }
  for (const { telling, entry } of live) {
    const { input } = telling;
    if (entry.localId === undefined || input.people.has(entry.localId)) continue;
    const person = found.get(JSON.stringify([input.origin.source, entry.localId]));
    if (person !== undefined) input.people.set(entry.localId, placeOf(input, entry.localId, person));
  }
}

async function anyKnown(sql: Sql, names: readonly { source: string; localId: string }[]): Promise<boolean> {
  if (names.length === 0) return false;
  const known = await sql.query(
    `select 1 from unnest($1::text[], $2::text[]) as w(source, local_id)
     join source_patient s on s.source = w.source and s.local_id = w.local_id limit 1`,
    [names.map(({ source }) => source), names.map(({ localId }) => localId)],
  );
  return known.length > 0;
}

interface Prepared extends Linking {
  telling: Telling;
  entry: Entry;
}

async function writeRows(
  sql: Sql,
  engine: Database['engine'],
  live: readonly { telling: Telling; entry: Entry }[],
  known?: KnownDirectory,
): Promise<Done[]> {
  const notes: Done[] = [];
  const prepared: Prepared[] = [];
  for (const { telling, entry } of live) {
    const resource = asJson(telling.statement.resource);
    const place = entry.localId === undefined ? undefined : telling.input.people.get(entry.localId);
    if (!isDirectoryType(entry.type) && place === undefined) {
      notes.push(refusing(telling, entry, whyNoPerson(telling, entry)));
    } else if (engine === 'pglite' && holdsRealNumber(resource)) {
      notes.push(refusing(telling, entry, onlyTestNumbers));
    } else {
      prepared.push({ telling, entry, resource, place, input: telling.input });
    }
  }
  const outside = await findOutside(sql, prepared);
  for (const item of prepared) outside.known.add(rowKey(keyOf(item)));
  const told = prepared.map((item) => ({ item, ...rowOf(item, outside) }));
  const isKnown = ({ row, stamped }: (typeof told)[number]) =>
    known?.isKnown(rowKey(row), saidBy(row, stamped)) === true;
  const rows = told.filter((each) => !isKnown(each));
  for (const { item } of told.filter(isKnown)) notes.push(() => item.input.ledger.note('unchanged'));
  const settled = await settleLabels(
    sql,
    rows.map(({ row }) => row),
    labelsOf(prepared),
  );
  const before = await storedRows(
    sql,
    rows.map(({ row }) => row),
  );
  // Several messages of one batch may tell of one thing: the last one counts.
  const last = new Map(rows.map(({ row }) => [rowKey(row), row]));
  const changed: NewRow[] = [];
  for (const { item, row, stamped, remarks } of rows) {
    const unfit = whyNotText(row.content);
    if (unfit !== undefined) {
      notes.push(refusing(item.telling, item.entry, unfit));
      continue;
    }
    const outcome = last.get(rowKey(row)) === row ? outcomeOf(row, stamped, before.get(rowKey(row))) : 'unchanged';
    if (outcome !== 'unchanged') changed.push(row);
    else if (before.has(rowKey(row))) known?.note(rowKey(row), saidBy(row, stamped));
    notes.push(() => {
      const { ledger, onTaken } = item.input;
      ledger.note(outcome);
      for (const remark of remarks) ledger.remark(remark);
      if (item.place !== undefined) onTaken?.(item.place.person);
    });
  }
  // What this person has already no other one has, unless it is what was left of it when it went to another.
  const maybeMoved = changed.filter((row) => before.get(rowKey(row))?.content.includes(withdrawnMark) ?? true);
  const withdrawn = await withdrawals(sql, maybeMoved);
  await upsertRows(sql, [...changed, ...withdrawn.map(({ tombstone }) => tombstone)]);
  await writeMasks(sql, settled);
  notes.push(...(await noteWithdrawals(sql, withdrawn, prepared)));
  return notes;
}

/** The labels that the inputs of these resources give, by `Type/hub id`. */
function labelsOf(prepared: readonly Prepared[]): Map<string, number> {
  const labels = new Map<string, number>();
  for (const { index } of new Set(prepared.map(({ input }) => input))) {
    for (const [key, mask] of index.labels) labels.set(key, (labels.get(key) ?? 0) | mask);
  }
  return labels;
}

function outcomeOf(row: NewRow, stamped: JsonObject, known: StoredRow | undefined): Outcome {
  if (known === undefined) return 'created';
  const same = known.mask === row.mask && bareText(asJson(JSON.parse(known.content) as object)) === bareText(stamped);
  return same ? 'unchanged' : 'updated';
}

function saidBy({ mask }: NewRow, stamped: JsonObject): string {
  return `${mask} ${bareText(stamped)}`;
}

function keyOf({ entry, place }: Prepared): RowKey {
  return { patient: place?.person ?? directory, type: entry.type, id: entry.hubId };
}

/** Says what was withdrawn: on the worklist of both people, and to the operator. */
async function noteWithdrawals(
  sql: Sql,
  withdrawn: readonly Withdrawal[],
  prepared: readonly Prepared[],
): Promise<Done[]> {
  const notes: Done[] = [];
  for (const { row, tombstone } of withdrawn) {
    const item = prepared.find(({ entry, place }) => entry.hubId === row.id && place?.person === row.patient);
    if (item?.entry.localId === undefined) continue;
    const known = { source: row.source, localId: item.entry.localId };
    await writeConflicts(sql, known, row.patient, [
      {
        kind: 'record-moved',
        other: tombstone.patient,
        reason: 'The source told some of it of another person before.',
      },
    ]);
    notes.push(() => item.input.ledger.remark(`${row.type} told of another person before, withdrawn there`));
  }
  return notes;
}

function whyNoPerson({ input }: Telling, entry: Entry): string {
  return input.refusedPeople.has(entry.localId ?? '') ? 'Its person was refused.' : 'Its person is not known here.';
}

function rowOf(item: Prepared, outside: OutsideLinks): { row: NewRow; stamped: JsonObject; remarks: string[] } {
  const { entry, input, place } = item;
  const linked = link(item, outside);
  const { resourceType, id: _id, meta, ...rest } = linked.resource;
  const stamped: JsonObject = { resourceType, id: entry.hubId, meta: stampedMeta(meta, input.origin), ...rest };
  if (place !== undefined) nameThePerson(stamped, place);
  const row: NewRow = {
    ...keyOf(item),
    type: entry.type,
    source: input.origin.source,
    origin: place?.origin ?? originOf(input.origin.source, ''),
    mask: entry.mask,
    search: searchValuesOf(stamped as unknown as FhirResource),
    content: JSON.stringify(stamped),
  };
  return { row, stamped, remarks: [...linked.remarks, ...odditiesOf(stamped)] };
}

/** A subject named only by an identifier was resolved to this person: the reference says so too. */
function nameThePerson(resource: JsonObject, place: Place): void {
  for (const element of ['subject', 'patient', 'for']) {
    const value = resource[element];
    if (isObject(value) && value['reference'] === undefined && isObject(value['identifier'])) {
      resource[element] = { reference: `Patient/${place.person}`, ...value };
    }
  }
}

function holdsRealNumber(resource: JsonObject): boolean {
  const { identifier } = resource;
  return Array.isArray(identifier) && namesRealNhsNumber(identifier.filter(isObject));
}
