import { BlockList } from 'node:net';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { sourceIds } from '../../fhir/sources.ts';
import { formatNames } from './format.ts';

// Which system sends, how it arrives and how long it may be silent is configuration (`feeds` in registrations.json). A port
// that anybody may write into would put what it likes into anybody's record, so each says who may send.

const loopback = new Set(['localhost', '127.0.0.1', '::1']);

const file = z.string().refine(isAbsolute, 'is to be the full path of a file');
const network = z.string().refine(isNetwork, 'is no address or network (10.1.2.3, 10.1.0.0/16)');

const mllp = z
  .strictObject({
    kind: z.literal('mllp'),
    port: z.int().min(1).max(65_535),
    /** The address to listen at; this machine alone unless told. */
    host: z.string().min(1).default('127.0.0.1'),
    /** PEM files. With `ca`, senders show a certificate that it signed. */
    tls: z.strictObject({ key: file, cert: file, ca: file.optional() }).optional(),
    /** Addresses or networks that may send. */
    from: z.array(network).min(1).optional(),
  })
  .refine(({ host, tls, from }) => loopback.has(host) || tls?.ca !== undefined || from !== undefined, {
    path: ['from'],
    message: 'says who may send, where it listens beyond this machine without tls.ca',
  });

const https = z.strictObject({ kind: z.literal('https'), /** A registered service. */ clientId: z.string().min(1) });

const folder = z.strictObject({
  kind: z.literal('folder'),
  path: z.string().refine(isAbsolute, 'is to be the full path of a folder'),
});

/** A practice's system that is asked (GP Connect), as Spine's directory names it, and for whom it is asked. */
const pull = z.strictObject({
  kind: z.literal('pull'),
  base: z.url({ protocol: /^https?$/ }).refine((url) => {
    const { protocol, hostname, username } = new URL(url);
    return (protocol === 'https:' || loopback.has(hostname)) && username === '' && !url.endsWith('/');
  }, 'is to be https (http on this machine alone), without a slash at its end'),
  /** Accredited System Ids from Spine: the practice's system and this hub. */
  asid: z.string().regex(/^\d{12}$/, 'is twelve digits'),
  ownAsid: z.string().regex(/^\d{12}$/, 'is twelve digits'),
  /** The Spine Secure Proxy; without it the practice's system is asked itself. */
  proxy: z.url({ protocol: /^https$/ }).optional(),
  /** The care organisation that asks. */
  requester: z.strictObject({ ods: z.string().regex(/^[A-Z0-9]{3,8}$/, 'is an ODS code'), name: z.string().min(1) }),
  /** PEM files of this hub's certificate for mutual TLS, and of who signs the other side's. */
  tls: z.strictObject({ key: file, cert: file, ca: file.optional() }).optional(),
});

const feedSetting = z
  .strictObject({
    source: z.enum(sourceIds),
    /** ODS code of the organisation whose system sends. */
    organisation: z.string().regex(/^[A-Z0-9]{3,8}$/, 'is an ODS code: three to eight capitals and digits'),
    format: z.enum(formatNames),
    arrives: z.enum(['live', 'daily']),
    /** Minutes of silence after which the source counts as late. */
    promiseMinutes: z
      .int()
      .min(1)
      .max(60 * 24 * 31),
    receiver: z.discriminatedUnion('kind', [mllp, https, folder, pull]),
    /** HL7 v2 that its sender marks for training or testing (MSH-11) is taken as if it were of real people: for a hub without any. */
    takesTraining: z.boolean().optional(),
  })
  .refine(({ takesTraining, format }) => takesTraining === undefined || format === 'hl7-v2', {
    path: ['takesTraining'],
    message: 'is for hl7-v2 alone',
  })
  .refine(({ receiver, format }) => receiver.kind !== 'mllp' || format === 'hl7-v2', {
    path: ['format'],
    message: 'is hl7-v2 where it arrives by mllp',
  })
  .refine(({ receiver, format }) => receiver.kind !== 'pull' || format === 'gp-connect', {
    path: ['format'],
    message: 'is gp-connect where it is pulled',
  });

/** One way in which one organisation's system sends, as configured. */
export type FeedSetting = z.output<typeof feedSetting>;

/** `feeds` of registrations.json. What two feeds may not share is refused with the place of the second. */
export const feedSettings = z.array(feedSetting).superRefine((feeds, context) => {
  const taken = new Map<string, number>();
  feeds.forEach((feed, place) => {
    const { name, field } = exclusive(feed);
    const first = taken.get(name);
    if (first === undefined) taken.set(name, place);
    else {
      const path = [place, 'receiver', field];
      context.addIssue({ code: 'custom', path, message: `is that of feeds[${first}] too` });
    }
  });
});

/** What belongs to one feed alone: its port, its folder, or what one service sends of one source in one format. */
function exclusive({ receiver, source, format }: FeedSetting): { name: string; field: string } {
  switch (receiver.kind) {
    case 'mllp':
      return { name: `port ${receiver.port}`, field: 'port' };
    case 'folder':
      return { name: `folder ${receiver.path.replace(/\/+$/, '')}`, field: 'path' };
    case 'https':
      return { name: `service ${receiver.clientId} ${source} ${format}`, field: 'clientId' };
    case 'pull':
      return { name: `practice ${receiver.base}`, field: 'base' };
    default:
      return receiver satisfies never;
  }
}

/** Feeds as the hub takes them, or in one line what is wrong with them and where. */
export function checkFeeds(stored: unknown): { feeds: FeedSetting[] } | { fault: string } {
  const read = feedSettings.safeParse(stored);
  if (read.success) return { feeds: read.data };
  const lines = read.error.issues.map(({ path, message }) => `feeds${path.map(step).join('')}: ${message}`);
  return { fault: lines.join('; ') };
}

function step(part: PropertyKey): string {
  return typeof part === 'number' ? `[${part}]` : `.${String(part)}`;
}

function isNetwork(text: string): boolean {
  try {
    addressList([text]);
    return true;
  } catch {
    return false;
  }
}

/** Addresses and networks as one list to check callers against. Throws on what is neither. */
export function addressList(from: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of from) {
    const [address = '', bits] = text.split('/');
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, bits === '' ? Number.NaN : Number(bits), family);
  }
  return list;
}
