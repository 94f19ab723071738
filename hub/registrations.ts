import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sourceIds } from '../fhir/sources.ts';
import type { HubConfig, Registrations } from './config.ts';

const registrations = z.object({
  apps: z.array(z.object({ clientId: z.string(), name: z.string(), redirectUris: z.array(z.url()).min(1) })).min(1),
  clinicalSystems: z.array(
    z.object({
      clientId: z.string(),
      name: z.string(),
      source: z.enum(sourceIds),
      jwksUri: z.url(),
      origins: z.array(z.url()),
    }),
  ),
  signOn: z.object({ name: z.string(), issuer: z.url(), clientId: z.string(), clientSecret: z.string() }).optional(),
  idleMinutes: z.number().min(1).max(25).optional(),
});

/**
 * Who may talk to this hub, from `DATA_DIR/registrations.json` (docs/deployment.md). Throws one line that names the file
 * when it is missing or not as it should be.
 */
export function readRegistrations(config: HubConfig): Registrations {
  const file = join(config.dataDir, 'registrations.json');
  if (!existsSync(file)) throw new Error(`No registrations: write ${file} as docs/deployment.md shows`);
  const read = registrations.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new Error(`${file} cannot be used: ${z.prettifyError(read.error).replaceAll('\n', ' ')}`);
  return { ...read.data, signOn: read.data.signOn };
}
