import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sourceIds } from '../fhir/sources.ts';
import { grantableScopes, grantableSystemScopes } from './auth/scopes.ts';
import { signOnSettings } from './auth/sign-on-settings.ts';
import type { Registrations } from './config.ts';
import { rolloutSettings } from './rollout/read-rollout.ts';
import { feedSettings } from './feeds/feed-settings.ts';

// What a hub believes is decided here: an address that is not encrypted, a private key written down, or a name that would
// let an app change a source's statements is refused before the hub starts.

const localhost = new Set(['localhost', '127.0.0.1']);

/** https, or this machine; no fragment (RFC 6749, 3.1.2). */
const address = z.url({ protocol: /^https?$/ }).refine((url) => {
  const { protocol, hostname, hash, username } = new URL(url);
  return (protocol === 'https:' || localhost.has(hostname)) && hash === '' && username === '';
}, 'is to be https (http on localhost alone), without a fragment');

/** What is written by an app bears its id as a source's bears the source's: one must not pass for the other. */
const clientId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'is letters, digits, full stops, underscores and hyphens, at most 64')
  .refine((id) => ![...sourceIds, 'sign-on', 'intranet', 'service'].includes(id), 'is the name of a source');

const keySet = z.object({
  keys: z
    .array(
      z
        .record(z.string(), z.unknown())
        .refine((key) => (key['kty'] === 'RSA' || key['kty'] === 'EC') && typeof key['kid'] === 'string', {
          message: 'is to be a public RSA or EC key with a kid',
        })
        .refine((key) => !('d' in key || 'k' in key), 'is a private key: register the public half'),
    )
    .min(1),
});

const keys = { jwksUri: address.optional(), jwks: keySet.optional() };
const oneWay = ({ jwksUri, jwks }: { jwksUri?: unknown; jwks?: unknown }) =>
  jwksUri === undefined || jwks === undefined;
const oneWayWords = 'has keys in one way: jwksUri or jwks';

const appScope = z
  .string()
  .refine((scope) => grantableScopes(scope, [scope]).length === 1, 'is no scope that is kept here for one person');
const systemScope = z
  .string()
  .refine((scope) => grantableSystemScopes(scope, [scope]).length === 1, 'is no system/ scope for reading');

const name = z.string().trim().min(1).max(100);

const registrations = z
  .object({
    apps: z
      .array(
        z
          .object({
            clientId,
            name,
            redirectUris: z.array(address).min(1),
            launchUrl: address.optional(),
            scopes: z.array(appScope).min(1).optional(),
            ownScopes: z.array(appScope).min(1).optional(),
            grounds: z.boolean().optional(),
            ...keys,
          })
          .refine(oneWay, oneWayWords),
      )
      .min(1),
    clinicalSystems: z.array(
      z.object({ clientId, name, source: z.enum(sourceIds), jwksUri: address, origins: z.array(address) }),
    ),
    services: z
      .array(
        z
          .object({
            clientId,
            name,
            organisation: name,
            scopes: z.array(systemScope).min(1),
            introspects: z.boolean().optional(),
            ...keys,
          })
          .refine(oneWay, oneWayWords)
          .refine(({ jwksUri, jwks }) => jwksUri !== undefined || jwks !== undefined, 'needs jwksUri or jwks'),
      )
      .optional(),
    feeds: feedSettings.optional(),
    signOn: signOnSettings.optional(),
    rollout: rolloutSettings.optional(),
    operatorRoles: z.array(z.string().min(1)).optional(),
    privacyRoles: z.array(z.string().min(1)).optional(),
    idleMinutes: z.number().min(1).max(25).optional(),
  })
  .superRefine(({ apps, clinicalSystems, services = [], feeds = [] }, context) => {
    const senders = feeds.flatMap(({ receiver }) => (receiver.kind === 'https' ? [receiver.clientId] : []));
    const unknown = senders.find((sender) => !services.some((service) => service.clientId === sender));
    if (unknown !== undefined) context.addIssue({ code: 'custom', message: `${unknown} sends and is no service here` });
    const ids = [...apps, ...clinicalSystems, ...services].map((client) => client.clientId);
    const twice = ids.find((id, place) => ids.indexOf(id) !== place);
    if (twice !== undefined) context.addIssue({ code: 'custom', message: `${twice} is registered twice` });
  });

/** Where registrations are kept (docs/deployment.md). */
export function registrationsFile({ dataDir }: { dataDir: string }): string {
  return join(dataDir, 'registrations.json');
}

/**
 * Who may talk to this hub, from `DATA_DIR/registrations.json` (docs/deployment.md). Throws one line that names the file
 * when it is missing or not as it should be.
 */
export function readRegistrations(config: { dataDir: string }): Registrations {
  const file = registrationsFile(config);
  if (!existsSync(file)) throw new Error(`No registrations: write ${file} as docs/deployment.md shows`);
  const read = checkRegistrations(storedRegistrations(config));
  if ('fault' in read) throw new Error(`${file} cannot be used: ${read.fault}`);
  return { ...read.registrations, signOn: read.registrations.signOn };
}

/** What the file holds, unchecked; undefined when there is none. Throws one line when it is not JSON. */
export function storedRegistrations(config: { dataDir: string }): unknown {
  const file = registrationsFile(config);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${file} cannot be used: it is not JSON`, { cause: error });
  }
}

/** Registrations as the hub takes them, or in one line what is wrong with them. */
export function checkRegistrations(
  stored: unknown,
): { registrations: z.infer<typeof registrations> } | { fault: string } {
  const read = registrations.safeParse(stored);
  return read.success
    ? { registrations: read.data }
    : { fault: z.prettifyError(read.error).replaceAll(/\s*\n\s*/g, ' ') };
}

/** Writes the file whole or not at all. It holds the sign-on's secret: it is for the hub's own user alone. */
export function writeRegistrations(config: { dataDir: string }, stored: object): void {
  const file = registrationsFile(config);
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify(stored, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
