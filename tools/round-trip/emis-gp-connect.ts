import type { FhirResource } from 'fhir/r4';
import { gpConnect } from '../../hub/feeds/emis/gp-connect/gp-connect.ts';
import type { KeptPiece } from '../../hub/feeds/format.ts';
import type { Borough, Life } from '../../mocks/borough/truth.ts';
import { writeEmis } from '../../mocks/writers/emis/emis.ts';
import {
  consultationGuid,
  drugGuid,
  observationGuid,
  patientGuid,
  slotGuid,
} from '../../mocks/writers/emis/native/csv/cells.ts';
import { writeGpConnectNative } from '../../mocks/writers/emis/native/gp-connect/write.ts';
import { type Comparing, type Comparison, compareRecord, nameOf, newComparison } from './compare-facts.ts';
import { factsOf, planFactsOf } from './emis-csv-facts.ts';
import type { Facts } from './emis-csv-words.ts';

export interface GpConnectRoundTrip extends Comparison {
  messages: number;
  doubts: Set<string>;
  /** Records of the dead: given while they lived, and not found since. */
  notFound: number;
}

/** Truth → the practices' answers to GP Connect → what the hub would tell of them → compared with truth. */
export async function roundTripGpConnect(borough: Borough): Promise<GpConnectRoundTrip> {
  const trip: GpConnectRoundTrip = { ...newComparison(), messages: 0, doubts: new Set(), notFound: 0 };
  const kept = new Map<string, Map<string, KeptPiece>>();
  for (const { source, format, label, at, bytes } of writeGpConnectNative(borough)) {
    trip.messages += 1;
    const receivedAt = new Date(at).toISOString();
    if (format !== 'gp-connect') throw new Error(`No reader for ${format}`);
    const { pieces } = gpConnect.sort({
      seq: trip.messages,
      source,
      organisation: '',
      format,
      label,
      receivedAt,
      bytes,
    });
    for (const { subject, name, content, at: said } of pieces) {
      const own = kept.get(subject) ?? new Map<string, KeptPiece>();
      kept.set(subject, own.set(name, { name, content, seq: trip.messages, at: said ?? receivedAt }));
    }
  }
  for (const life of borough.lives) {
    const subject = hubId(patientGuid(life.person.key));
    const pieces = [...(kept.get(subject)?.values() ?? [])].sort((a, b) => (a.at < b.at ? -1 : 1));
    const scope = { source: 'emis' as const, organisation: '', subject, scope: 'structured record' };
    const { resources, doubts } = await gpConnect.tell(scope, pieces, () => Promise.resolve(new Map()));
    for (const doubt of doubts) trip.doubts.add(doubt);
    if (pieces.at(-1)?.name === 'refusal') {
      trip.notFound += 1;
      // The dead are told of as they were when the practice last answered; what was true of them then is not held apart.
      continue;
    }
    compareRecord(trip, comparing(life, resources), writeEmis(life, borough).resources, resources);
  }
  return trip;
}

/** Directory resources are compared by nobody here: each system has its own idea of them. */
const directory = new Set(['Organization', 'Practitioner', 'PractitionerRole', 'Location']);

function comparing(life: Life, told: readonly FhirResource[]): Comparing {
  const names = new Set(told.map(nameOf));
  return {
    toldName: (item) => toldName(item, life),
    whyMissing: (item) => {
      if (item.resourceType === 'Flag') return 'GP Connect has no place for alerts';
      if (item.meta?.security !== undefined)
        return 'confidential: it does not leave the practice, and the list says so';
      if (item.resourceType === 'Appointment') return 'only bookings that are to come are told';
      return `unexplained ${item.id}`;
    },
    whyBeside: (resource) => whyBeside(resource, names),
    facts: (item, back) => [factsOf(item), item.resourceType === 'CarePlan' ? planOf(back) : factsOf(back)],
  };
}

function toldName({ resourceType: type, id = '' }: FhirResource, { person }: Life): string | undefined {
  const patient = hubId(patientGuid(person.key));
  const entry = hubId(observationGuid(id));
  const names: Partial<Record<FhirResource['resourceType'], string | undefined>> = {
    Flag: undefined,
    Patient: patient,
    Encounter: hubId(consultationGuid(id)),
    Appointment: hubId(slotGuid(id)),
    List: `${patient}-list-1149501000000101`,
    MedicationStatement: `${hubId(drugGuid(id.replace(/-MS$/, '')))}-MS`,
    MedicationRequest: hubId(drugGuid(id)),
    Condition: `${entry}-PROB`,
  };
  const told = type in names ? names[type] : entry;
  return told === undefined ? undefined : `${type === 'CarePlan' ? 'Observation' : type}/${told}`;
}

/** Why something is told that is no item of truth by itself. */
function whyBeside(resource: FhirResource, names: ReadonlySet<string>): string {
  const { resourceType: type, id = '' } = resource;
  if (directory.has(type)) return 'staff, places and organisations';
  if (type === 'List') return 'lists of the record';
  if (type === 'ServiceRequest') return 'reviews of plans, as diary entries';
  if (type === 'DocumentReference' && id.endsWith('-notes')) return 'notes of consultations';
  if (type === 'MedicationRequest') return resource.intent === 'plan' ? 'plans of repeats' : 'issues of medicines';
  if (type === 'MedicationStatement' && names.has(`MedicationRequest/${id.replace(/-MS$/, '')}`)) {
    return 'statements of acute medicines';
  }
  if (type === 'Observation') {
    if (names.has(`Condition/${id}-PROB`)) return 'entries that problems were made from';
    if (resource.hasMember !== undefined) return 'headers of groups of tests';
    if (resource.encounter !== undefined) return 'entries of consultations: reasons and what was typed';
  }
  return `unexplained ${type}`;
}

/** A plan is an entry, and its words are the entry's. */
function planOf(back: FhirResource): Facts {
  const text = back.resourceType === 'Observation' ? back.valueString : undefined;
  return { ...planFactsOf(back), text };
}

function hubId(guid: string): string {
  return guid.slice(1, -1).toLowerCase();
}
