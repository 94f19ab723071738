import type { Reader } from '../access/reader.ts';
import { auditRefusal } from '../audit/audit.ts';
import type { Database } from '../store/database.ts';
import type { Answer } from './answer.ts';
import { FhirError, notSupported, quoted } from './fhir-error.ts';
import type { Interaction } from './interaction.ts';
import { checkFormat } from './negotiation.ts';
import { read, readOldVersion } from './read.ts';
import { requireScope } from './scope.ts';
import { search } from './search.ts';

/** The interactions that answer with a person's data, alone or as an entry of a batch. */
export type DataInteraction = Extract<Interaction, { kind: 'read' | 'vread' | 'search' }>;

/**
 * Answers one of them after checking the token's scopes for it. Throws FhirError for every refusal; what the token does
 * not allow is also written to the audit, which the gate does for what was served.
 */
export async function interact(
  database: Database,
  base: string,
  reader: Reader,
  interaction: DataInteraction,
  given: [string, string][],
): Promise<Answer> {
  try {
    return await answer(database, base, reader, interaction, given);
  } catch (error) {
    if (error instanceof FhirError && error.status === 403) {
      const ids = interaction.kind === 'search' ? [] : [interaction.id];
      const { kind, type } = interaction;
      await auditRefusal(database, reader, { action: kind, type, ids, detail: error.message });
    }
    throw error;
  }
}

async function answer(
  database: Database,
  base: string,
  reader: Reader,
  interaction: DataInteraction,
  given: [string, string][],
): Promise<Answer> {
  const { type } = interaction;
  requireScope(reader, type, interaction.kind === 'search' ? 's' : 'r');
  checkFormat(given);
  if (interaction.kind === 'search') return search(database, base, reader, type, given);
  const other = given.find(([name]) => name !== '_format');
  if (other !== undefined) throw notSupported(`The parameter ${quoted(other[0])} is not supported when reading.`);
  if (interaction.kind === 'read') return read(database, base, reader, type, interaction.id);
  return readOldVersion(database, reader, type, interaction.id, interaction.version);
}
