import type { ResourceType } from '../../fhir/resource-types.ts';
import { aboutOf } from './about.ts';
import type { Entry, InputIndex } from './input-index.ts';
import type { JsonObject } from './json.ts';
import { referencesIn } from './reference.ts';

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

/** The references by which a resource takes on the labels of what it points at. */
function labelLinks(type: ResourceType, resource: JsonObject): string[] {
  return collections.has(type) ? aboutOf(resource).via : referencesIn(resource);
}

/**
 * Passes labels along the links of one resource: what points at a labelled encounter, problem or report is labelled
 * too, and so is what a labelled encounter or report holds (uk-care E: dropping coded rows leaves sibling letters,
 * appointments and medicines). Answers whether anything changed: repeat over the whole input until nothing does.
 */
export function inheritLabels(index: InputIndex, entry: Entry, resource: JsonObject): boolean {
  let changed = false;
  for (const reference of labelLinks(entry.type, resource)) {
    const target = index.find(reference);
    if (target === undefined || target.type === 'Patient' || target.localId !== entry.localId) continue;
    changed = raise(entry, target.mask) || changed;
    if (holders.has(entry.type) && held.has(target.type)) changed = raise(target, entry.mask) || changed;
  }
  return changed;
}

function raise(entry: Entry, mask: number): boolean {
  if ((entry.mask | mask) === entry.mask) return false;
  entry.mask |= mask;
  return true;
}
