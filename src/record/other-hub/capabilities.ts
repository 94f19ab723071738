import type { Session } from '../../launch/session.ts';

/** What a hub says that it can be asked for (R4 CapabilityStatement), as far as reading a record needs it. */
export interface Capabilities {
  /** Whether it can be searched for a type. */
  searches(type: string): boolean;
  /** Names of a type's search parameters; undefined where the hub lists none, which says nothing. */
  parameters(type: string): ReadonlySet<string> | undefined;
  /** Values of `_include` (`Encounter:location`, `*`); undefined where it lists none. */
  includes(type: string): ReadonlySet<string> | undefined;
}

interface StatedResource {
  type?: unknown;
  interaction?: unknown;
  searchParam?: unknown;
  searchInclude?: unknown;
}

/** Reads a parsed `/metadata`; undefined for anything that is no CapabilityStatement of a server. */
export function capabilitiesOf(body: unknown): Capabilities | undefined {
  const statement = body as { resourceType?: unknown; rest?: unknown } | null;
  if (typeof statement !== 'object' || statement?.resourceType !== 'CapabilityStatement') return undefined;
  const server = list(statement.rest).find((rest) => (rest as { mode?: unknown } | null)?.mode !== 'client');
  const stated = list((server as { resource?: unknown } | null | undefined)?.resource) as (StatedResource | null)[];
  if (stated.length === 0) return undefined;
  const of = (type: string): StatedResource | undefined => stated.find((one) => one?.type === type) ?? undefined;
  const named = (items: unknown, name: string): ReadonlySet<string> | undefined => {
    const texts = list(items).flatMap((item) => {
      const text: unknown = typeof item === 'object' ? (item as Record<string, unknown> | null)?.[name] : item;
      return typeof text === 'string' ? [text] : [];
    });
    return texts.length === 0 ? undefined : new Set(texts);
  };
  return {
    searches(type) {
      const one = of(type);
      return one !== undefined && (named(one.interaction, 'code')?.has('search-type') ?? true);
    },
    parameters: (type) => named(of(type)?.searchParam, 'name'),
    includes: (type) => named(of(type)?.searchInclude, ''),
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** By FHIR base: what a hub can do does not change while a page stands. Nothing of a person is in it. */
const known = new Map<string, Promise<Capabilities | undefined>>();

/**
 * What the session's hub says that it can do, asked once; undefined where it does not say. Never rejects; an answer that
 * did not come is asked for again the next time.
 */
export function readCapabilities(session: Session): Promise<Capabilities | undefined> {
  const asked = known.get(session.base);
  if (asked !== undefined) return asked;
  const answer = session.read('metadata', { timeoutMs: 20_000 }).then(
    ({ body }) => capabilitiesOf(body),
    () => undefined,
  );
  known.set(session.base, answer);
  void answer.then((found) => found ?? known.delete(session.base));
  return answer;
}
