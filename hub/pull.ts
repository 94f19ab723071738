import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { parseNhsNumber } from '../fhir/nhs-number.ts';
import { auditAct } from './audit/audit.ts';
import { readConfig } from './config.ts';
import { sendWith } from './feeds/emis/gp-connect/mutual-tls.ts';
import { knownRecord, pullInto, type PullAsk, type PullFeed } from './feeds/emis/gp-connect/pull-into.ts';
import { readRegistrations } from './registrations.ts';
import type { Database } from './store/database.ts';
import { withStore } from './store/with-store.ts';

const usage = `npm run pull -- --practice ODS --user ID --family NAME --given NAME < NUMBERS

Asks a practice (a feed of kind "pull") for the whole record of each person whose NHS number stands on a line of standard
input, on behalf of the user that is named: the practice's audit and ours tell of them. What comes goes into the inbox; a
running hub takes it in. Answers a line for each, by its place, never with the number.`;

/** Who asks, as the practice reads it. */
type Practitioner = PullAsk['practitioner'];

/**
 * Asks for each line's person, one after another, and says what came of it. Answers the exit code: 0 when every one gave a
 * record, 1 otherwise.
 */
export async function pullAll(
  db: Database,
  feed: PullFeed,
  lines: readonly string[],
  by: { practitioner: Practitioner; issuer: string; send?: PullAsk['send']; timeoutMs?: number },
  say: (line: string) => void,
): Promise<number> {
  let missing = 0;
  for (const [place, line] of lines.entries()) {
    const nhsNumber = parseNhsNumber(line.trim());
    if (nhsNumber === undefined) {
      missing += 1;
      say(`line ${place + 1}: no NHS number; nobody was asked.`);
      continue;
    }
    const known = await knownRecord(db, feed, nhsNumber);
    const traceId = randomUUID();
    const { practitioner } = by;
    const { requester } = feed.receiver;
    const name = `${practitioner.given} ${practitioner.family}`;
    // Before anything leaves, so that no asking is without its line.
    await auditAct(
      db,
      {
        client: 'pull',
        grant: undefined,
        user: { id: practitioner.id, name, role: practitioner.sdsRoleProfileId, organisation: requester.ods },
        patient: known?.person,
        purpose: 'TREAT',
        from: 'command',
        reason: undefined,
      },
      { action: 'pull-record', detail: `${feed.organisation} ${traceId}` },
    );
    const outcome = await pullInto(db, feed, { ...by, nhsNumber, known, traceId });
    if (outcome.kind !== 'record') missing += 1;
    const kept = outcome.seq === undefined ? 'nothing was kept' : `message ${outcome.seq}`;
    say(
      `line ${place + 1}: ${outcome.kind}, ${kept}, ${traceId}.${outcome.reason === undefined ? '' : ` ${outcome.reason}`}`,
    );
  }
  return missing === 0 ? 0 : 1;
}

function practitionerOf(args: string[], issuer: string): { practice: string; practitioner: Practitioner } | undefined {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { practice: option, user: option, family: option, given: option } });
  const { practice, user, family, given } = values;
  if (!practice || !user || !family || !given) return undefined;
  const local = { system: `${issuer}/users`, value: user };
  return { practice, practitioner: { id: user, family, given, sdsUserId: 'UNK', sdsRoleProfileId: 'UNK', local } };
}

/** The command. Answers the exit code: 1 when not asked rightly or something is missing, 2 when the store cannot be had. */
async function main(args: string[]): Promise<number> {
  const config = readConfig(process.env);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const asked = practitionerOf(args, config.publicUrl);
  if (asked === undefined) {
    process.stderr.write(`${usage}\n`);
    return 1;
  }
  const { practice, practitioner } = asked;
  const feed = (readRegistrations(config).feeds ?? []).find(
    (one): one is PullFeed => one.receiver.kind === 'pull' && one.organisation === practice,
  );
  if (feed === undefined) {
    process.stderr.write(`No feed of ${practice} is pulled: see docs/deployment.md.\n`);
    return 1;
  }
  const { tls } = feed.receiver;
  const read = (path: string) => readFileSync(path, 'utf8');
  const send = tls && sendWith({ key: read(tls.key), cert: read(tls.cert), ca: tls.ca && read(tls.ca) });
  const lines = (await text(process.stdin)).split(/\r?\n/).filter((line) => line.trim() !== '');
  const by = { practitioner, issuer: config.publicUrl, ...(send !== undefined && { send }) };
  return withStore(config, (database) => pullAll(database, feed, lines, by, say));
}

if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
