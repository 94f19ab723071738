import type { Endpoint, Extension, OperationOutcomeIssue } from 'fhir/r4';
import { isSourceId, sourceNames } from '../../fhir/sources.ts';
import { sourceTagSystem } from '../../fhir/systems.ts';
import type { SourceState } from './record-state.ts';

// How the hub tells the state of each source: an Endpoint each, and an issue in every search answer for one that is not
// plainly well (design.md, Decisions).

const base = 'https://care-timeline.example/fhir/StructureDefinition';
const statuses = ['ok', 'late', 'failed', 'partial', 'not-connected'] as const;

/** One source from its Endpoint, or undefined where the Endpoint was entered in error. */
function sourceOfEndpoint(endpoint: Endpoint): SourceState | undefined {
  if (endpoint.status === 'entered-in-error') return undefined;
  const tagged = endpoint.identifier?.find((identifier) => identifier.system === sourceTagSystem)?.value;
  // An address of somebody's system: it does not say that records come from there.
  if (tagged === undefined && find(endpoint.extension, 'status') === undefined) return undefined;
  const id = tagged ?? endpoint.id;
  if (id === undefined) return undefined;
  return {
    id,
    name: endpoint.name ?? nameOf(id),
    status: statusOf(codeIn(endpoint.extension, 'status')) ?? endpointStatus(endpoint.status),
    asAt: dateIn(endpoint.extension, 'as-at'),
    startsFrom: dateIn(endpoint.extension, 'starts-from'),
    message: undefined,
  };
}

/** What an issue says of one source, or undefined when it is about none. */
export function sourceOfIssue(issue: OperationOutcomeIssue): Omit<SourceState, 'startsFrom'> | undefined {
  const id = codeIn(issue.extension, 'source');
  if (id === undefined) return undefined;
  return {
    id,
    name: find(issue.extension, 'name')?.valueString ?? nameOf(id),
    status: statusOf(codeIn(issue.extension, 'status')) ?? (issue.code === 'incomplete' ? 'partial' : 'failed'),
    asAt: dateIn(issue.extension, 'as-at'),
    message: issue.details?.text ?? issue.diagnostics,
  };
}

/** The sources after an answer of the Endpoint search: it is the whole list, and fresh. */
export function withEndpoints(known: readonly SourceState[], endpoints: readonly Endpoint[]): SourceState[] {
  return endpoints.flatMap((endpoint) => {
    const source = sourceOfEndpoint(endpoint);
    if (source === undefined) return [];
    const before = known.find(({ id }) => id === source.id);
    // Words about a state it has left would be wrong now.
    return [{ ...source, message: before?.status === source.status ? before.message : undefined }];
  });
}

/** The sources after issues of a search answer; the same array when nothing in it changed. */
export function withIssues(
  known: readonly SourceState[],
  issues: readonly OperationOutcomeIssue[],
): readonly SourceState[] {
  let sources = known;
  for (const issue of issues) {
    const said = sourceOfIssue(issue);
    if (said === undefined) continue;
    const before = sources.find(({ id }) => id === said.id);
    const next: SourceState = {
      ...said,
      name: before?.name ?? said.name,
      asAt: said.asAt ?? before?.asAt,
      startsFrom: before?.startsFrom,
    };
    if (before === undefined) sources = [...sources, next];
    else if (JSON.stringify(before) !== JSON.stringify(next)) {
      sources = sources.map((source) => (source === before ? next : source));
    }
  }
  return sources;
}

function nameOf(id: string): string {
  return isSourceId(id) ? sourceNames[id].records : id;
}

function endpointStatus(status: Endpoint['status']): SourceState['status'] {
  if (status === 'error') return 'failed';
  if (status === 'suspended') return 'late';
  return status === 'off' ? 'not-connected' : 'ok';
}

function statusOf(code: string | undefined): SourceState['status'] | undefined {
  return statuses.find((status) => status === code);
}

function find(extensions: readonly Extension[] | undefined, name: string): Extension | undefined {
  if (!Array.isArray(extensions)) return undefined;
  return (extensions as (Extension | null)[]).find((one) => one?.url === `${base}/${name}`) ?? undefined;
}

function codeIn(extensions: readonly Extension[] | undefined, name: string): string | undefined {
  const extension = find(extensions, name);
  return extension?.valueCode ?? extension?.valueString;
}

function dateIn(extensions: readonly Extension[] | undefined, name: string): string | undefined {
  const extension = find(extensions, name);
  return extension?.valueDateTime ?? extension?.valueInstant ?? extension?.valueDate;
}
