import type { Bundle, Endpoint, Resource } from 'fhir/r4';
import { ReadFailure, type FailureKind, type Session } from '../../launch/session.ts';
import { sortKeyOf } from '../../record/sort-key.ts';

/** What a fake hub does instead of answering: per resource type, a failure, or never an answer at all. */
type Faults = Partial<Record<string, FailureKind | 'hang'>>;

export interface FakeHub {
  session: Session;
  /** Takes effect with the next read. */
  faults: Faults;
  /** Holds every answer of a type back until the returned release is called. */
  hold(type: string): () => void;
}

export interface FakeHubParts {
  patientId: string;
  resources: readonly Resource[];
  /** Entries every search Bundle of the person ends with. */
  outcomes?: readonly Resource[];
  endpoints?: readonly Endpoint[];
  faults?: Faults;
  session?: Partial<Session>;
  pageSize?: number;
}

/** A session whose hub lives in memory: searches by type, encounter and id, sorted, pages with `next`, faults on demand. */
export function fakeHub(parts: FakeHubParts): FakeHub {
  const held = new Map<string, Promise<void>>();
  const faults: Faults = { ...parts.faults };
  const pageSize = parts.pageSize ?? 100;

  const answer = (path: string): unknown => {
    const [type = '', query = ''] = path.split('?');
    if (type.includes('/')) {
      const found = parts.resources.find(({ resourceType, id }) => `${resourceType}/${id ?? ''}` === type);
      if (found === undefined) throw new ReadFailure('not-found', 'There is no such resource.', 404);
      return found;
    }
    const parameters = new URLSearchParams(query);
    const found = type === 'Endpoint' ? [...(parts.endpoints ?? [])] : matching(parts.resources, type, parameters);
    const matches = parameters.has('_sort') ? found.toSorted((a, b) => dateOf(b) - dateOf(a)) : found;
    const from = Number(parameters.get('from') ?? '0');
    const next = new URLSearchParams(parameters);
    next.set('from', String(from + pageSize));
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      link: from + pageSize < matches.length ? [{ relation: 'next', url: `${type}?${next.toString()}` }] : [],
      entry: [
        ...matches.slice(from, from + pageSize).map((resource) => ({ resource, search: { mode: 'match' } as const })),
        ...(parts.outcomes ?? []).map((resource) => ({ resource, search: { mode: 'outcome' } as const })),
      ] as NonNullable<Bundle['entry']>,
    };
    return bundle;
  };

  const session: Session = {
    base: 'https://hub.example/fhir',
    hubName: 'Borough hub',
    patientId: parts.patientId,
    encounterId: undefined,
    scopes: ['patient/*.rs'],
    needPatientBanner: true,
    user: { name: 'Dr A Okafor', fhirUser: undefined },
    openedFrom: 'EMIS',
    organisation: { code: 'F83010', name: 'Killick Street Health Centre' },
    openedAt: Date.now(),
    async read(path) {
      const type = path.split(/[/?]/)[0] ?? '';
      await held.get(type);
      const fault = faults[type];
      if (fault === 'hang') return new Promise(() => undefined);
      if (fault !== undefined) throw new ReadFailure(fault, `fault on purpose: ${fault}`);
      return { body: answer(path), serverTime: undefined };
    },
    send: () => Promise.reject(new ReadFailure('unsupported', 'This hub takes nothing.')),
    onEnd: () => () => undefined,
    ...parts.session,
  };
  return {
    session,
    faults,
    hold(type) {
      let release = () => undefined as void;
      held.set(type, new Promise<void>((resolve) => (release = resolve)));
      return () => {
        held.delete(type);
        release();
      };
    },
  };
}

/** What a search is sorted by; undated last. */
function dateOf(resource: Resource): number {
  return sortKeyOf(resource) ?? -Number.MAX_VALUE;
}

function matching(resources: readonly Resource[], type: string, parameters: URLSearchParams): Resource[] {
  const encounters = parameters.get('encounter')?.split(',');
  const ids = parameters.get('_id')?.split(',');
  return resources.filter((resource) => {
    if (resource.resourceType !== type) return false;
    const encounter = encounterOf(resource);
    if (ids !== undefined) return ids.includes(resource.id ?? '');
    if (encounters !== undefined) return encounters.some((id) => encounter?.endsWith(id) === true);
    return parameters.get('encounter:missing') !== 'true' || encounter === undefined;
  });
}

function encounterOf(resource: Resource): string | undefined {
  const { encounter, context } = resource as Resource & {
    encounter?: { reference?: string };
    context?: { encounter?: { reference?: string }[] };
  };
  return encounter?.reference ?? context?.encounter?.[0]?.reference;
}
