import type { Bundle, BundleEntry, FhirResource, OperationOutcome, Resource } from 'fhir/r4';
import { delay, http, HttpResponse, type RequestHandler } from 'msw';
import { parsePartialDate } from '../fhir/partial-date.ts';

/** What can go wrong with one resource type's answers; `page` counts from 1, all pages without it. */
type Fault = { on: string; page?: number } & (
  | { kind: 'slow'; ms: number }
  /** Never answers. */
  | { kind: 'hanging' }
  /** The connection breaks. */
  | { kind: 'no-answer' }
  | { kind: 'status'; status: 400 | 401 | 403 | 404 | 410 | 429 | 500 | 501 | 503 }
  /** JSON that stops in the middle. */
  | { kind: 'truncated' }
  /** A Bundle that is no searchset, or holds an entry without a resource. */
  | { kind: 'malformed'; how: 'not-a-bundle' | 'not-a-searchset' | 'empty-entry' | 'no-link-address' }
  /** Everything in it names this other person. */
  | { kind: 'wrong-patient'; patient: string }
  /** The content of the page before, under this page's address. */
  | { kind: 'duplicate-page' }
  /** A `next` link to the first page. */
  | { kind: 'next-loop' }
  /** A `next` link to this other server. */
  | { kind: 'next-elsewhere'; url: string }
  /** Right in all but the time of day: the server's clock is so many hours ahead of ours, in its Date header and in `lastUpdated`. */
  | { kind: 'clock'; hours: number }
);

/** A small FHIR server over given resources, for tests of what a hub may do wrong. */
export interface FhirServer {
  handlers: RequestHandler[];
  /** Change while a test runs: the first that fits an answer is applied. */
  faults: Fault[];
  /** Served; change while a test runs. */
  resources: FhirResource[];
  /** Every request's path and query below the base, in order. */
  requests: string[];
  /** Entries added to every search answer of a type. */
  extra: Record<string, BundleEntry[]>;
  /** The type whose every page is empty and has a next one. */
  endless: string | undefined;
  /** Ends every search Bundle, as the hub tells the state of its sources. */
  outcome: OperationOutcome | undefined;
  /** The Authorization header of every request, in order. */
  authorizations: (string | null)[];
}

export interface FhirServerOptions {
  /** FHIR base without trailing slash. */
  base: string;
  resources: readonly FhirResource[];
  pageSize?: number;
  /** Ends every search Bundle, as the hub tells the state of its sources. */
  outcome?: OperationOutcome;
}

/** Serves read and search (newest first, paged by `next`) with faults. */
export function fhirServer({ base, resources, pageSize = 100, outcome }: FhirServerOptions): FhirServer {
  const server: FhirServer = {
    handlers: [],
    faults: [],
    resources: [...resources],
    requests: [],
    extra: {},
    endless: undefined,
    outcome,
    authorizations: [],
  };

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const path = url.pathname.slice(new URL(base).pathname.length + 1);
    server.requests.push(path + url.search);
    server.authorizations.push(request.headers.get('authorization'));
    const [type = '', id, operation] = path.split('/');
    const page = Number(url.searchParams.get('_page') ?? '1');
    const fault = server.faults.find((one) => one.on === type && (one.page === undefined || one.page === page));
    const early = await before(fault);
    if (early !== undefined) return early;
    const body = id === undefined ? bundle(type, url, page, fault) : read(type, id);
    // Plain R4: no operation on a resource is known here.
    if (body === undefined || operation !== undefined) return outcomeOf(404, 'not-found', 'Not known here.');
    return after(body, fault);
  };

  const read = (type: string, id: string): Resource | undefined =>
    server.resources.find((resource) => resource.resourceType === type && resource.id === id);

  const bundle = (type: string, url: URL, page: number, fault: Fault | undefined): Bundle => {
    const found = server.resources.filter((one) => one.resourceType === type && matches(one, url.searchParams));
    const sorted = url.searchParams.has('_sort') ? newestFirst(found) : found;
    const shown = fault?.kind === 'duplicate-page' ? page - 1 : page;
    const slice = sorted.slice((shown - 1) * pageSize, shown * pageSize);
    const entry = slice.map((resource): BundleEntry => ({ resource, search: { mode: 'match' } }));
    entry.push(...(server.extra[type] ?? []));
    if (server.outcome !== undefined) entry.push({ resource: server.outcome, search: { mode: 'outcome' } });
    const link = [{ relation: 'self', url: url.href }];
    const more = server.endless === type || page * pageSize < sorted.length;
    const next = nextLink(url, page, more, fault);
    if (next !== undefined) link.push({ relation: 'next', url: next });
    return { resourceType: 'Bundle', type: 'searchset', link, entry };
  };

  server.handlers.push(http.get(`${base}/*`, ({ request }) => answer(request)));
  return server;
}

function nextLink(url: URL, page: number, more: boolean, fault: Fault | undefined): string | undefined {
  if (fault?.kind === 'next-elsewhere') return fault.url;
  const next = new URL(url);
  if (fault?.kind === 'next-loop') next.searchParams.delete('_page');
  else next.searchParams.set('_page', String(page + 1));
  return more || fault?.kind === 'next-loop' ? next.href : undefined;
}

/** What happens instead of an answer, or holds it up. */
async function before(fault: Fault | undefined): Promise<Response | undefined> {
  if (fault?.kind === 'slow') await delay(fault.ms);
  if (fault?.kind === 'hanging') await delay('infinite');
  if (fault?.kind === 'no-answer') return HttpResponse.error();
  if (fault?.kind === 'status') return outcomeOf(fault.status, 'exception', `Answered ${fault.status} for a test.`);
  return undefined;
}

/** What becomes of a right answer. */
function after(body: Resource, fault: Fault | undefined): Response {
  if (fault?.kind === 'truncated') {
    const text = JSON.stringify(body);
    return new Response(text.slice(0, text.length / 2), { headers: { 'content-type': 'application/fhir+json' } });
  }
  if (fault?.kind === 'malformed') return json(malformed(body, fault.how));
  if (fault?.kind === 'wrong-patient') return json(renamed(body, fault.patient));
  if (fault?.kind === 'clock') return json(stampedAt(body, Date.now() + fault.hours * 3_600_000), fault.hours);
  return json(body);
}

function malformed(
  body: Resource,
  how: 'not-a-bundle' | 'not-a-searchset' | 'empty-entry' | 'no-link-address',
): object {
  if (how === 'not-a-bundle') return { resourceType: 'Parameters' };
  if (how === 'not-a-searchset') return { ...body, type: 'collection' };
  if (how === 'no-link-address') return { ...body, link: [{ relation: 'next' }] };
  return { ...body, entry: [{ fullUrl: 'urn:uuid:0' }] };
}

/** The same with every person in it replaced. */
function renamed(body: Resource, patient: string): object {
  const text = JSON.stringify(body).replace(/"Patient\/[^"]+"/g, `"Patient/${patient}"`);
  const other = JSON.parse(text) as Resource;
  return other.resourceType === 'Patient' ? { ...other, id: patient } : other;
}

/** The same, with every resource last updated at this instant. */
function stampedAt(body: Resource, instant: number): object {
  const stamp = (resource: Resource): Resource => ({
    ...resource,
    meta: { ...resource.meta, lastUpdated: new Date(instant).toISOString() },
  });
  if (body.resourceType !== 'Bundle') return stamp(body);
  const bundle = body as Bundle;
  return {
    ...bundle,
    entry: bundle.entry?.map((entry) => (entry.resource ? { ...entry, resource: stamp(entry.resource) } : entry)),
  };
}

function json(body: object, hoursAhead = 0): Response {
  return HttpResponse.json(body as Record<string, unknown>, {
    headers: {
      'content-type': 'application/fhir+json',
      date: new Date(Date.now() + hoursAhead * 3_600_000).toUTCString(),
    },
  });
}

function outcomeOf(status: number, code: OperationOutcome['issue'][0]['code'], text: string): Response {
  const body: OperationOutcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, details: { text } }],
  };
  return HttpResponse.json(body, { status });
}

type Loose = Record<string, unknown>;

function matches(resource: FhirResource, parameters: URLSearchParams): boolean {
  const stated = resource as unknown as Loose;
  const text = JSON.stringify(resource);
  const [patient, encounter, ids] = ['patient', 'encounter', '_id'].map((name) => parameters.get(name));
  if (patient && !text.includes(`"Patient/${patient}"`)) return false;
  if (encounter && !encounter.split(',').some((one) => text.includes(`"${one}"`))) return false;
  if (ids && !ids.split(',').includes(resource.id ?? '')) return false;
  const linked =
    stated['encounter'] !== undefined || (stated['context'] as Loose | undefined)?.['encounter'] !== undefined;
  if (parameters.get('encounter:missing') === 'true' && linked) return false;
  return !parameters.has('performer') || stated['performer'] !== undefined;
}

/** Undated last, as the hub sorts. */
function newestFirst(resources: readonly FhirResource[]): FhirResource[] {
  return resources.toSorted((a, b) => dateOf(b) - dateOf(a));
}

function dateOf(resource: FhirResource): number {
  const stated = resource as unknown as Loose;
  const period = (stated['period'] ?? stated['executionPeriod']) as { start?: string } | undefined;
  const text =
    period?.start ?? stated['start'] ?? stated['occurrenceDateTime'] ?? stated['effectiveDateTime'] ?? stated['date'];
  return parsePartialDate(text as string | undefined)?.start ?? -Number.MAX_VALUE;
}
