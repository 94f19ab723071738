import type { JsonObject } from './json.ts';
import { isObject, typeOf } from './json.ts';
import { referencesIn } from './reference.ts';

/** Whom a resource says it is about, before anything is resolved. */
export interface About {
  /** References that name a person: `Patient/own`, `urn:uuid:…`, `Patient?identifier=system|value`. */
  patients: string[];
  /** Other resources whose person is meant where none is named: the encounter, what a Provenance is about. */
  via: string[];
}

// The element that names the person, by type (R4 patient compartment); `subject` where not listed.
const patientElements: Record<string, readonly string[]> = {
  AllergyIntolerance: ['patient'],
  Immunization: ['patient'],
  Device: ['patient'],
  RelatedPerson: ['patient'],
  Consent: ['patient'],
  EpisodeOfCare: ['patient'],
  Task: ['for'],
  Binary: ['securityContext'],
  Appointment: ['participant.actor'],
  Provenance: ['target'],
  AuditEvent: ['entity.what', 'agent.who'],
};

const viaElements: Record<string, readonly string[]> = {
  Provenance: ['target'],
  Task: ['encounter', 'focus', 'basedOn'],
  Binary: ['securityContext'],
  AuditEvent: ['entity.what'],
  DocumentReference: ['context.encounter'],
  Communication: ['encounter', 'about', 'basedOn'],
  Appointment: ['basedOn'],
};

/** Reads the elements of a resource that say whose it is. */
export function aboutOf(resource: JsonObject): About {
  const type = typeOf(resource);
  const named = (patientElements[type] ?? ['subject']).flatMap((path) => referencesAt(resource, path.split('.')));
  const via = (viaElements[type] ?? ['encounter']).flatMap((path) => referencesAt(resource, path.split('.')));
  return { patients: named.filter(mayBePatient), via: via.filter((reference) => !isPatient(reference)) };
}

function referencesAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencesAt(item, path));
  if (!isObject(value)) return [];
  const [head, ...rest] = path;
  if (head !== undefined) return referencesAt(value[head], rest);
  if (typeof value['reference'] === 'string') return [value['reference']];
  const identifier = value['identifier'];
  if (!isObject(identifier) || typeof identifier['value'] !== 'string') return [];
  const type = typeof value['type'] === 'string' ? value['type'] : 'Patient';
  const system = typeof identifier['system'] === 'string' ? identifier['system'] : '';
  return [`${type}?identifier=${encodeURIComponent(`${system}|${identifier['value']}`)}`];
}

function isPatient(reference: string): boolean {
  return /(^|\/)Patient[/?]/.test(reference);
}

/** A bare `urn:uuid:` may be a person or not: the index knows. */
function mayBePatient(reference: string): boolean {
  return isPatient(reference) || reference.startsWith('urn:');
}

/** The Binaries a resource shows: they are about whom it is about. */
export function binariesOf(resource: JsonObject): string[] {
  return referencesIn(resource).filter((reference) => /(^|\/)Binary\/[^/]+$/.test(reference));
}
