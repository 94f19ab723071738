import type {
  Appointment,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  EpisodeOfCare,
  Observation,
  Resource,
  ServiceRequest,
  Task,
} from 'fhir/r4';
import type { LookContext, MapContext } from './context.ts';
import type { Entry, Statement } from './entry.ts';
import { readForJoin } from './join/signs.ts';
import { mapAppointment } from './mappers/appointment.ts';
import { mapDiagnosticReport } from './mappers/diagnostic-report.ts';
import { mapDocumentReference } from './mappers/document-reference.ts';
import { mapEncounter } from './mappers/encounter.ts';
import { mapEpisodeOfCare } from './mappers/episode-of-care.ts';
import { isOwnObservation, mapObservation } from './mappers/observation.ts';
import { mapServiceRequest } from './mappers/service-request.ts';
import { mapTask } from './mappers/task.ts';
import { type Mapped, nest } from './nest.ts';
import { sayWhatMayHaveEnded } from './open-stays.ts';
import { keyOf, text } from './read.ts';
import { statementOf } from './source.ts';

/** What the streams' resources come to. Every resource given is in exactly one of the four. */
export interface MappedRecord {
  /** The rows, in no order. */
  entries: Entry[];
  /** Entered in error: never a row, but counted (T3, misreading 13). */
  withdrawn: Statement[];
  /** Letters, reports and requests that belong to an entry above, with that entry's key. */
  linked: { to: string; statement: Statement }[];
  /** What is no event of the timeline: types it has no row for, and observations the person did not enter. */
  other: Statement[];
}

/**
 * Maps what the streams brought to timeline entries (timeline.md, What is in it): one per event, children nested, a
 * booking joined to its own visit where one names the other. Never throws on odd records; never guesses by time.
 */
export function toEntries(resources: readonly Resource[], context: MapContext): Entry[] {
  return mapRecord(resources, context).entries;
}

/**
 * As `toEntries`, with what became no row. Of two resources with one id the first counts. `join` brings together what several
 * sources tell of (T4, join.ts); what may have ended is judged after it, so that no second telling of a stay ends the stay itself.
 */
export function mapRecord(
  resources: readonly Resource[],
  context: MapContext,
  join: (entries: readonly Entry[]) => readonly Entry[] = (entries) => entries,
): MappedRecord {
  const moment = momentOf(context);
  const mapped: Mapped[] = [];
  const withdrawn: Statement[] = [];
  const other: Statement[] = [];
  const seen = new Set<string>();
  for (const resource of resources) {
    const key = keyOf(resource);
    if (seen.has(key)) continue;
    seen.add(key);
    if (isWithdrawn(resource)) {
      withdrawn.push(statementOf(resource));
      continue;
    }
    const entry = mapOne(resource, context, moment);
    if (entry === undefined) other.push(statementOf(resource));
    else mapped.push({ resource, entry });
  }
  const { entries, linked } = nest(mapped);
  const joined = join(entries);
  return {
    entries: sayWhatMayHaveEnded(joined, context.now),
    withdrawn,
    linked: toJoined(linked, joined),
    other,
  };
}

/**
 * Maps resources before a drawing asks for them, so that a page of them costs its moment when it arrives and a large record
 * does not cost all of them at once (T12). Changes nothing but how long `mapRecord` takes.
 */
export function mapAhead(resources: readonly Resource[], context: MapContext): void {
  const moment = momentOf(context);
  for (const resource of resources) if (!isWithdrawn(resource)) mapOne(resource, context, moment);
}

function momentOf({ now, asAt }: MapContext): string {
  return `${Math.floor(now / 60_000)} ${[...(asAt ?? [])].join(' ')}`;
}

/** What was linked to a witness is found in the row that the witness stands in. */
function toJoined(linked: MappedRecord['linked'], joined: readonly Entry[]): MappedRecord['linked'] {
  const rows = new Map<string, string>();
  for (const row of joined) for (const { entry } of row.joined?.witnesses ?? []) rows.set(entry.key, row.key);
  if (rows.size === 0) return linked;
  return linked.map(({ to, statement }) => ({ to: rows.get(to) ?? to, statement }));
}

interface Remembered {
  entry: Entry | undefined;
  patientId: string;
  /** What the entry looks things up in: an encounter's second line is put into words when it is first asked for, and then by what has come since. */
  look: { included: MapContext['included'] };
  /** References that found nothing: what they name may arrive later. */
  missed: string[];
  /** The minute, and the sources' ages, that the words of a planned or open entry hold for. */
  moment: string;
}

/** Entries by resource: a record is laid out anew with every page that arrives, and most of it has not changed. */
const remembered = new WeakMap<Resource, Remembered>();

function mapOne(resource: Resource, context: MapContext, moment: string): Entry | undefined {
  const known = remembered.get(resource);
  if (known !== undefined && stillHolds(known, context, moment)) {
    known.look.included = context.included;
    return known.entry;
  }
  const missed: string[] = [];
  const look = { included: context.included };
  const included = {
    get(key: string) {
      const found = look.included.get(key);
      if (found === undefined) missed.push(key);
      return found;
    },
  };
  const entry = mapAny(resource, { ...context, included });
  if (entry !== undefined) readForJoin(entry);
  remembered.set(resource, { entry, patientId: context.patientId, look, missed, moment });
  return entry;
}

/** Time changes only what is planned or open; arriving names only what lacked one. */
function stillHolds(known: Remembered, context: MapContext, moment: string): boolean {
  if (known.patientId !== context.patientId) return false;
  if (known.missed.some((key) => context.included.has(key))) return false;
  const timeless = known.entry?.state !== 'planned' && known.entry?.state !== 'open';
  return timeless || known.moment === moment;
}

function mapAny(resource: Resource, context: LookContext): Entry | undefined {
  switch (resource.resourceType) {
    case 'Encounter':
      return mapEncounter(resource as Encounter, context);
    case 'Appointment':
      return mapAppointment(resource as Appointment, context);
    case 'ServiceRequest':
      return mapServiceRequest(resource as ServiceRequest, context);
    case 'Task':
      return mapTask(resource as Task, context);
    case 'EpisodeOfCare':
      return mapEpisodeOfCare(resource as EpisodeOfCare, context);
    case 'DocumentReference':
      return mapDocumentReference(resource as DocumentReference, context);
    case 'DiagnosticReport':
      return mapDiagnosticReport(resource as DiagnosticReport, context);
    case 'Observation':
      return isOwnObservation(resource as Observation, context.patientId)
        ? mapObservation(resource as Observation, context)
        : undefined;
    default:
      return undefined;
  }
}

function isWithdrawn(resource: Resource): boolean {
  const { status, docStatus } = resource as { status?: unknown; docStatus?: unknown };
  return text(status) === 'entered-in-error' || text(docStatus) === 'entered-in-error';
}
