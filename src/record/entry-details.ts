import { useQueries } from '@tanstack/react-query';
import type { DiagnosticReport, Resource } from 'fhir/r4';
import { ReadFailure, type FailureKind, type Session } from '../launch/session.ts';
import { referenceTo } from './page.ts';
import { personKey } from './person-key.ts';
import { readAllPages, type WholeSearch } from './read-all-pages.ts';
import { search } from './searches.ts';
import { failureOf } from './stream-reader.ts';

/** What is linked to an encounter and read when it is opened (T8). */
const detailTypes = [
  'Condition',
  'MedicationRequest',
  'DiagnosticReport',
  'Observation',
  'DocumentReference',
  'Procedure',
  'Immunization',
] as const;
export type DetailType = (typeof detailTypes)[number];

/** What one kind of linked resource brought. */
export interface DetailState {
  /** `none`: the entry stands on nothing that this could be linked to, so nothing was asked. */
  status: 'none' | 'loading' | 'read' | 'failed';
  resources: readonly Resource[];
  failure: FailureKind | undefined;
}

/** Everything linked to one opened entry; it says for which, so that no answer is shown beside another row. */
export interface EntryDetails {
  /** The entry's key, as given. */
  entryKey: string;
  linked: Record<DetailType, DetailState>;
  /** The single results of the entry's reports, as far as they are not linked to its encounter themselves. */
  results: DetailState;
  /** Reads what failed again. */
  retry: () => void;
}

const nothing: DetailState = { status: 'none', resources: [], failure: undefined };
/** Ids asked for in one address, so that it stays short enough for every proxy. */
const idsAtOnce = 40;

/**
 * Reads what is linked to an opened entry: by the encounters among the resources it stands on, and the results its reports
 * name. Cached per session and entry's own references, so a late answer can only ever land in the entry it was asked for
 * (misreading 14).
 */
export function useEntryDetails(session: Session, entryKey: string, resources: readonly Resource[]): EntryDetails {
  const encounters = encounterReferences(resources);
  const answers = useQueries({
    queries: detailTypes.map((type) => ({
      queryKey: ['linked', ...personKey(session), type, ...encounters],
      enabled: encounters.length > 0,
      queryFn: ({ signal }: { signal: AbortSignal }) => readLinked(session, type, encounters, signal),
    })),
  });
  const linked = Object.fromEntries(
    detailTypes.map((type, index) => [type, encounters.length === 0 ? nothing : stateOf(answers[index])]),
  ) as Record<DetailType, DetailState>;

  const reports = [...resources, ...linked.DiagnosticReport.resources];
  const wanted = missingResults(reports, linked.Observation.resources);
  // The encounter's own results first: what they bring need not be asked for again.
  const settled = linked.DiagnosticReport.status !== 'loading' && linked.Observation.status !== 'loading';
  const [named] = useQueries({
    queries: [
      {
        queryKey: ['results', ...personKey(session), ...wanted],
        enabled: settled && wanted.length > 0,
        queryFn: ({ signal }: { signal: AbortSignal }) => readResults(session, wanted, signal),
      },
    ],
  });
  const results = settled && wanted.length === 0 ? nothing : stateOf(named);
  const asked = [...answers, named];
  return {
    entryKey,
    linked,
    results,
    retry: () => {
      for (const answer of asked) if (answer.status === 'error') void answer.refetch();
    },
  };
}

/** `Encounter/id` of each encounter among the resources, sorted, each once. */
export function encounterReferences(resources: readonly Resource[]): string[] {
  const own = resources.filter(({ resourceType, id }) => resourceType === 'Encounter' && id !== undefined);
  return [...new Set(own.map(referenceTo))].toSorted();
}

/** Ids of the Observations that reports name and that are not at hand, sorted, each once. */
export function missingResults(reports: readonly Resource[], atHand: readonly Resource[]): string[] {
  const present = new Set(atHand.map(referenceTo));
  const named = reports
    .filter((resource): resource is DiagnosticReport => resource.resourceType === 'DiagnosticReport')
    .flatMap((report) => report.result ?? [])
    .flatMap(
      ({ reference }) =>
        /(?:^|\/)(Observation\/[A-Za-z0-9.-]{1,64})(?:\/_history\/.+)?$/.exec(reference ?? '')?.[1] ?? [],
    );
  return [...new Set(named)]
    .filter((reference) => !present.has(reference))
    .map((reference) => reference.slice('Observation/'.length))
    .toSorted();
}

async function readLinked(
  session: Session,
  type: DetailType,
  encounters: readonly string[],
  signal: AbortSignal,
): Promise<Resource[]> {
  const found = await readInParts(encounters, (part) =>
    readOr(readAllPages(session, byPerson(session, type, ['encounter', part.join(',')]), type, signal), () =>
      readAllPages(session, byPerson(session, type), type, signal),
    ),
  );
  // A hub that overlooks the condition sends the whole record: what belongs to another entry is no part of this one.
  return found.filter((resource) => encountersOf(resource).some((one) => encounters.includes(one)));
}

/** `Encounter/id` of what a resource says that it belongs to. */
function encountersOf(resource: Resource): string[] {
  const stated = resource as { encounter?: unknown; context?: { encounter?: unknown } | null };
  return [stated.encounter, stated.context?.encounter].flat().flatMap((one) => {
    const reference = (one as { reference?: unknown } | null | undefined)?.reference;
    const text = typeof reference === 'string' ? reference : '';
    return /(?:^|\/)(Encounter\/[A-Za-z0-9.-]{1,64})(?:\/_history\/.+)?$/.exec(text)?.[1] ?? [];
  });
}

/** Another hub may not know the condition for this type (R4 has none for Immunization): then all of it is read. */
async function readOr(asked: Promise<WholeSearch>, all: () => Promise<WholeSearch>): Promise<WholeSearch> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ReadFailure && error.kind === 'unsupported') return all();
    throw error;
  }
}

async function readResults(session: Session, ids: readonly string[], signal: AbortSignal): Promise<Resource[]> {
  const found = await readInParts(ids, (part) =>
    readAllPages(session, byPerson(session, 'Observation', ['_id', part.join(',')]), 'Observation', signal),
  );
  return found.filter(({ id }) => id !== undefined && ids.includes(id));
}

function byPerson(session: Session, type: string, ...conditions: [string, string][]): string {
  return search(type, [['patient', session.patientId], ...conditions, ['_count', '100']]);
}

async function readInParts(
  all: readonly string[],
  read: (part: readonly string[]) => Promise<WholeSearch>,
): Promise<Resource[]> {
  const resources: Resource[] = [];
  for (let from = 0; from < all.length; from += idsAtOnce) {
    const found = await read(all.slice(from, from + idsAtOnce));
    // What should have been there in its place is not known: a short list would read as the whole (T3).
    if (found.strangers > 0) throw new ReadFailure('wrong-patient', 'The answer held another person.');
    resources.push(...found.resources);
  }
  return resources;
}

interface Answer {
  status: 'pending' | 'error' | 'success';
  data: Resource[] | undefined;
  error: unknown;
  isFetching: boolean;
}

function stateOf(answer: Answer | undefined): DetailState {
  if (answer?.status === 'success') return { status: 'read', resources: answer.data ?? [], failure: undefined };
  if (answer?.status === 'error' && !answer.isFetching) {
    return { status: 'failed', resources: [], failure: failureOf(answer.error).kind };
  }
  return { status: 'loading', resources: [], failure: undefined };
}
