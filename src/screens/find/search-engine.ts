import type { MapContext } from '../../timeline/context.ts';
import type { Statement } from '../../timeline/entry.ts';
import { searchWords } from '../../timeline/fold.ts';
import { newIndex, type Search, type SearchIndex, searchFor } from '../../timeline/search.ts';
import type { MappedRecord } from '../../timeline/to-entries.ts';
import { statementFacts } from '../details/statement-facts.ts';

// Fetched with the first search: details are searched in the words of the same code that shows them.

/** What was folded, for as long as the same names stand beside the record: a name that arrives changes what details say. */
const indexes = new WeakMap<MapContext['included'], SearchIndex>();
const grouped = new WeakMap<MappedRecord['linked'], ReadonlyMap<string, readonly Statement[]>>();

/** The search of what is loaded for the words typed; undefined where there are none. */
export function searchOver(text: string, { linked }: MappedRecord, context: MapContext): Search | undefined {
  const words = searchWords(text);
  return words.length === 0 ? undefined : over(words, linked, context);
}

/** Entries that are made ready at a time, so that nothing the reader does has to wait. */
const atATime = 250;
/** Met by nothing, so that all of an entry is looked at. */
const noWord = '\0';

/** Makes a large record ready to be searched, in small pieces; ends early when `signal` is aborted. */
export async function prepareSearch(record: MappedRecord, context: MapContext, signal: AbortSignal): Promise<void> {
  const { matches } = over([noWord], record.linked, context);
  for (let at = 0; at < record.entries.length && !signal.aborted; at += atATime) {
    for (const entry of record.entries.slice(at, at + atATime)) matches(entry);
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
}

function over(words: readonly string[], linked: MappedRecord['linked'], context: MapContext): Search {
  const index = indexes.get(context.included) ?? newIndex();
  indexes.set(context.included, index);
  const inDetails = grouped.get(linked) ?? byEntry(linked);
  grouped.set(linked, inDetails);
  return searchFor(words, index, (statement) => statementFacts(statement, context), inDetails);
}

/** The letters and reports that stand in each entry's details. */
function byEntry(linked: MappedRecord['linked']): ReadonlyMap<string, readonly Statement[]> {
  const groups = new Map<string, Statement[]>();
  for (const { to, statement } of linked) {
    const group = groups.get(to);
    if (group === undefined) groups.set(to, [statement]);
    else group.push(statement);
  }
  return groups;
}
