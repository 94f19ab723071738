import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { withStore } from '../store/with-store.ts';
import type { Checkpoint } from './chain.ts';
import { checkpointAudit, verifyAudit } from './verify.ts';

const usage = `npm run audit -- verify [--person ID] [--against FILE]
npm run --silent audit -- checkpoint [--person ID] > FILE

verify follows the chain of the audit's lines of every person, or of one by the hub's Patient id, and says where it first does
not hold; with --against also whether it still has what a checkpoint had. checkpoint writes the end of every chain, a line
each: keep it where those who keep the store cannot change it. With the embedded store, stop the hub first.`;

interface Command {
  name: 'verify' | 'checkpoint';
  person: string | undefined;
  against: Checkpoint[];
}

/** `npm run audit`. Answers the exit code: 0 when all is well, 1 when a chain does not hold or nothing could be asked, 2 without a store. */
async function main(args: string[]): Promise<number> {
  const command = readCommand(args);
  if (typeof command === 'string') {
    process.stderr.write(`${command}\n`);
    return 1;
  }
  return withStore(readConfig(process.env), async (database) => {
    const say = (line: string) => process.stdout.write(`${line}\n`);
    if (command.name === 'checkpoint') {
      await checkpointAudit(database, command.person, (head) => say(JSON.stringify(head)));
      return 0;
    }
    return (await verifyAudit(database, command, say)) ? 0 : 1;
  });
}

/** What is asked for, or in words why it cannot be done. */
function readCommand(args: string[]): Command | string {
  try {
    const options = { person: { type: 'string' }, against: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [name, ...others] = positionals;
    if ((name !== 'verify' && name !== 'checkpoint') || others.length > 0) return usage;
    if (name === 'checkpoint' && values.against !== undefined) return usage;
    const against = values.against === undefined ? [] : readCheckpoint(values.against);
    return { name, person: values.person, against };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const line = z.object({
  patient: z.string(),
  chain: z.string(),
  seq: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Throws with the file and the line that cannot be read: one that is passed over would vouch for nothing. */
function readCheckpoint(file: string): Checkpoint[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((text, place) => {
    if (text.trim() === '') return [];
    try {
      return [line.parse(JSON.parse(text))];
    } catch (error) {
      throw new Error(`${file} cannot be used: line ${place + 1} is no line of a checkpoint`, { cause: error });
    }
  });
}

process.exitCode = await main(process.argv.slice(2));
