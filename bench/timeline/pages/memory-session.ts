import type { Bundle, BundleEntry, Endpoint, Resource } from 'fhir/r4';
import { ReadFailure, type Session } from '../../../src/launch/session.ts';
import { streamIds } from '../../../src/record/record-state.ts';
import type { BenchRecord } from '../bench-record.ts';

const pageSize = 100;

/**
 * A session whose hub lives in memory: the pages stand ready before any clock starts. Each answer comes as a task of its
 * own, as one from the network does, so that the page may paint between two of them.
 */
export function memorySession(record: BenchRecord): Session {
  const answers = answersOf(record);
  return {
    base: 'https://hub.example/fhir',
    hubName: 'Borough hub',
    patientId: record.patient.id ?? '',
    encounterId: undefined,
    scopes: ['patient/*.rs'],
    needPatientBanner: true,
    user: { name: 'Dr A Okafor', fhirUser: undefined },
    openedFrom: 'EMIS',
    openedAt: record.now,
    read: (path) =>
      new Promise((resolve, reject) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          const body = answers(path);
          if (body === undefined) reject(new ReadFailure('not-found', 'There is no such resource.', 404));
          else resolve({ body, serverTime: undefined });
        };
        port2.postMessage(undefined);
      }),
    send: () => Promise.reject(new Error('nothing is sent')),
    onEnd: () => () => undefined,
  };
}

function answersOf(record: BenchRecord): (path: string) => unknown {
  const byReference = new Map(record.included.map((one) => [`${one.resourceType}/${one.id ?? ''}`, one]));
  const pages = new Map<string, Bundle>();
  for (const type of streamIds) addPages(pages, type, record.streams[type] ?? [], byReference);
  for (const [type, resources] of Object.entries(record.key)) addPages(pages, type, resources, byReference);
  addPages(pages, 'Endpoint', endpoints(record.now), byReference);
  return (path) => {
    const [what = '', query = ''] = path.split('?');
    if (what === `Patient/${record.patient.id ?? ''}`) return record.patient;
    if (what.includes('/')) return undefined;
    return pages.get(`${what}#${new URLSearchParams(query).get('page') ?? '0'}`) ?? searchset([], undefined);
  };
}

function addPages(
  pages: Map<string, Bundle>,
  type: string,
  resources: readonly Resource[],
  byReference: ReadonlyMap<string, Resource>,
): void {
  for (let from = 0; from < resources.length; from += pageSize) {
    const page = from / pageSize;
    const matches = resources.slice(from, from + pageSize);
    const entries = [...matches.map(matched), ...includedBy(matches, byReference).map(included)];
    const more = from + pageSize < resources.length;
    pages.set(`${type}#${page}`, searchset(entries, more ? `${type}?page=${page + 1}` : undefined));
  }
}

function includedBy(matches: readonly Resource[], byReference: ReadonlyMap<string, Resource>): Resource[] {
  const named = new Set(
    matches.flatMap((match) =>
      [...JSON.stringify(match).matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference),
    ),
  );
  return [...named].flatMap((reference) => byReference.get(reference ?? '') ?? []);
}

const matched = (resource: Resource): BundleEntry => entryOf(resource, 'match');
const included = (resource: Resource): BundleEntry => entryOf(resource, 'include');

function entryOf(resource: Resource, mode: 'match' | 'include'): BundleEntry {
  return { resource, search: { mode } };
}

function searchset(entry: BundleEntry[], next: string | undefined): Bundle {
  const link = next === undefined ? [] : [{ relation: 'next', url: next }];
  return { resourceType: 'Bundle', type: 'searchset', link, entry };
}

function endpoints(now: number): Endpoint[] {
  const extension = (name: string, value: object) => ({
    url: `https://care-timeline.example/fhir/StructureDefinition/${name}`,
    ...value,
  });
  return ['emis', 'system-c', 'adastra', 'carecast', 'liquidlogic', 'patient'].map((id) => ({
    resourceType: 'Endpoint',
    id,
    status: 'active',
    connectionType: {},
    payloadType: [],
    address: 'https://hub.example/fhir',
    extension: [
      extension('status', { valueCode: 'ok' }),
      extension('as-at', { valueDateTime: new Date(now).toISOString() }),
    ],
  }));
}
