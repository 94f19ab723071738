import type { FhirResource, Reference } from 'fhir/r4';
import type { ResourceType } from '../../../fhir/resource-types.ts';
import type { Span } from '../../store/rows.ts';
import type { Token } from '../tokens.ts';

type Resource = Extract<FhirResource, { resourceType: ResourceType }>;

/** A date parameter: its name in FHIR R4, and how its value is read. */
interface DateParameter<R> {
  param: string;
  of: (resource: R) => Span | undefined;
}

/** A reference parameter: the types it may point to, and how it is read. */
export interface ReferenceParameter<R> {
  targets: readonly ResourceType[];
  of: (resource: R) => (Reference | undefined)[];
  /** Whether `:missing` is served. */
  missing?: boolean;
}

/**
 * Everything search knows of one type. This one table extracts on write, checks requests and writes /metadata, so none
 * of the three can say more than the others do. Names and meanings are those of R4's search parameters.
 */
export interface Definition<R = Resource> {
  type: ResourceType;
  /** The main date: sorts the timeline. */
  date?: DateParameter<R>;
  /** The second date. */
  authored?: DateParameter<R>;
  tokens: Record<string, (resource: R) => Token[]>;
  /** Each may be searched and included. */
  references: Record<string, ReferenceParameter<R>>;
  /** Parameters R4 does not define for this type; /metadata says so. */
  own?: readonly string[];
}

/** Types one definition by its resource. The caller of a definition picks it by `resourceType`, which makes this sound. */
export function define<T extends ResourceType>(
  type: T,
  definition: Omit<Definition<Extract<FhirResource, { resourceType: T }>>, 'type'>,
): Definition {
  return { type, ...definition } as unknown as Definition;
}

/** The person a resource is about; groups and devices are not persons. */
export function patient<R>(of: (resource: R) => Reference | undefined): ReferenceParameter<R> {
  return { targets: ['Patient'], of: (resource) => [of(resource)] };
}

/** The encounter or encounters a resource belongs to. */
export function encounter<R>(of: (resource: R) => (Reference | undefined)[], missing = false): ReferenceParameter<R> {
  return { targets: ['Encounter'], of, missing };
}
