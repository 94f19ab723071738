import type { Appointment, DiagnosticReport, DocumentReference, Encounter, Reference, Resource, Task } from 'fhir/r4';
import { formatDateTime } from './dates.ts';
import type { Entry, Statement } from './entry.ts';
import { compareEntries } from './order.ts';
import { items, referenceKey } from './read.ts';
import { statementOf } from './source.ts';

/** A resource and the entry it came to. */
export interface Mapped {
  resource: Resource;
  entry: Entry;
}

interface Nested {
  entries: Entry[];
  linked: { to: string; statement: Statement }[];
}

/**
 * Puts together what names each other: `partOf` children one level down, a booking with its own visit, letters, reports
 * and requests with their encounter or task. Only explicit references count; entries given are never changed. Records that point
 * at themselves or in a ring stand on their own.
 */
export function nest(mapped: readonly Mapped[]): Nested {
  const byKey = new Map(mapped.map((item) => [item.entry.key, item]));
  const roots = rootsOf(mapped, byKey);
  const bookings = bookingsOf(mapped, byKey);
  const links = new Map<string, { to: string; item: Mapped }>();
  for (const link of linksOf(mapped, byKey)) {
    if (!links.has(link.item.entry.key)) links.set(link.item.entry.key, link);
  }
  const joined = new Map<string, Mapped[]>();
  for (const [booking, encounter] of bookings) {
    const item = byKey.get(booking);
    if (item !== undefined) joined.set(encounter, [...(joined.get(encounter) ?? []), item]);
  }
  const children = new Map<string, Mapped[]>();
  for (const [child, root] of roots) {
    const item = byKey.get(child);
    if (item === undefined) continue;
    const list = children.get(root);
    if (list === undefined) children.set(root, [item]);
    else list.push(item);
  }
  const entries: Entry[] = [];
  for (const item of mapped) {
    const { key } = item.entry;
    if (roots.has(key) || bookings.has(key) || links.has(key)) continue;
    const nested = (children.get(key) ?? []).map((child) => withBookings(child.entry, joined.get(child.entry.key)));
    entries.push(withChildren(withBookings(item.entry, joined.get(key)), nested));
  }
  const linked = [...links.values()].map(({ to, item }) => {
    // A document of a task that itself belongs to an encounter is found in that encounter's entry.
    const holder = links.get(to)?.to ?? to;
    return { to: roots.get(holder) ?? holder, statement: statementOf(item.resource) };
  });
  return { entries, linked };
}

/** Child key → key of the entry it stands under: the topmost one, so that nesting stays one level deep. */
function rootsOf(mapped: readonly Mapped[], byKey: ReadonlyMap<string, Mapped>): Map<string, string> {
  const parents = new Map<string, string>();
  for (const { resource, entry } of mapped) {
    if (resource.resourceType !== 'Encounter') continue;
    const parent = referenceKey((resource as Encounter).partOf);
    if (parent !== undefined && byKey.get(parent)?.resource.resourceType === 'Encounter')
      parents.set(entry.key, parent);
  }
  const roots = new Map<string, string>();
  for (const child of parents.keys()) {
    const root = topOf(child, parents);
    if (root !== undefined) roots.set(child, root);
  }
  return roots;
}

/** The topmost parent; undefined when the way up runs in a ring that holds the child, or ends in one. */
function topOf(child: string, parents: ReadonlyMap<string, string>): string | undefined {
  const passed = new Set([child]);
  let place = parents.get(child);
  while (place !== undefined) {
    if (passed.has(place)) return undefined;
    passed.add(place);
    const next = parents.get(place);
    if (next === undefined) return place;
    place = next;
  }
  return undefined;
}

/** Booking key → key of the encounter it became: either names the other. */
function bookingsOf(mapped: readonly Mapped[], byKey: ReadonlyMap<string, Mapped>): Map<string, string> {
  const bookings = new Map<string, string>();
  const claim = (booking: string | undefined, encounter: string | undefined) => {
    if (booking === undefined || encounter === undefined || bookings.has(booking)) return;
    if (byKey.get(booking)?.resource.resourceType !== 'Appointment') return;
    if (byKey.get(encounter)?.resource.resourceType === 'Encounter') bookings.set(booking, encounter);
  };
  for (const { resource, entry } of mapped) {
    if (resource.resourceType === 'Encounter') {
      for (const reference of items((resource as Encounter).appointment)) claim(referenceKey(reference), entry.key);
    } else if (resource.resourceType === 'Appointment') {
      const named = (resource as Appointment).supportingInformation;
      for (const reference of items(named)) claim(entry.key, referenceKey(reference));
    }
  }
  return bookings;
}

function withBookings(entry: Entry, bookings: readonly Mapped[] | undefined): Entry {
  if (bookings === undefined) return entry;
  const detail = [...entry.detail];
  const cautions = [...entry.cautions];
  for (const { entry: booking } of bookings) {
    const when = booking.start === undefined ? undefined : formatDateTime(booking.start);
    if (booking.state === 'cancelled' || booking.state === 'missed') {
      const says = booking.state === 'cancelled' ? 'cancelled' : 'not attended';
      if (entry.state !== booking.state) cautions.push(`Sources differ: the booking says ${says}`);
    } else if (when !== undefined && (entry.state === 'closed' || entry.state === 'open')) {
      detail.push(`Planned for ${when}, kept`);
    }
  }
  const statements = [...entry.statements, ...bookings.flatMap((item) => item.entry.statements)];
  return { ...entry, detail, cautions, statements };
}

function withChildren(entry: Entry, children: readonly Entry[]): Entry {
  if (children.length === 0) return entry;
  // Within a stay one reads onwards, so the children stand oldest first.
  const ordered = [...children].sort((a, b) => compareEntries(b, a));
  return {
    ...entry,
    children: ordered,
    // The row says that there is more within, or a visit that followed a call would be seen by nobody who opens nothing.
    facts: [...entry.facts, ...linkedWords(ordered)],
    statements: [...entry.statements, ...ordered.flatMap((child) => child.statements)],
  };
}

/** `linked visit`, `2 linked calls` (look.md, Rows). */
function linkedWords(children: readonly Entry[]): string[] {
  return (['stay', 'call', 'visit'] as const).flatMap((noun) => {
    const { length } = children.filter(({ kind }) => nounOf(kind) === noun);
    if (length === 0) return [];
    return [length === 1 ? `linked ${noun}` : `${length} linked ${noun}s`];
  });
}

/** A part is an encounter, and every other kind of encounter is a visit of some sort. */
function nounOf(kind: Entry['kind']): 'stay' | 'call' | 'visit' {
  if (kind === 'stay') return 'stay';
  return kind === 'gp-call' || kind === 'urgent-call' ? 'call' : 'visit';
}

/** What belongs to an entry above by its own word: its encounter, or the task that names it as output. */
function* linksOf(
  mapped: readonly Mapped[],
  byKey: ReadonlyMap<string, Mapped>,
): Generator<{ to: string; item: Mapped }> {
  for (const item of mapped) {
    const type = item.resource.resourceType;
    if (type === 'Task') {
      for (const output of items((item.resource as Task).output)) {
        const document = byKey.get(referenceKey(output.valueReference) ?? '');
        if (document !== undefined && isLinkable(document)) yield { to: item.entry.key, item: document };
      }
    }
    if (!isLinkable(item)) continue;
    for (const reference of encounterReferences(item.resource)) {
      const key = referenceKey(reference) ?? '';
      if (byKey.get(key)?.resource.resourceType === 'Encounter') yield { to: key, item };
    }
  }
}

/** Social care's requests and tasks are events of their own, whatever they name. */
function isLinkable({ resource, entry }: Mapped): boolean {
  const type = resource.resourceType;
  if (type === 'DocumentReference' || type === 'DiagnosticReport' || type === 'Observation') return true;
  return (type === 'ServiceRequest' || type === 'Task') && entry.lane !== 'social-care';
}

function encounterReferences(resource: Resource): readonly Reference[] {
  if (resource.resourceType === 'DocumentReference') {
    const context = (resource as DocumentReference).context;
    return [...items(context?.encounter), ...items(context?.related)];
  }
  return items((resource as DiagnosticReport).encounter);
}
