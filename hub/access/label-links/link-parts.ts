import type { ResourceType } from '../../../fhir/resource-types.ts';
import { aboutOf } from '../../resource/about.ts';
import { isObject, walkObjects, type Json, type JsonObject } from '../../resource/json.ts';

// A list of many things is not about each of them: one labelled problem must not hide the list and its warnings.
const collections = new Set<ResourceType>(['List', 'CareTeam', 'Composition']);
// What is told as part of these is as private as they are, even where it does not point back.
const holders = new Set<ResourceType>(['Encounter', 'DiagnosticReport', 'DocumentReference']);
const held = new Set<ResourceType>([
  'Appointment',
  'ServiceRequest',
  'Task',
  'Condition',
  'Procedure',
  'Observation',
  'Binary',
  'DocumentReference',
  'MedicationRequest',
  'ImagingStudy',
  'Specimen',
]);

/**
 * The parts of a resource by whose references it takes on the labels of what it points at: of a list only where its own
 * words tell of the thing, beside the reference or in a narrative.
 */
export function labelParts(type: ResourceType, resource: JsonObject): Json {
  if (!collections.has(type) || hasNarrative(resource)) return resource;
  const telling: JsonObject[] = aboutOf(resource).via.map((reference) => ({ reference }));
  walkObjects(resource, (object) => {
    const isReference = typeof object['reference'] === 'string' || isObject(object['identifier']);
    if (isReference && typeof object['display'] === 'string') telling.push(object);
  });
  return telling;
}

function hasNarrative(resource: JsonObject): boolean {
  const { text, section } = resource;
  const parts = [
    text,
    ...(Array.isArray(section) ? section : []).map((part) => (isObject(part) ? part['text'] : null)),
  ];
  return parts.some((part) => isObject(part) && typeof part['div'] === 'string');
}

/** Whether a part of this type is told as belonging to a holder of that type, and so is as private. */
export function isHeldBy(holder: ResourceType, part: ResourceType): boolean {
  return holders.has(holder) && held.has(part);
}
