import type { Sql } from '../store/database.ts';
import { settlePerson } from './label-links/settle-labels.ts';

/**
 * Makes what the person sealed withheld, with all that is linked to it, and what they no longer seal as it was: to be called
 * in the transaction that changes `sealed_item`. What comes in about the person meanwhile waits for its end, and is labelled
 * by what then is sealed.
 * @param patient the hub's Patient id
 */
export async function settleSeals(sql: Sql, patient: string): Promise<void> {
  // Held like a message about the person holds it: of the two, the second sees what the first wrote.
  await sql.query('select id from person where id = $1 for update', [patient]);
  await settlePerson(sql, patient);
}
