import { useQuery } from '@tanstack/react-query';
import type { Observation, OperationOutcomeIssue } from 'fhir/r4';
import { ReadFailure, type FailureKind, type Session } from '../launch/session.ts';
import { personKey } from './person-key.ts';
import { readAllPages, type WholeSearch } from './read-all-pages.ts';
import { search } from './searches.ts';
import { failureOf } from './stream-reader.ts';

/** Results as they were read: every page of them, or a failure; never part of them as if it were all (T3). */
export interface Results {
  status: 'loading' | 'read' | 'failed';
  observations: readonly Observation[];
  /** What the hub said of its sources in the same answers. */
  issues: readonly OperationOutcomeIssue[];
  failure: FailureKind | undefined;
  retry: () => void;
}

interface WholeResults {
  observations: Observation[];
  issues: readonly OperationOutcomeIssue[];
}

/**
 * Reads a person's results: those with one of the codes (FHIR search tokens, `system|code` or a code alone), or all of
 * them. Needs the details' cache around it.
 */
export function useResults(session: Session, codes?: readonly string[]): Results {
  const answer = useQuery({
    queryKey: ['over-time', ...personKey(session), ...(codes ?? ['every result'])],
    queryFn: ({ signal }) => readResults(session, codes, signal),
  });
  const retry = () => void answer.refetch();
  const nothing = { observations: [], issues: [], retry };
  if (answer.status === 'success') return { status: 'read', ...answer.data, failure: undefined, retry };
  if (answer.status === 'error' && !answer.isFetching) {
    return { status: 'failed', failure: failureOf(answer.error).kind, ...nothing };
  }
  return { status: 'loading', failure: undefined, ...nothing };
}

async function readResults(
  session: Session,
  codes: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<WholeResults> {
  const wanted: [string, string][] = codes === undefined ? [] : [['code', codes.map(escaped).join(',')]];
  const read = (...order: [string, string][]): Promise<WholeSearch> =>
    readAllPages(
      session,
      search('Observation', [['patient', session.patientId], ...wanted, ...order, ['_count', '100']]),
      'Observation',
      signal,
    );
  const { resources, issues, strangers } = await read(['_sort', '-date']).catch((error: unknown) => {
    // They are put in order here anyway: a hub that cannot is asked without.
    if (error instanceof ReadFailure && error.kind === 'unsupported') return read();
    throw error;
  });
  // What should have been there in its place is not known: a short line would read as the whole (T3).
  if (strangers > 0) throw new ReadFailure('wrong-patient', 'The answer held another person.');
  return { observations: resources as Observation[], issues };
}

/** Commas part the values of a search, and dollar signs its parts (FHIR R4, Search 3.1.1.5.7). */
function escaped(token: string): string {
  return token.replaceAll('\\', '\\\\').replaceAll(',', '\\,').replaceAll('$', '\\$');
}
