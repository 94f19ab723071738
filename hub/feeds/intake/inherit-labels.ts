import type { ResourceType } from '../../../fhir/resource-types.ts';
import { aboutOf } from '../../resource/about.ts';
import type { Entry, InputIndex } from './input-index.ts';
import { isObject, walkObjects, type Json, type JsonObject } from '../../resource/json.ts';
import { referencesIn } from '../../resource/reference.ts';

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

/**
 * Passes labels along the links of one resource: what points at a labelled encounter, problem or report is labelled
 * too, and so is what a labelled encounter or report holds (uk-care E: dropping coded rows leaves sibling letters,
 * appointments and medicines). Answers whether anything changed: repeat over the whole input until nothing does.
 */
export function inheritLabels(index: InputIndex, entry: Entry, resource: JsonObject): boolean {
  let changed = false;
  for (const reference of referencesIn(labelParts(entry.type, resource))) {
    const target = index.find(reference);
    if (target === undefined || target.type === 'Patient' || target.localId !== entry.localId) continue;
    changed = raise(entry, target.mask) || changed;
    if (isHeldBy(entry.type, target.type)) changed = raise(target, entry.mask) || changed;
  }
  return changed;
}

function raise(entry: Entry, mask: number): boolean {
  if ((entry.mask | mask) === entry.mask) return false;
  entry.mask |= mask;
  return true;
}
