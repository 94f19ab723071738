import type { AuditEvent, AuditEventAgent } from 'fhir/r4';
import { roleWords } from '../../../fhir/role-words.ts';
import { isSourceId, sourceNames } from '../../../fhir/sources.ts';
import { odsSystem } from '../../../fhir/systems.ts';

/** One act of somebody in the person's record, as an AuditEvent tells it (IHE BALP). */
export interface Line {
  /** Epoch milliseconds. */
  at: number;
  /** Tells two readers of one name apart. */
  whoKey: string;
  who: string;
  /** It was the person themself. */
  own: boolean;
  role: string | undefined;
  organisation: string | undefined;
  /** From where it was opened: `EMIS`, `the intranet`. */
  from: string | undefined;
  act: string;
  /** Resource type that was asked for, where it says so. */
  type: string | undefined;
  refused: boolean;
  /** Why the glass was broken, in the reader's own words. */
  glassReason: string | undefined;
  /** What was read was read through a broken glass. */
  throughGlass: boolean;
}

const restful = 'http://hl7.org/fhir/restful-interaction';
const interactions: Record<string, string> = { 'search-type': 'search', 'history-instance': 'history' };

/** Reads one AuditEvent of the hub's, or of another that keeps to the same pattern; undefined where it has no time. */
export function readLine(event: AuditEvent): Line | undefined {
  const at = Date.parse(event.recorded);
  if (Number.isNaN(at)) return undefined;
  const agent = event.agent.find(({ requestor, name }) => requestor && name !== undefined);
  const organisation = event.agent.find(({ who }) => who?.identifier?.system === odsSystem)?.who;
  const [role] = agent?.role ?? [];
  const roleCode = role?.coding?.[0]?.code;
  const purpose = agent?.purposeOfUse?.[0];
  const act = actOf(event);
  return {
    at,
    whoKey: [agent?.altId, organisation?.identifier?.value].join('|'),
    who: agent?.name ?? 'Somebody who was not known',
    own: roleCode === 'person',
    role: roleWords(roleCode, role?.coding?.[0]?.display ?? role?.text),
    organisation: organisation?.display,
    from: fromWords(openedFrom(event.agent, agent)),
    act,
    type: typeAsked(event),
    refused: event.outcome !== undefined && event.outcome !== '0',
    glassReason: act === 'break-glass' ? (purpose?.text ?? '') : undefined,
    throughGlass: purpose?.coding?.some(({ code }) => code === 'BTG') === true,
  };
}

/** The hub's own word for the act stands last; another hub's is the interaction. */
function actOf({ subtype = [] }: AuditEvent): string {
  const last = subtype.at(-1);
  const code = last?.code ?? '';
  return last?.system === restful ? (interactions[code] ?? code) : code;
}

function openedFrom(agents: readonly AuditEventAgent[], user: AuditEventAgent | undefined): string | undefined {
  return agents.find((agent) => agent !== user && agent.name !== undefined)?.name;
}

function fromWords(from: string | undefined): string | undefined {
  if (from === undefined) return undefined;
  if (from === 'intranet') return 'the intranet';
  if (from === 'person') return undefined;
  return isSourceId(from) ? sourceNames[from].system : from;
}

/** The type of a search (`Encounter?date=…`, base64), or of what was opened. */
function typeAsked({ entity = [] }: AuditEvent): string | undefined {
  const query = entity.find((each) => each.query !== undefined)?.query;
  const asked = query === undefined ? entity.find(({ role }) => role?.code === '4')?.name : decoded(query);
  return /^[A-Z][A-Za-z]+/.exec(asked ?? '')?.[0];
}

function decoded(base64: string): string | undefined {
  try {
    return atob(base64);
  } catch {
    // Which type was asked for is then not told; that somebody looked is.
    return undefined;
  }
}
