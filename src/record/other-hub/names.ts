import type { Appointment, Encounter, Reference, Resource } from 'fhir/r4';
import type { Session } from '../../launch/session.ts';
import { referenceTo } from '../page.ts';
import type { readAllPages } from '../read-all-pages.ts';
import { search } from '../searches.ts';

/** Names are asked for in one batch of each type and no more: a second wave of thousands of reads helps nobody. */
const namesAtOnce = 50;

const nameable =
  /(?:^|\/)((?:Location|Organization|Practitioner|PractitionerRole)\/[A-Za-z0-9.-]{1,64})(?:\/_history\/.+)?$/;

/**
 * `Type/id` of the places and staff that resources name without words of their own and that were not sent with them, each
 * once, in the order given.
 */
export function namesMissing(resources: readonly Resource[], sent: ReadonlyMap<string, Resource>): string[] {
  const wordless = resources.flatMap(referencesOf).flatMap((one) => {
    const reference = nameable.exec(one?.reference ?? '')?.[1];
    return reference === undefined || one?.display !== undefined || sent.has(reference) ? [] : [reference];
  });
  return [...new Set(wordless)];
}

function referencesOf(resource: Resource): (Reference | undefined)[] {
  if (resource.resourceType === 'Encounter') {
    const { location, participant, serviceProvider } = resource as Encounter;
    return [
      ...items(location).map((one) => one?.location),
      ...items(participant).map((one) => one?.individual),
      serviceProvider,
    ];
  }
  if (resource.resourceType === 'Appointment')
    return items((resource as Appointment).participant).map((one) => one?.actor);
  return [];
}

function items<T>(value: readonly T[] | undefined): readonly (T | null)[] {
  return Array.isArray(value) ? value : [];
}

/** Reads what so many of them are called, the first ones first. What cannot be read is left out; nothing rejects. */
export async function readNames(
  session: Session,
  readAll: typeof readAllPages,
  references: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, Resource>> {
  const byType = Map.groupBy(references, (reference) => reference.slice(0, reference.indexOf('/')));
  const found = await Promise.all(
    [...byType].map(async ([type, all]) => {
      const ids = all.slice(0, namesAtOnce).map((reference) => reference.slice(type.length + 1));
      const address = search(type, [
        ['_id', ids.join(',')],
        ['_count', String(namesAtOnce)],
      ]);
      try {
        return (await readAll(session, address, type, signal)).resources;
      } catch {
        // Said by those that stay without a name.
        return [];
      }
    }),
  );
  const wanted = new Set(references);
  const named = found.flat().filter((resource) => wanted.has(referenceTo(resource)));
  return new Map(named.map((resource) => [referenceTo(resource), resource]));
}
