import type { HumanName, Reference, Resource } from 'fhir/r4';
import { firstConcept, items, referenceKey, text } from './read.ts';

/** What a mapper may look at beside the resource itself. */
export interface LookContext {
  /** Epoch milliseconds: decides what lies ahead, and what is over without anybody saying so (misreading 6). */
  now: number;
  /** Places, staff, organisations and conditions that were read, by `Type/id`. */
  included: Pick<ReadonlyMap<string, Resource>, 'get'>;
  patientId: string;
  /** How old each source's data is (source id → epoch milliseconds), where it is known. */
  asAt?: ReadonlyMap<string, number>;
}

/** What the whole record is mapped with. */
export interface MapContext extends LookContext {
  included: ReadonlyMap<string, Resource>;
}

/** The resource a reference points at: contained, or among what was read. A dangling reference gives undefined. */
export function resolve(
  reference: Reference | undefined | null,
  owner: Resource,
  context: LookContext,
): Resource | undefined {
  const key = referenceKey(reference);
  if (key === undefined) return undefined;
  if (!key.startsWith('#')) return context.included.get(key);
  const contained = items((owner as { contained?: Resource[] }).contained);
  return contained.find((resource) => resource.id === key.slice(1));
}

/** Resolved resource, when it is of the asked type. */
export function resolveAs<T extends Resource>(
  type: T['resourceType'],
  reference: Reference | undefined | null,
  owner: Resource,
  context: LookContext,
): T | undefined {
  const found = resolve(reference, owner, context);
  return found?.resourceType === type ? (found as T) : undefined;
}

/** What the thing pointed at is called: its own name, else the words its referrer gave. Never an id. */
export function nameOf(
  reference: Reference | undefined | null,
  owner: Resource,
  context: LookContext,
): string | undefined {
  const found: NamedResource | undefined = resolve(reference, owner, context);
  return nameOfResource(found) ?? text(reference?.display);
}

/** The shapes of name that places, organisations and people carry. */
interface NamedResource extends Resource {
  name?: string | HumanName[];
  practitioner?: Reference;
  organization?: Reference;
}

function nameOfResource(resource: NamedResource | undefined): string | undefined {
  if (resource === undefined) return undefined;
  if (typeof resource.name === 'string') return text(resource.name);
  if (resource.resourceType === 'PractitionerRole') return text(resource.practitioner?.display);
  return personName(items(resource.name)[0]);
}

/** `Dr A Okafor`: prefix, given names and family name, as one line. */
export function personName(name: HumanName | undefined): string | undefined {
  if (name === undefined) return undefined;
  const whole = text(name.text);
  if (whole !== undefined) return whole;
  const words = [...texts(name.prefix), ...texts(name.given), text(name.family)];
  return text(words.filter((word) => word !== undefined).join(' '));
}

/** The texts of a list of texts, odd items left out. */
export function texts(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map(text).filter((item) => item !== undefined);
}

/** Who took part, as `role, name` (`GP, Dr A Okafor`), with only what is stated. */
export function participantWords(
  individual: Reference | undefined | null,
  roleWords: string | undefined,
  owner: Resource,
  context: LookContext,
): string | undefined {
  const found = resolve(individual, owner, context);
  let name = nameOf(individual, owner, context);
  let role = roleWords;
  if (found?.resourceType === 'PractitionerRole') {
    const held = found as Resource & { code?: Parameters<typeof firstConcept>[0]; practitioner?: Reference };
    role = firstConcept(held.code) ?? role;
    name = nameOf(held.practitioner, owner, context) ?? name;
  }
  const words = [role, name].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join(', ');
}
