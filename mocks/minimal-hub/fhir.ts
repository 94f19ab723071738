import type {
  Bundle,
  CapabilityStatement,
  CapabilityStatementRestResource,
  FhirResource,
  OperationOutcome,
  Resource,
} from 'fhir/r4';
import type { Abilities, Handling } from './abilities.ts';

export interface Answer {
  status: number;
  body: Resource;
}

/** A small R4 server over given resources: read, search, `/metadata`; no totals, no outcome entries, no search modes. */
export interface MinimalFhir {
  /** No trailing slash. */
  base: string;
  /** Change while a test runs. */
  abilities: Abilities;
  /** Path and query below the base of all that was asked, in order. */
  requests: string[];
  answer(address: URL): Answer;
}

/** Makes one at a base without trailing slash. */
export function minimalFhir(base: string, resources: readonly FhirResource[], abilities: Abilities): MinimalFhir {
  const searches: URL[] = [];

  const answer = (address: URL): Answer => {
    const path = address.pathname.slice(new URL(base).pathname.length + 1);
    server.requests.push(path + address.search);
    if (path === 'metadata') return server.abilities.statement ? ok(statement(server.abilities)) : unknown(path);
    const again = searches[Number(address.searchParams.get('_getpages') ?? Number.NaN)];
    if (path === '' && again !== undefined) return page(again, Number(address.searchParams.get('_offset')));
    const [type = '', id] = path.split('/');
    if (!server.abilities.types.includes(type)) return unknown(type);
    if (id === undefined) return page(address, Number(address.searchParams.get('_offset') ?? '0'));
    const found = resources.find((one) => one.resourceType === type && one.id === id);
    return found === undefined ? unknown(path) : ok(found);
  };

  const page = (search: URL, offset: number): Answer => {
    const refused = refusedOf(search.searchParams, server.abilities);
    if (refused !== undefined) return failed(400, 'not-supported', `Unknown search parameter "${refused}".`);
    const type = search.pathname.split('/').at(-1) ?? '';
    const found = matching(resources, type, search.searchParams, server.abilities);
    const size = Math.min(Number(search.searchParams.get('_count') ?? 20), server.abilities.mostPerPage);
    const shown = found.slice(offset, offset + size);
    const entry = [...shown, ...included(shown, resources, search.searchParams, server.abilities)];
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      link: [{ relation: 'self', url: search.href }],
      entry: entry.map((resource) => ({ fullUrl: `${base}/${resource.resourceType}/${resource.id}`, resource })),
    };
    if (offset + size < found.length) bundle.link?.push({ relation: 'next', url: next(search, offset + size) });
    return ok(bundle);
  };

  const next = (search: URL, offset: number): string => {
    const link = new URL(server.abilities.paging === 'offset' ? search : base);
    link.searchParams.set('_offset', String(offset));
    if (server.abilities.paging === 'getpages') link.searchParams.set('_getpages', String(searches.push(search) - 1));
    return link.href;
  };

  const server: MinimalFhir = { base, abilities, requests: [], answer };
  return server;
}

const ok = (body: Resource): Answer => ({ status: 200, body });
const unknown = (what: string): Answer => failed(404, 'not-found', `Unknown: ${what}`);

function failed(status: number, code: 'not-supported' | 'not-found', text: string): Answer {
  const body: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, diagnostics: text }],
  };
  return { status, body };
}

/** What becomes of the parameters that are a switch here; every other one but `patient`, `_id` and paging is refused. */
function handlingOf(name: string, abilities: Abilities): Handling {
  const always = ['patient', '_id', '_count', '_offset', 'date', 'code'];
  if (always.includes(name)) return 'served';
  const switched: Record<string, Handling> = {
    'encounter:missing': abilities.missingModifier,
    _include: abilities.include,
    _sort: abilities.sort,
    performer: abilities.performer,
    encounter: abilities.encounter,
  };
  return switched[name] ?? 'refused';
}

function refusedOf(parameters: URLSearchParams, abilities: Abilities): string | undefined {
  return [...parameters.keys()].find((name) => handlingOf(name, abilities) === 'refused');
}

function matching(
  resources: readonly FhirResource[],
  type: string,
  parameters: URLSearchParams,
  abilities: Abilities,
): FhirResource[] {
  const served = (name: string): string | null =>
    handlingOf(name, abilities) === 'served' ? parameters.get(name) : null;
  const [patient, ids, encounter, performer] = ['patient', '_id', 'encounter', 'performer'].map(served);
  const found = resources.filter((one) => {
    if (one.resourceType !== type) return false;
    const text = JSON.stringify(one);
    if (patient && !text.includes(`"Patient/${patient}"`)) return false;
    if (ids && !ids.split(',').includes(one.id ?? '')) return false;
    if (encounter && !encounter.split(',').some((each) => text.includes(`"${each}"`))) return false;
    if (performer && !JSON.stringify(Reflect.get(one, 'performer') ?? '').includes(`"${performer}"`)) return false;
    return served('encounter:missing') !== 'true' || !text.includes('"Encounter/');
  });
  return served('_sort') === null ? found : found.toSorted((a, b) => dateOf(b).localeCompare(dateOf(a)));
}

function dateOf(resource: FhirResource): string {
  const stated = resource as { period?: { start?: string }; start?: string; effectiveDateTime?: string; date?: string };
  return stated.period?.start ?? stated.start ?? stated.effectiveDateTime ?? stated.date ?? '';
}

/** Every place and member of staff that the page's encounters name, where that was asked for and is served. */
function included(
  shown: readonly FhirResource[],
  resources: readonly FhirResource[],
  parameters: URLSearchParams,
  abilities: Abilities,
): FhirResource[] {
  if (!parameters.has('_include') || abilities.include !== 'served') return [];
  const text = JSON.stringify(shown);
  return resources.filter(
    ({ resourceType, id }) =>
      (resourceType === 'Location' || resourceType === 'Practitioner') && text.includes(`"${resourceType}/${id}"`),
  );
}

/** What it says of itself, from the same switches. */
function statement(abilities: Abilities): CapabilityStatement {
  const parameters = [
    'patient',
    'date',
    'code',
    ...(['encounter', 'performer'] as const).filter((name) => abilities[name] === 'served'),
  ];
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-01-01',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        resource: abilities.types.map((type): CapabilityStatementRestResource => ({
          type: type as CapabilityStatementRestResource['type'],
          interaction: [{ code: 'read' }, { code: 'search-type' }],
          searchParam: parameters.map((name) => ({
            name,
            type: name === 'date' ? 'date' : name === 'code' ? 'token' : 'reference',
          })),
          ...(abilities.include === 'served' && { searchInclude: ['*'] }),
        })),
      },
    ],
  };
}
