import type { FhirResource, Period, Reference } from 'fhir/r4';
import type { SourceId } from '../../fhir/sources.ts';
import { dateTime, dayAt, minute } from '../borough/clock.ts';
import type { Label } from '../borough/facts.ts';
import type { Recording } from '../borough/happenings.ts';
import { organisationOf, placeOf } from '../borough/places.ts';
import { professionalOf, spokenName } from '../borough/professionals.ts';
import type { Borough, Household, Life } from '../borough/truth.ts';
import { reference, security } from './codes.ts';
import type { SourceRecordLike } from './source-record.ts';

/** One source writing down one life: what it knew when its message left. */
export interface Pen {
  source: SourceId;
  organisation: string;
  life: Life;
  household: Household | undefined;
  /** Nothing later than this is known to the source. Epoch milliseconds. */
  asAt: number;
  patient: Reference;
  patientId: string;
  resources: FhirResource[];
  /** Events this source has written an Encounter for: others of its resources may point there. */
  encounters: Set<string>;
  add(resource: FhirResource): void;
}

/** When each source last sent: live, a few minutes old, or the batch of last night. */
export function asAtOf(source: SourceId, now: number): number {
  if (source === 'adastra') return dayAt(now, -1, 23, 10);
  if (source === 'liquidlogic') {
    const today = dayAt(now, 0, 4, 0);
    return today <= now ? today : dayAt(now, -1, 4, 0);
  }
  return source === 'system-c' || source === 'carecast' ? now - 2 * minute : now;
}

export function penFor(source: SourceId, organisation: string, life: Life, borough: Borough): Pen {
  const resources: FhirResource[] = [];
  const encounters = new Set<string>();
  const patientId = life.person.localNumbers[source] ?? `${organisation}-${life.person.key}`;
  const [name] = life.person.namesIn[source] ?? life.person.names;
  return {
    source,
    organisation,
    life,
    household: borough.households.find(({ id }) => id === life.person.household),
    asAt: asAtOf(source, borough.now),
    patientId,
    patient: reference(
      'Patient',
      patientId,
      name === undefined ? 'Not recorded' : `${name.family.toUpperCase()}, ${name.given.join(' ')}`,
    ),
    resources,
    encounters,
    add: (resource) => {
      if (resource.resourceType === 'Encounter' && resource.id !== undefined) encounters.add(resource.id);
      resources.push(stated(resource));
    },
  };
}

export function recordOf(pen: Pen): SourceRecordLike {
  return {
    source: pen.source,
    organisation: pen.organisation,
    message: {
      id: `${pen.source}-${pen.patientId}-${dateTime(pen.asAt).slice(0, 16)}`,
      receivedAt: new Date(pen.asAt).toISOString(),
    },
    resources: pen.resources,
  };
}

/** `meta.security`, when labelled. */
export function metaOf(labels: readonly Label[] | undefined): {
  meta?: { security: NonNullable<ReturnType<typeof security>> };
} {
  const labelled = security(labels);
  return labelled === undefined ? {} : { meta: { security: labelled } };
}

/** The period as it was written down; undefined where the record states none. */
export function periodOf(start: number, end: number | undefined, recorded?: Recording): Period | undefined {
  if (recorded?.omit?.includes('period') === true) return undefined;
  const stated = {
    start: recorded?.start ?? dateTime(start),
    end: recorded?.end ?? (end === undefined ? undefined : dateTime(end)),
  };
  return stated.end === undefined ? { start: stated.start } : stated;
}

export function staffReference(id: string): Reference {
  return reference('Practitioner', id, spokenName(professionalOf(id)));
}

export function organisationReference(ods: string): Reference {
  return reference('Organization', ods, organisationOf(ods).name);
}

export function placeReference(id: string): Reference {
  return reference('Location', id, placeOf(id).name);
}

/** The Encounter of an event, where this source tells of it. */
export function encounterReference(pen: Pen, event: string | undefined): Reference | undefined {
  return event !== undefined && pen.encounters.has(event) ? { reference: `Encounter/${event}` } : undefined;
}

/** The resource without the elements nobody stated: JSON has no `undefined`. Changes it in place. */
function stated<T extends object>(value: T): T {
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) delete (value as Record<string, unknown>)[key];
    else if (typeof part === 'object' && part !== null) stated(part as object);
  }
  return value;
}
