import type { Sql } from '../store/database.ts';
import { readSources, type StoredSource } from '../store/sources.ts';
import type { Reader } from './reader.ts';

/**
 * Every source as it stands, for this reader. That something of this very person could not be read tells that the source
 * knows them: of a source that is kept from the reader it is not said.
 */
export async function sourcesFor(sql: Sql, { patient, access }: Reader): Promise<StoredSource[]> {
  const kept = (source: string) => access.onlyTypes !== undefined || access.deniedSources.includes(source);
  return readSources(sql, patient, (source) => !kept(source));
}
