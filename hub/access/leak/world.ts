import type { FhirResource } from 'fhir/r4';
import { resourceTypes, type ResourceType } from '../../../fhir/resource-types.ts';
import { sourceIds } from '../../../fhir/sources.ts';
import { capabilityOf } from '../../fhir/capabilities.ts';
import { examples } from '../../fhir/test-resources.ts';
import { searchValuesOf } from '../../fhir/search-values.ts';
import type { Database } from '../../store/database.ts';
import { upsertRows } from '../../store/resources.ts';
import type { NewRow } from '../../store/rows.ts';
import { deletedBit, labelBits } from '../labels.ts';

// For the leak test: some people, each with things of every type, from every source, under every label, told twice, pointing
// at one another. Every id and every telling carries a mark that is nowhere else.

/** Numbers from 0 to 1, the same for the same seed. */
export type Chance = () => number;

export function chances(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(from: readonly T[], chance: Chance): T {
  return from[Math.floor(chance() * from.length)] as T;
}

/** One thing of the record, as it stands. */
export interface Thing {
  person: string;
  type: ResourceType;
  id: string;
  source: string;
  deleted: boolean;
  /** Of each version, in order: its labels, and the mark in its content. */
  versions: { mask: number; mark: string }[];
}

/** A version of a thing: the one that stands, unless another is named. */
export function versionOf({ versions }: Thing, version = versions.length - 1): { mask: number; mark: string } {
  const found = versions[version];
  if (found === undefined) throw new Error('a thing has no such version');
  return found;
}

export interface World {
  people: string[];
  things: Thing[];
  /** What an answer may hold marks of, by mark: ids (`id…`) and tellings (`mk…`). */
  byMark: ReadonlyMap<string, { thing: Thing; version: number | undefined }>;
}

/** Every mark there is, in an answer. */
export const marks = /\b(?:id|mk)[0-9a-f]{12}\b/g;

const types = resourceTypes.filter((type) => capabilityOf(type).ofPerson && !capabilityOf(type).live);
const labels = Object.values(labelBits);
const eachOfType = 2;

/** Fills the store. The directory has a few services and staff, which everybody may see. */
export async function makeWorld(database: Database, seed: number, size: number): Promise<World> {
  const chance = chances(seed);
  const markOf = (kind: 'id' | 'mk') =>
    `${kind}${Math.floor(chance() * 2 ** 48)
      .toString(16)
      .padStart(12, '0')}`;
  const people = Array.from({ length: size }, (_, place) => `00000000-0000-4000-8000-00000000000${place}`);
  const things: Thing[] = [];
  for (const [place, person] of people.entries()) {
    // Of some nearly all is labelled, of others nothing.
    const share = place / size;
    await database.query('insert into person (id) values ($1)', [person]);
    const own = types.flatMap((type) =>
      type === 'Patient'
        ? [{ person, type, id: person, source: 'hub', deleted: false, versions: [{ mask: 0, mark: markOf('mk') }] }]
        : Array.from({ length: eachOfType }, (): Thing => {
            const deleted = chance() < 0.08;
            const versions = [0, 1]
              .slice(0, chance() < 0.4 ? 2 : 1)
              .map(() => ({ mask: maskBy(chance, share), mark: markOf('mk') }));
            return { person, type, id: markOf('id'), source: pick(sourceIds, chance), deleted, versions };
          }),
    );
    things.push(...own);
    for (const version of [0, 1]) {
      await upsertRows(
        database,
        own.flatMap((thing) => (thing.versions.length > version ? [rowOf(thing, own, version, chance)] : [])),
      );
    }
    await upsertRows(
      database,
      own.filter(({ deleted }) => deleted).map((thing) => deletedRow(thing)),
    );
  }
  const byMark = new Map(
    things.flatMap((thing): [string, { thing: Thing; version: number | undefined }][] => [
      [thing.id, { thing, version: undefined }],
      ...thing.versions.map(({ mark }, version): [string, { thing: Thing; version: number }] => [
        mark,
        { thing, version },
      ]),
    ]),
  );
  return { people, things, byMark };
}

function maskBy(chance: Chance, share: number): number {
  if (chance() >= share) return 0;
  return pick(labels, chance) | (chance() < 0.2 ? pick(labels, chance) : 0);
}

/** The standard's example of the type, with this thing's id and marks, pointing at other things of the same person. */
function rowOf(thing: Thing, own: readonly Thing[], version: number, chance: Chance): NewRow {
  const { person, type, id, source } = thing;
  const { mask, mark } = versionOf(thing, version);
  const point = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(point);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => {
        if ((name !== 'reference' && name !== 'url') || typeof part !== 'string') return [name, point(part)];
        const [to = ''] = part.split('/');
        const targets = own.filter((other) => other.type === to && other.id !== id);
        return [name, to === 'Patient' || targets.length === 0 ? part : `${to}/${pick(targets, chance).id}`];
      }),
    );
  };
  const { resource } = examples(person)[type as Exclude<ResourceType, 'Endpoint'>];
  const told = { ...(point(resource) as FhirResource), id, implicitRules: `urn:${mark}` } as FhirResource;
  if (told.resourceType === 'List') {
    told.entry = Array.from({ length: 4 }, () => pick(own, chance))
      .filter((other) => other.type !== 'Patient')
      .map((other) => ({ item: { reference: `${other.type}/${other.id}` } }));
  }
  return {
    patient: person,
    type,
    id,
    source,
    origin: `${source}|${person}`,
    mask,
    search: searchValuesOf(told),
    content: JSON.stringify(told),
  };
}

function deletedRow(thing: Thing): NewRow {
  const { person, type, id, source } = thing;
  return {
    patient: person,
    type,
    id,
    source,
    origin: `${source}|${person}`,
    mask: deletedBit | versionOf(thing).mask,
    search: { date: undefined, authored: undefined, tokens: [] },
    content: JSON.stringify({ resourceType: type, id }),
  };
}
