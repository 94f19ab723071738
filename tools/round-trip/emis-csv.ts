import type { FhirResource } from 'fhir/r4';
import { Kept } from '../../hub/feeds/emis/csv/testing-extract.ts';
import type { Borough, Life } from '../../mocks/borough/truth.ts';
import { writeEmis } from '../../mocks/writers/emis/emis.ts';
import {
  consultationGuid,
  drugGuid,
  observationGuid,
  patientGuid,
  slotGuid,
} from '../../mocks/writers/emis/native/csv/cells.ts';
import { writeEmisCsvNative } from '../../mocks/writers/emis/native/csv/write.ts';
import { comparisonLines, nameOf, tally, type FactTally } from './compare-facts.ts';
import { factsOf, planFactsOf } from './emis-csv-facts.ts';
import { lostWhy } from './emis-csv-losses.ts';

export interface RoundTrip {
  /** Items of truth by kind: how many there are, and how many came back. */
  items: Map<string, { there: number; back: number }>;
  /** `Encounter: time of day` and how it fared. */
  facts: Map<string, FactTally>;
  /** What is told beside the items of truth, and why: `reason of a consultation`. What has no reason begins with `unexplained`. */
  besides: Map<string, number>;
  doubts: Set<string>;
}

/**
 * Truth → the practices' EMIS extracts → what the hub would tell of them → compared with truth, item by item and fact by fact.
 * The borough's instant must be that of an extract (half past one), so that both sides know the same.
 */
export async function roundTripEmisCsv(borough: Borough): Promise<RoundTrip> {
  const kept = new Kept();
  let seq = 0;
  for (const { source, label, at, bytes } of writeEmisCsvNative(borough)) {
    seq += 1;
    const receivedAt = new Date(at).toISOString();
    kept.take({ seq, source, organisation: '', format: 'emis-csv', label, receivedAt, bytes });
  }
  const trip: RoundTrip = { items: new Map(), facts: new Map(), besides: new Map(), doubts: new Set(kept.doubts) };
  for (const life of borough.lives) {
    const { resources, doubts } = await kept.tell(hubId(patientGuid(life.person.key)));
    for (const doubt of doubts) trip.doubts.add(doubt);
    compare(trip, life, writeEmis(life, borough).resources, resources);
  }
  return trip;
}

function compare(trip: RoundTrip, life: Life, truth: readonly FhirResource[], told: readonly FhirResource[]): void {
  const byName = new Map(told.map((resource) => [nameOf(resource), resource]));
  for (const item of truth) {
    const kind = item.resourceType;
    const count = trip.items.get(kind) ?? { there: 0, back: 0 };
    trip.items.set(kind, count);
    count.there += 1;
    const name = toldName(item, life);
    const back = name === undefined ? undefined : byName.get(name);
    if (name === undefined || back === undefined) continue;
    byName.delete(name);
    count.back += 1;
    tally(trip, kind, factsOf(item), kind === 'CarePlan' ? planFactsOf(back) : factsOf(back));
  }
  const coded = new Set(truth.map(({ id = '' }) => `Observation/${hubId(observationGuid(`${id} reason`))}`));
  for (const [name, resource] of byName) {
    const why = coded.has(name) ? 'what was coded in a consultation' : whyBeside(resource, life, told);
    trip.besides.set(why, (trip.besides.get(why) ?? 0) + 1);
  }
}

/** Why something is told that is no item of truth by itself. */
function whyBeside(resource: FhirResource, { person }: Life, told: readonly FhirResource[]): string {
  if (nameOf(resource) === `Observation/${hubId(observationGuid(`${person.key} ethnicity`))}`) return 'ethnic category';
  if (resource.resourceType === 'DocumentReference' && resource.id?.endsWith('-notes') === true)
    return 'consultation notes';
  const unexplained = `unexplained ${resource.resourceType}`;
  const isTold = (name: string | undefined): boolean => told.some((other) => nameOf(other) === name);
  if (resource.resourceType === 'MedicationStatement') {
    return isTold(resource.basedOn?.[0]?.reference) ? 'statement of an acute medicine' : unexplained;
  }
  if (resource.resourceType === 'MedicationRequest') {
    if (resource.intent === 'plan')
      return isTold(`MedicationStatement/${resource.id}-MS`) ? 'plan of a repeat' : unexplained;
    return isTold(resource.basedOn?.[0]?.reference) ? 'issue of a medicine' : unexplained;
  }
  return resource.resourceType === 'ServiceRequest' && resource.intent === 'plan'
    ? 'review of a plan, as a diary entry'
    : unexplained;
}

/** The report as lines: items that came back, what was told beside them, and every fact that did not come back as it was. */
export function roundTripLines(trip: RoundTrip): string[] {
  return comparisonLines({ ...trip, missing: new Map() }, lostWhy);
}

/** What an item of truth is called when it comes back; undefined for what the extract has no place for. */
function toldName({ resourceType: type, id = '' }: FhirResource, { person }: Life): string | undefined {
  if (type === 'Flag' || type === 'List') return undefined;
  const own = patientGuid(person.key);
  if (type === 'Patient') return `Patient/${hubId(own)}`;
  if (type === 'Encounter') return `Encounter/${hubId(consultationGuid(id))}`;
  if (type === 'Appointment') {
    return `Appointment/${[slotGuid(id), own].map((guid) => hubId(guid).replaceAll('-', '')).join('')}`;
  }
  if (type === 'MedicationStatement') return `${type}/${hubId(drugGuid(id.replace(/-MS$/, '')))}-MS`;
  if (type === 'MedicationRequest') return `${type}/${hubId(drugGuid(id))}`;
  return `${type === 'CarePlan' ? 'Observation' : type}/${hubId(observationGuid(id))}`;
}

function hubId(guid: string): string {
  return guid.slice(1, -1).toLowerCase();
}
