import { randomUUID } from 'node:crypto';
import type { Sql } from '../store/database.ts';
import type { Demographics, SourcePatient } from './demographics.ts';
import { type Candidate, type Conflict, contradicts, decideByNumber, isSomebodyElse } from './match-rules.ts';

/** Which rule put a record with its person; kept in the history of links. */
type MatchRule = 'same-record' | 'nhs-number' | 'new';

/** The person a source's record belongs to. */
export interface Match {
  person: string;
  rule: MatchRule;
  /** True when the person does not exist yet. */
  isNew: boolean;
  /** The person the record stood with until now, when it must move. */
  movedFrom: string | undefined;
  conflicts: Conflict[];
}

/** A record that may not be taken: its local id was somebody else's before. */
export interface NoMatch {
  refused: string;
  person: string;
  conflicts: Conflict[];
}

interface KnownRow {
  source: string;
  local_id: string;
  person: string;
  nhs_number: string | null;
  nhs_verification: string | null;
  birth_date: string | null;
  families: string[];
  givens: string[];
}

const columns = 'source, local_id, person, nhs_number, nhs_verification, birth_date, families, givens';

/**
 * Finds the person one source's record is about (harms: wrong patient, false join). In this order: the same record seen
 * before; the NHS number, by `decideByNumber`; otherwise a new person. Nothing is written.
 *
 * A record seen before leaves its person only when its NHS number changes: it moves to whom the new number leads to if
 * it stood alone, and is set apart if the others with that person state another number, since the join rested on it.
 */
export async function matchPerson(sql: Sql, incoming: SourcePatient): Promise<Match | NoMatch> {
  const [before] = await sql.query<KnownRow>(
    `select ${columns} from source_patient where source = $1 and local_id = $2`,
    [incoming.source, incoming.localId],
  );
  if (before === undefined) {
    const { person, conflicts } = await decide(sql, incoming, undefined);
    return found(person, conflicts, undefined);
  }
  if (isSomebodyElse(demographics(before), incoming)) {
    const conflict: Conflict = {
      kind: 'local-id-reused',
      other: before.person,
      reason: 'Birth date and name are both others.',
    };
    return {
      refused: 'Its local id was another person before: birth date and name both differ.',
      person: before.person,
      conflicts: [conflict],
    };
  }
  const siblings = (
    await sql.query<KnownRow>(`select ${columns} from source_patient where person = $1`, [before.person])
  ).filter((row) => row.source !== incoming.source || row.local_id !== incoming.localId);
  if (incoming.nhsNumber === undefined || incoming.nhsNumber === before.nhs_number) {
    return stays(
      before.person,
      siblings.some((row) => contradicts(demographics(row), incoming)) ? [drifted(before.person)] : [],
    );
  }
  return afterNumberChange(sql, incoming, before.person, siblings);
}

async function afterNumberChange(
  sql: Sql,
  incoming: SourcePatient,
  current: string,
  siblings: readonly KnownRow[],
): Promise<Match> {
  if (siblings.some((row) => row.nhs_number === incoming.nhsNumber)) return stays(current, []);
  const { person, conflicts } = await decide(sql, incoming, current);
  const joinRestedOnNumber = siblings.some((row) => row.nhs_number !== null);
  if (joinRestedOnNumber) {
    return found(person, [...conflicts, numberChanged(current)], current);
  }
  if (siblings.length === 0 && person !== undefined) return found(person, conflicts, current);
  return stays(current, siblings.length === 0 ? conflicts : [...conflicts, numberChanged(current)]);
}

async function decide(
  sql: Sql,
  incoming: SourcePatient,
  except: string | undefined,
): Promise<{ person: string | undefined; conflicts: Conflict[] }> {
  if (incoming.nhsNumber === undefined) return { person: undefined, conflicts: [] };
  const rows = await sql.query<KnownRow>(`select ${columns} from source_patient where nhs_number = $1`, [
    incoming.nhsNumber,
  ]);
  const candidates = new Map<string, Candidate>();
  for (const row of rows) {
    if (row.person === except) continue;
    const candidate = candidates.get(row.person) ?? { person: row.person, statements: [] };
    candidate.statements.push(demographics(row));
    candidates.set(row.person, candidate);
  }
  return decideByNumber(incoming, [...candidates.values()]);
}

function found(person: string | undefined, conflicts: Conflict[], movedFrom: string | undefined): Match {
  return person === undefined
    ? { person: randomUUID(), rule: 'new', isNew: true, movedFrom, conflicts }
    : { person, rule: 'nhs-number', isNew: false, movedFrom, conflicts };
}

function stays(person: string, conflicts: Conflict[]): Match {
  return { person, rule: 'same-record', isNew: false, movedFrom: undefined, conflicts };
}

function drifted(person: string): Conflict {
  return {
    kind: 'contradiction',
    other: person,
    reason: 'Another source states another birth date or name for the same person.',
  };
}

function numberChanged(person: string): Conflict {
  return { kind: 'number-changed', other: person, reason: 'The source now states another NHS number for this record.' };
}

function demographics(row: KnownRow): Demographics {
  return {
    nhsNumber: row.nhs_number ?? undefined,
    verification: row.nhs_verification ?? undefined,
    birthDate: row.birth_date ?? undefined,
    families: row.families,
    givens: row.givens,
  };
}
