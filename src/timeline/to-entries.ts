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
import type { MapContext } from './context.ts';
import type { Entry, Statement } from './entry.ts';
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

/** As `toEntries`, with what became no row. Of two resources with one id the first counts. */
export function mapRecord(resources: readonly Resource[], context: MapContext): MappedRecord {
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
    const entry = mapOne(resource, context);
    if (entry === undefined) other.push(statementOf(resource));
    else mapped.push({ resource, entry });
  }
  const { entries, linked } = nest(mapped);
  return { entries: sayWhatMayHaveEnded(entries, context.now), withdrawn, linked, other };
}

interface Remembered {
  minute: number;
  included: number;
  asAt: ReadonlyMap<string, number> | undefined;
  patientId: string;
  entry: Entry | undefined;
}

/** Entries by resource: a record is laid out anew with every page that arrives, and most of it has not changed. */
const remembered = new WeakMap<Resource, Remembered>();

function mapOne(resource: Resource, context: MapContext): Entry | undefined {
  const minute = Math.floor(context.now / 60_000);
  const known = remembered.get(resource);
  if (
    known !== undefined &&
    known.minute === minute &&
    known.included === context.included.size &&
    known.asAt === context.asAt &&
    known.patientId === context.patientId
  ) {
    return known.entry;
  }
  const entry = mapAny(resource, context);
  remembered.set(resource, {
    minute,
    included: context.included.size,
    asAt: context.asAt,
    patientId: context.patientId,
    entry,
  });
  return entry;
}

function mapAny(resource: Resource, context: MapContext): Entry | undefined {
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
