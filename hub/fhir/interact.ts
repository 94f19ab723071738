import type { Reader } from '../access/reader.ts';
import { auditRefusal } from '../audit/audit.ts';
import type { Database, Sql } from '../store/database.ts';
import type { Answer, StreamedAnswer } from './answer.ts';
import { everything } from './everything.ts';
import { FhirError, notSupported, quoted } from './fhir-error.ts';
import { history } from './history.ts';
import type { Interaction } from './interaction.ts';
import { checkFormat } from './negotiation.ts';
import { read, readOldVersion } from './read.ts';
import { requireScope } from './scope.ts';
import { search } from './search.ts';

/** The interactions that answer with a person's data, alone or as an entry of a batch. */
export type DataInteraction = Extract<Interaction, { kind: 'read' | 'vread' | 'search' | 'history' }>;

/**
 * Answers one of them. Throws FhirError for every refusal; what the token does not allow is also written to the audit,
 * which the gate does for what was served.
 */
export async function interact(
  database: Database,
  base: string,
  reader: Reader,
  interaction: DataInteraction,
  given: [string, string][],
): Promise<Answer> {
  try {
    return await answerData(database, base, reader, interaction, given);
  } catch (error) {
    if (error instanceof FhirError) await auditRefusedRead(database, reader, interaction, error);
    throw error;
  }
}

/** Writes that a read was not allowed. On the database itself: in a transaction that is rolled back the line would go too. */
export async function auditRefusedRead(
  database: Database,
  reader: Reader,
  interaction: DataInteraction,
  refusal: FhirError,
): Promise<void> {
  if (refusal.status !== 403) return;
  const { kind, type } = interaction;
  const ids = kind === 'search' || interaction.id === undefined ? [] : [interaction.id];
  await auditRefusal(database, reader, { action: kind, type, ids, detail: refusal.message });
}

/** As `interact`, also within a transaction, and leaves it to the caller to write a refusal to the audit. */
export async function answerData(
  sql: Sql,
  base: string,
  reader: Reader,
  interaction: DataInteraction,
  given: [string, string][],
): Promise<Answer> {
  const { type } = interaction;
  const ofType = interaction.kind === 'search' || (interaction.kind === 'history' && interaction.id === undefined);
  requireScope(reader, type, ofType ? 's' : 'r');
  checkFormat(given);
  if (interaction.kind === 'search') return search(sql, base, reader, type, given);
  if (interaction.kind === 'history') return history(sql, base, reader, type, interaction.id, given);
  const other = given.find(([name]) => name !== '_format');
  if (other !== undefined) throw notSupported(`The parameter ${quoted(other[0])} is not supported when reading.`);
  if (interaction.kind === 'read') return read(sql, base, reader, type, interaction.id);
  return readOldVersion(sql, reader, type, interaction.id, interaction.version);
}

/** Answers `Patient/$everything`; as `interact` does, what is not allowed is written to the audit. */
export async function interactWithAll(
  database: Database,
  base: string,
  reader: Reader,
  id: string,
  given: [string, string][],
): Promise<Answer | StreamedAnswer> {
  try {
    checkFormat(given);
    return await everything(database, base, reader, id, given);
  } catch (error) {
    if (error instanceof FhirError && error.status === 403) {
      await auditRefusal(database, reader, { action: 'everything', type: 'Patient', ids: [id], detail: error.message });
    }
    throw error;
  }
}
