import { writeBatch } from './batch.ts';
import { inheritLabels } from './inherit-labels.ts';
import { InputIndex } from './input-index.ts';
import { newInput, type Input, type Telling } from './input.ts';
import { addTo, batchSize } from './intake.ts';
import { asJson } from '../../resource/json.ts';
import { UnreadableInput, readResources, type FileSet, type Found } from './read-files.ts';
import type { Origin } from '../../resource/stamp.ts';
import type { Database } from '../../store/database.ts';

/** What became of one set of files. */
export interface SetReport {
  input: Input;
  /** Files that could not be read, one line each; nothing of them was taken. */
  unreadable: string[];
  /** Lines that hold no resource and may have held one. */
  lostLines: number;
}

/**
 * Takes in a set of files as one input: a person's resources may be spread over all of them and refer to one another.
 * The files are read more than once (ids; labels, where there are any; people; the rest) so that only ids are held in
 * memory. A file that cannot be read to its end is left out whole. Rejects when the store fails.
 */
export async function loadSet(
  db: Database,
  set: FileSet,
  origin: Origin,
  onTaken: (person: string) => void,
): Promise<SetReport> {
  const { index, files, withPeople, unreadable, lostLines } = await indexFiles(set, origin.source);
  index.seal(undefined);
  await passAllLabels(index, files);
  const input = newInput(origin, index, onTaken);
  await write(db, input, files, (telling) => withPeople.has(telling.file) && isPatient(telling));
  await write(db, input, files, (telling) => !isPatient(telling));
  if (index.repeated > 0) {
    input.ledger.remark('Told more than once in the input, the last telling taken', index.repeated);
  }
  return { input, unreadable, lostLines };
}

interface Placed {
  found: Found;
  file: string;
  /** Place among the resources of the input; refusals by the reader have none. */
  ordinal: number | undefined;
}

async function* placed(files: readonly string[]): AsyncGenerator<Placed> {
  let ordinal = 0;
  for (const file of files) {
    for await (const found of readResources(file)) {
      yield { found, file, ordinal: 'statement' in found ? ordinal : undefined };
      if ('statement' in found) ordinal += 1;
    }
  }
}

interface Indexed {
  index: InputIndex;
  files: string[];
  withPeople: Set<string>;
  unreadable: string[];
  lostLines: number;
}

async function indexFiles(set: FileSet, source: string): Promise<Indexed> {
  const unreadable: string[] = [];
  let files = set.files;
  for (;;) {
    const index = new InputIndex(source);
    const withPeople = new Set<string>();
    let lostLines = 0;
    let reading: string | undefined;
    try {
      for (const file of files) {
        reading = file;
        for await (const found of readResources(file)) {
          if (!('statement' in found)) {
            if (found.lost === true) lostLines += 1;
            continue;
          }
          addTo(index, found.statement);
          if (found.statement.resource.resourceType === 'Patient') withPeople.add(file);
        }
      }
      return { index, files, withPeople, unreadable, lostLines };
    } catch (error) {
      if (!(error instanceof UnreadableInput)) throw error;
      unreadable.push(error.message);
      files = files.filter((file) => file !== reading);
    }
  }
}

async function passAllLabels(index: InputIndex, files: readonly string[]): Promise<void> {
  let changed = index.hasLabels;
  while (changed) {
    changed = false;
    for await (const { found, ordinal } of placed(files)) {
      if (!('statement' in found) || ordinal === undefined) continue;
      const entry = index.at(ordinal);
      if (!('reason' in entry) && entry.ordinal === ordinal) {
        changed = inheritLabels(index, entry, asJson(found.statement.resource)) || changed;
      }
    }
  }
}

function isPatient({ found }: Placed): boolean {
  return 'statement' in found && found.statement.resource.resourceType === 'Patient';
}

async function write(
  db: Database,
  input: Input,
  files: readonly string[],
  wanted: (item: Placed) => boolean,
): Promise<void> {
  let waiting: Telling[] = [];
  for await (const item of placed(files)) {
    if (!wanted(item)) continue;
    const { found, ordinal } = item;
    if (!('statement' in found)) {
      input.ledger.refuse({ type: 'unknown', id: undefined, reason: found.refused });
    } else if (ordinal !== undefined) {
      waiting.push({ input, statement: found.statement, ordinal });
    }
    if (waiting.length >= batchSize) {
      await writeBatch(db, waiting);
      waiting = [];
    }
  }
  if (waiting.length > 0) await writeBatch(db, waiting);
}
