import type { FhirResource } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { parsePartialDate } from '../../fhir/partial-date.ts';
import { isResourceType } from '../../fhir/resource-types.ts';
import { sourceIds } from '../../fhir/sources.ts';
import { dateTime } from '../borough/clock.ts';
import { makeBorough } from '../borough/make.ts';
import type { Life } from '../borough/truth.ts';
import { writeFhir } from './fhir.ts';
import type { SourceRecordLike } from './source-record.ts';
import { problemsOf } from './testing-validity.ts';

const now = new Date('2026-11-22T10:42:00Z');
const started = performance.now();
const borough = makeBorough({ people: 300, seed: 7, now });
const records = [...writeFhir(borough)];
const took = performance.now() - started;

const directories = records.filter(({ resources }) => patientOf(resources) === undefined);
const people = records.filter(({ resources }) => patientOf(resources) !== undefined);
const lifeOf = new Map<string, Life>(borough.lives.map((life) => [life.person.nhsNumber, life]));

function patientOf(resources: readonly FhirResource[]) {
  return resources.find((resource) => resource.resourceType === 'Patient');
}

function personOf(record: SourceRecordLike): Life {
  const number = patientOf(record.resources)?.identifier?.find(
    ({ system }) => system === 'https://fhir.nhs.uk/Id/nhs-number',
  )?.value;
  const life = lifeOf.get(number ?? '');
  if (life === undefined) throw new Error('A record about nobody in the borough');
  return life;
}

/** Every literal reference in a resource, wherever it stands. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  const here = 'reference' in value && typeof value.reference === 'string' ? [value.reference] : [];
  return [...here, ...Object.values(value).flatMap(referencesIn)];
}

describe('what the systems tell', () => {
  test('is told the same again from the same borough', () => {
    const small = makeBorough({ people: 30, seed: 7, now });
    expect(JSON.stringify([...writeFhir(small)])).toBe(
      JSON.stringify([...writeFhir(makeBorough({ people: 30, seed: 7, now }))]),
    );
  });

  test('is made and written quickly, and is neither a toy nor a burden to load', () => {
    const counted = records.reduce((sum, { resources }) => sum + resources.length, 0);
    expect(counted).toBeGreaterThan(25_000);
    expect(counted).toBeLessThan(45_000);
    // Three seconds alone on this machine; tests run beside others.
    expect(took).toBeLessThan(12_000);
  });

  test('begins with each system’s directory, then one record a person and system', () => {
    expect(directories.map(({ source }) => source)).toEqual(['emis', 'system-c', 'adastra', 'carecast', 'liquidlogic']);
    expect(records.indexOf(people[0]!)).toBe(5);
    const keys = people.map((record) => `${record.source} ${personOf(record).person.key}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(people.map(({ source }) => source))).toEqual(new Set(sourceIds));
    expect(people.filter(({ source }) => source === 'emis')).toHaveLength(300);
  });

  test('is structurally valid FHIR R4: everything of the demonstration people and directories, and of every seventh other', () => {
    const sample = records.filter((_, index) => index < 80 || index % 7 === 0);
    expect(sample.flatMap(({ resources }) => resources.flatMap(problemsOf))).toEqual([]);
  });

  test('would be found out if it were not valid', () => {
    const wrong = { resourceType: 'Encounter', id: 'x', status: 'gone', class: { code: 'AMB' }, wards: 3 };
    expect(problemsOf(wrong as unknown as FhirResource)).toHaveLength(1);
    expect(problemsOf({ resourceType: 'Encounter', id: 'x', status: 'finished' } as FhirResource)).toHaveLength(1);
  });

  test('is only of types the hub takes in, with ids that FHIR allows and no two alike in one system', () => {
    const seen = new Set<string>();
    for (const { source, resources } of records) {
      for (const { resourceType, id } of resources) {
        expect(isResourceType(resourceType)).toBe(true);
        expect(id).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
        const key = `${source} ${resourceType}/${id}`;
        expect(seen.has(key)).toBe(false);
        seen.add(key);
      }
    }
  });

  test('points only to what the record or its system’s directory holds, save one doctor nobody can name any more', () => {
    const dangling = new Set<string>();
    for (const record of records) {
      const directory = directories
        .filter(({ source }) => source === record.source)
        .flatMap(({ resources }) => resources);
      const held = new Set([...record.resources, ...directory].map(({ resourceType, id }) => `${resourceType}/${id}`));
      const pages = record.resources.flatMap((each) =>
        each.resourceType === 'DocumentReference' ? each.content.flatMap(({ attachment }) => attachment.url ?? []) : [],
      );
      for (const reference of [...record.resources.flatMap(referencesIn), ...pages]) {
        if (!held.has(reference)) dangling.add(`${record.source} ${reference}`);
      }
    }
    expect([...dangling]).toEqual(['emis Practitioner/left-before-2016']);
  });

  test('is about one person in each record', () => {
    for (const record of people) {
      const patients = new Set(
        record.resources.flatMap(referencesIn).filter((reference) => reference.startsWith('Patient/')),
      );
      expect([...patients].every((reference) => reference === `Patient/${patientOf(record.resources)?.id}`)).toBe(true);
    }
  });

  test('leaves no element undefined or empty', () => {
    const empty = (value: unknown): boolean =>
      value === undefined ||
      value === '' ||
      (Array.isArray(value)
        ? value.length === 0 || value.some(empty)
        : typeof value === 'object' &&
          value !== null &&
          (Object.keys(value).length === 0 || Object.values(value).some(empty)));
    expect(
      records
        .flatMap(({ resources }) => resources.filter(empty))
        .map(({ resourceType, id }) => `${resourceType}/${id}`),
    ).toEqual([]);
  });
});

describe('no system tells more than it can know', () => {
  test('every event and fact it tells of happened', () => {
    for (const record of people) {
      const life = personOf(record);
      const true_ = new Set<string>([record.resources[0]?.id ?? '']);
      for (const list of Object.values(life))
        if (Array.isArray(list)) for (const { id } of list as { id: string }[]) true_.add(id);
      for (const event of life.happenings)
        if (event.kind === 'stay') for (const { id } of event.procedures) true_.add(id);
      const made =
        /(?:-(?:MS|filed|entered|page|document|diagnosis-\d+|emis|adastra|liquidlogic|carecast|system-c)|-\d+)$/;
      for (const { resourceType, id } of record.resources) {
        const known = true_.has(id ?? '') || true_.has((id ?? '').replace(made, ''));
        expect(known, `${record.source} ${resourceType}/${id}`).toBe(true);
      }
    }
  });

  test('an encounter stands at the time it happened, unless the story says how it was written down', () => {
    let compared = 0;
    for (const record of people) {
      const events = new Map(personOf(record).happenings.map((event) => [event.id, event]));
      for (const resource of record.resources) {
        if (resource.resourceType !== 'Encounter') continue;
        const event = events.get(resource.id ?? '');
        if (event === undefined || event.recorded !== undefined) continue;
        expect(resource.period?.start).toBe(dateTime(event.start));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(10_000);
  });

  test('nothing has begun after its message left, except what is planned', () => {
    const begun = people.flatMap(({ source, message, resources }) =>
      resources.map((resource) => ({
        what: `${source} ${resource.resourceType}/${resource.id}`,
        at: parsePartialDate(beganAt(resource))?.start,
        left: Date.parse(message.receivedAt),
      })),
    );
    expect(begun.filter(({ at }) => at !== undefined).length).toBeGreaterThan(15_000);
    expect(begun.filter(({ at, left }) => at !== undefined && at > left)).toEqual([]);
  });

  test('the council never writes an Encounter, and nobody but the council writes its kinds', () => {
    const typesOf = (told: readonly SourceRecordLike[]) =>
      new Set<string>(told.flatMap(({ resources }) => resources.map(({ resourceType }) => resourceType)));
    const council = typesOf(people.filter(({ source }) => source === 'liquidlogic'));
    const others = typesOf(people.filter(({ source }) => source !== 'liquidlogic'));
    const kinds = ['ServiceRequest', 'Task', 'EpisodeOfCare', 'DeviceRequest'];
    expect(council.has('Encounter')).toBe(false);
    expect(kinds.filter((type) => council.has(type))).toEqual(kinds);
    expect(kinds.filter((type) => others.has(type))).toEqual([]);
  });

  test('out of hours knows nothing after last night’s batch, at ten past eleven', () => {
    expect(
      new Set(people.filter(({ source }) => source === 'adastra').map(({ message }) => message.receivedAt)),
    ).toEqual(new Set(['2026-11-21T23:10:00.000Z']));
  });
});

function beganAt(resource: FhirResource): string | undefined {
  if (resource.resourceType === 'Encounter') return resource.period?.start;
  if (resource.resourceType === 'Observation') return resource.effectiveDateTime;
  if (resource.resourceType === 'DiagnosticReport') return resource.issued?.replace(/Z$/, '+00:00');
  if (resource.resourceType === 'DocumentReference') return resource.date?.replace(/Z$/, '+00:00');
  if (resource.resourceType === 'ServiceRequest') return resource.occurrenceDateTime;
  if (resource.resourceType === 'EpisodeOfCare') return resource.period?.start;
  if (resource.resourceType === 'Task')
    return resource.status === 'accepted' ? undefined : resource.executionPeriod?.start;
  return undefined;
}
