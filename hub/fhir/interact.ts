import type { Reader } from '../access/reader.ts';
import type { Database } from '../store/database.ts';
import type { Answer } from './answer.ts';
import { notSupported, quoted } from './fhir-error.ts';
import type { Interaction } from './interaction.ts';
import { checkFormat } from './negotiation.ts';
import { read, readOldVersion } from './read.ts';
import { requireScope } from './scope.ts';
import { search } from './search.ts';

/** The interactions that answer with a person's data, alone or as an entry of a batch. */
export type DataInteraction = Extract<Interaction, { kind: 'read' | 'vread' | 'search' }>;

/** Answers one of them after checking the token's scopes for it. Throws FhirError for every refusal. */
export async function interact(
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
