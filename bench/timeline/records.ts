import type { Coding, FhirResource, Patient, Resource } from 'fhir/r4';
import type { SourceId } from '../../fhir/sources.ts';
import { nhsNumberSystem, provenanceTagSystem, sourceTagSystem } from '../../fhir/systems.ts';
import { makeBorough } from '../../mocks/borough/make.ts';
import { writeFhir } from '../../mocks/writers/fhir.ts';
import { compareEntries } from '../../src/timeline/order.ts';
import { mapRecord } from '../../src/timeline/to-entries.ts';
import { streamIds } from '../../src/record/record-state.ts';
import type { BenchRecord } from './bench-record.ts';

const benchPatient = 'bench';
const now = Date.UTC(2026, 10, 22, 12);
const keyTypes = ['AllergyIntolerance', 'Flag', 'Condition', 'MedicationRequest', 'MedicationStatement', 'CareTeam'];
const directoryTypes = new Set(['Organization', 'Location', 'Practitioner', 'PractitionerRole']);
/** Key information of a person with a long record, of each type; what a whole borough has would be nobody's. */
const keyItems = 12;

/**
 * A record of exactly `entries` rows: what the borough's writers tell of many people, told as one person's, the years
 * moved so that it fills a long life instead of one crowded decade. The same for every call with the same number.
 */
export function benchRecord(entries: number): BenchRecord {
  const all = everything(entries);
  const included = all.filter(({ resourceType }) => directoryTypes.has(resourceType));
  const told = streamIds.flatMap((type) => all.filter((resource) => resource.resourceType === type));
  const context = { now, patientId: benchPatient, included: new Map<string, Resource>() };
  const mapped = mapRecord(told, context);
  const chosen = mapped.entries.toSorted(compareEntries).slice(0, entries);
  if (chosen.length < entries) throw new Error(`only ${chosen.length} of ${entries} entries could be made`);
  const kept = chosen.flatMap(({ statements }) => statements.map(({ resource }) => resource));
  return {
    patient: patient(),
    streams: Object.fromEntries(streamIds.map((type) => [type, kept.filter((one) => one.resourceType === type)])),
    included,
    key: Object.fromEntries(
      keyTypes.map((type) => [type, all.filter((one) => one.resourceType === type).slice(0, keyItems)]),
    ),
    entries,
    now,
  };
}

function everything(entries: number): Resource[] {
  const people = Math.max(40, Math.ceil(entries / 25));
  const resources: Resource[] = [];
  let person = '';
  let years = 0;
  for (const record of writeFhir(makeBorough({ people, seed: 41, now: new Date(now) }))) {
    const who = record.resources.find(({ resourceType }) => resourceType === 'Patient');
    if (who !== undefined && keyOfPerson(record.resources) !== person) {
      person = keyOfPerson(record.resources);
      years = (years + 7) % 50;
    }
    for (const resource of record.resources) {
      if (resource.resourceType === 'Patient') continue;
      resources.push(asHeld(resource, record.source, record.organisation, who === undefined ? 0 : years));
    }
  }
  return resources;
}

function keyOfPerson(resources: readonly FhirResource[]): string {
  const who = resources.find((resource): resource is Patient => resource.resourceType === 'Patient');
  return who?.identifier?.find(({ system }) => system === nhsNumberSystem)?.value ?? '';
}

/** As the hub would hold it: its source tagged, ids unique among the sources, about the one person. */
function asHeld(resource: FhirResource, source: SourceId, organisation: string | undefined, years: number): Resource {
  const text = JSON.stringify(resource)
    .replace(/"reference":"Patient\/[^"]+"/g, `"reference":"Patient/${benchPatient}"`)
    .replace(/"reference":"([A-Z][A-Za-z]+)\/(?!bench")([^"]+)"/g, `"reference":"$1/${source}.$2"`)
    .replace(/"(\d{4})-(\d{2}-\d{2})(?=[T"])/g, (_, year: string, rest: string) => {
      return `"${Number(year) - years}-${rest === '02-29' ? '02-28' : rest}`;
    });
  const held = JSON.parse(text) as Resource;
  const tag: Coding[] = [{ system: sourceTagSystem, code: source }];
  if (organisation !== undefined) tag.push({ system: provenanceTagSystem, code: organisation });
  return {
    ...held,
    id: `${source}.${held.id ?? ''}`,
    meta: { ...held.meta, versionId: '1', lastUpdated: '2026-11-21T23:10:00.000Z', tag },
  };
}

function patient(): Patient {
  return {
    resourceType: 'Patient',
    id: benchPatient,
    identifier: [{ system: nhsNumberSystem, value: '9990000018' }],
    name: [{ use: 'official', family: 'Long', given: ['Record'], prefix: ['Mx'] }],
    gender: 'other',
    birthDate: '1938-02-04',
  };
}
