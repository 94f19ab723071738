import { comparePlaces } from './places.ts';
import { signsOf, type Telling } from './signs.ts';
import { maybeAlike, weigh } from './score.ts';

/** Two entries that an identifier or an explicit reference says are one, and which. */
export interface StrongLink {
  a: Telling;
  b: Telling;
  because: string;
}

/**
 * Links by identifier and by reference (T4). A number two entries of one source bear that are not one telling sent twice names
 * a case, a spell or a referral, and no event: it links nothing here, and counts only beside time and place.
 */
export function strongLinks(tellings: readonly Telling[]): StrongLink[] {
  const bearers = new Map<string, Telling[]>();
  for (const telling of tellings) {
    const { ids } = telling;
    if (ids.length === 0) continue;
    for (const id of ids.length === 1 ? ids : new Set(ids)) push(bearers, id, telling);
  }
  const links: StrongLink[] = [];
  for (const [id, holders] of bearers) {
    if (holders.length < 2 || !namesOneEvent(holders)) continue;
    for (const [place, a] of holders.entries()) {
      for (const b of holders.slice(place + 1)) {
        if (mayBeOne(a, b)) links.push({ a, b, because: `same ${numberWords(id)}` });
      }
    }
  }
  for (const a of tellings) {
    for (const id of a.names) {
      const named = (bearers.get(id) ?? []).filter((b) => b !== a);
      const [b] = named;
      // A letter that names several events tells of each and joins none of them.
      if (b === undefined || named.length > 1 || new Set(a.names).size > 1) continue;
      if (a.family === undefined || mayBeNamed(a, b)) {
        links.push({ a, b, because: `names its ${numberWords(id)}` });
      }
    }
  }
  return links;
}

function push(map: Map<string, Telling[]>, key: string, telling: Telling): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [telling]);
  else list.push(telling);
}

/** One telling a source, or one sent twice: same kind, same beginning to the letter. */
function namesOneEvent(holders: readonly Telling[]): boolean {
  const bySource = new Map<string, Telling>();
  for (const telling of holders) {
    const source = telling.source ?? '';
    const other = bySource.get(source);
    if (other === undefined) bySource.set(source, telling);
    else if (!toldTwice(other, telling) || holders.length > 3) return false;
  }
  return true;
}

function toldTwice(a: Telling, b: Telling): boolean {
  const start = a.entry.start?.text;
  return (
    a.source !== undefined && a.entry.kind === b.entry.kind && start !== undefined && start === b.entry.start?.text
  );
}

/** A letter of an out-of-hours case names the case, which is its call's and its visit's: the time must say which. */
function mayBeNamed(a: Telling, b: Telling): boolean {
  if (a.family === 'letter' && b.family === 'urgent') return (weigh(a, b)?.grade ?? 0) > 1;
  return a.family === 'letter' || mayBeOne(a, b);
}

const month = 31 * 86_400_000;

/** One number is not believed against the kind or the place, nor across more than a month: numbers are typed, and used again. */
function mayBeOne(a: Telling, b: Telling): boolean {
  if (a.family === undefined || b.family === undefined || (a.family === 'letter' && b.family === 'letter')) {
    return a.entry.kind === b.entry.kind;
  }
  if (!maybeAlike(a, b)) return false;
  if (comparePlaces(signsOf(a.entry).place, signsOf(b.entry).place) === 'different') return false;
  // A case number is the call's and the visit's: a report of one is not the other.
  if (a.family === 'urgent' && b.family === 'urgent' && !kindsOf(a).some((kind) => kindsOf(b).includes(kind)))
    return false;
  const [x, y] = [a.entry, b.entry];
  if (x.start === undefined || y.start === undefined) return true;
  const until = (entry: typeof x) => Math.max(entry.end?.end ?? -Infinity, entry.start?.end ?? -Infinity);
  return x.start.start - until(y) <= month && y.start.start - until(x) <= month;
}

function kindsOf({ entry }: Telling): string[] {
  return [entry, ...entry.children].map(({ kind }) => kind);
}

function numberWords(id: string): string {
  if (/case/i.test(id)) return 'case number';
  if (/appointment|booking|slot/i.test(id)) return 'booking number';
  if (/accession|specimen|report/i.test(id)) return 'report number';
  return 'visit number';
}
