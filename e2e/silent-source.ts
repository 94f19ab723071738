import { join } from 'node:path';
import { keepMessage } from '../hub/feeds/inbox/keep.ts';
import { migratedPglite } from '../hub/store/migrated-pglite.ts';
import { openPglite } from '../hub/store/pglite.ts';
import { newNumber } from './hospital.ts';

/** Puts messages of System C into a store before its hub starts, as if they had come `hoursAgo`: since then it is silent. */
export async function heardHoursAgo(dataDir: string, hoursAgo: number, messages: readonly string[]): Promise<void> {
  const database = await openPglite(join(dataDir, 'store'), await migratedPglite());
  try {
    for (const message of messages) {
      await keepMessage(database, {
        source: 'system-c',
        organisation: 'RKE',
        format: 'hl7-v2',
        label: newNumber('C'),
        receivedAt: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
        bytes: Buffer.from(message),
        subject: /PID\|1\|\|([^^]+)/.exec(message)?.[1],
      });
    }
  } finally {
    await database.close();
  }
}
