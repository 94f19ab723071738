import { parseArgs } from 'node:util';
import { isSourceId } from '../fhir/sources.ts';
import { readConfig } from './config.ts';
import { isSourceName } from './feeds/intake/input.ts';
import type { Ledger } from './feeds/intake/ledger.ts';
import { loadSet, type SetReport } from './feeds/intake/load-set.ts';
import { findFiles } from './feeds/intake/read-files.ts';
import { findById } from './people/find.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { openDatabase, StoreHeldError } from './store/open.ts';
import { setSourceState } from './store/sources.ts';

const usage = `npm run load -- [--source NAME] [--json] FILE…

Takes FHIR R4 Bundles, single resources and NDJSON into the store, from files or folders, .gz too. The files of one folder
belong together, as in a bulk export. NAME is the source they come from; without it the folder's name is.`;

interface Totals {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
}

/**
 * `npm run load` (design.md, Contracts). Answers the exit code: 0 when every input was read and reported, 1 when one
 * could not be read, 2 when a running hub holds the store. With `--json` standard output holds one line a person and one
 * of totals, nothing else; what was refused goes to standard error.
 */
async function main(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (options === undefined) {
    say(usage);
    return 1;
  }
  const config = readConfig(process.env);
  let db: Database;
  try {
    db = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir });
  } catch (error) {
    if (!(error instanceof StoreHeldError)) throw error;
    say(error.message);
    return 2;
  }
  try {
    await migrate(db);
    return await load(db, options);
  } finally {
    await db.close();
  }
}

interface Options {
  source: string | undefined;
  json: boolean;
  paths: string[];
}

function optionsOf(args: string[]): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { source: { type: 'string' }, json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    if (positionals.length === 0 || values.source === '') return undefined;
    return { source: values.source, json: values.json, paths: positionals };
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function load(db: Database, options: Options): Promise<number> {
  const { sets, unreadable } = await findFiles(options.paths);
  const totals: Totals = { read: 0, created: 0, updated: 0, unchanged: 0, refused: 0 };
  const people = new Map<string, number>();
  const receivedAt = new Date().toISOString();
  for (const set of sets) {
    const source = options.source ?? set.name;
    if (!isSourceName(source)) {
      unreadable.push(`${source}: no source may be called so. Give another name with --source.`);
      continue;
    }
    const origin = { source, organisation: undefined, message: { id: `load-${receivedAt}`, receivedAt } };
    const report = await loadSet(db, set, origin, (person) => people.set(person, (people.get(person) ?? 0) + 1));
    unreadable.push(...report.unreadable);
    await sayHowItStands(db, source, report, receivedAt);
    const { ledger } = report.input;
    totals.read += ledger.read;
    for (const outcome of ['created', 'updated', 'unchanged'] as const) totals[outcome] += ledger[outcome];
    totals.refused += ledger.refused.length;
    (options.json ? say : print)(wordsOf(source, ledger));
  }
  if (options.json) await printJson(db, people, totals);
  else print(`${people.size} ${people.size === 1 ? 'person' : 'people'}. ${numbers(totals)}`);
  for (const line of unreadable) say(line);
  return unreadable.length > 0 ? 1 : 0;
}

/**
 * So that the page can say where these records come from, how old they are, and that some of them were lost (T3). A
 * connected source keeps its own state; what brought nothing is no source.
 */
async function sayHowItStands(db: Database, source: string, report: SetReport, asAt: string): Promise<void> {
  const { created, updated, unchanged } = report.input.ledger;
  if (isSourceId(source) || created + updated + unchanged === 0) return;
  const lost = [
    counted(report.unreadable.length, 'file of it could not be read.', 'files of it could not be read.'),
    counted(report.lostLines, 'line of it could not be read.', 'lines of it could not be read.'),
  ].filter((words) => words !== undefined);
  const known = { source, name: source, asAt };
  await setSourceState(
    db,
    lost.length === 0 ? { ...known, status: 'ok' } : { ...known, status: 'partial', message: lost.join(' ') },
  );
}

function counted(number: number, one: string, more: string): string | undefined {
  return number === 0 ? undefined : `${number} ${number === 1 ? one : more}`;
}

async function printJson(db: Database, people: Map<string, number>, totals: Totals): Promise<void> {
  for (const [patient, resources] of people) {
    const name = (await findById(db, patient))?.name ?? '';
    print(JSON.stringify({ patient, name, resources }));
  }
  print(JSON.stringify({ totals }));
}

/** What was taken from one source and what was refused and why, like things counted together. */
function wordsOf(source: string, ledger: Ledger): string {
  const refusals = new Map<string, number>();
  for (const { type, reason } of ledger.refused) {
    const line = `  refused ${type}: ${reason}`;
    refusals.set(line, (refusals.get(line) ?? 0) + 1);
  }
  const { read, created, updated, unchanged, refused } = ledger;
  return [
    `${source}: ${numbers({ read, created, updated, unchanged, refused: refused.length })}`,
    ...[...refusals].map(([line, times]) => (times === 1 ? line : `${line} (${times} times)`)),
    ...ledger.remarks.map((remark) => `  note: ${remark}`),
  ].join('\n');
}

function numbers({ read, created, updated, unchanged, refused }: Totals): string {
  return `read ${read}, created ${created}, updated ${updated}, unchanged ${unchanged}, refused ${refused}.`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
