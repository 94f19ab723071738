import type { Parameters, ParametersParameter } from 'fhir/r4';
import { ReadFailure, type Session } from '../launch/session.ts';

// The hub's own operations on Patient about the reader's access to the record; another hub has none of them.

const leastLeftMs = 5_000;

/** On what ground a record is read, as the hub says it. */
export const grounds = ['system', 'agrees', 'cannot', 'absent', 'self', 'service', 'none'] as const;
export type Ground = (typeof grounds)[number];

/** A reader's own access. Instants are epoch milliseconds. */
export interface OwnAccess {
  ground: Ground;
  until: number | undefined;
  /** Whether the reader declared the ground, and may end it. */
  revocable: boolean;
  /** The record, or only who the person is. */
  shows: 'record' | 'person';
  withheld: 'none' | 'some';
  /** Since and until when the glass is broken in this session, and how long it is so from now. */
  broken: { since: number | undefined; until: number; leftMs: number } | undefined;
  mayDeclare: boolean;
  /** Until when, by this device's clock, the last resort is open to this sign-on or launch, and by which of them it is opened again. */
  lastResort: { until: number; again: 'sign-on' | 'launch' } | undefined;
}

/** What the hub says of the reader's access; undefined where it has no word for it. Rejects with ReadFailure. */
export async function readOwnAccess(session: Session, signal: AbortSignal): Promise<OwnAccess | undefined> {
  try {
    const { body, serverTime = Date.now() } = await session.read(operation(session, 'access'), { signal });
    return ownAccessOf(body, serverTime, Date.now());
  } catch (error) {
    if (error instanceof ReadFailure && (error.kind === 'not-found' || error.kind === 'unsupported')) return undefined;
    throw error;
  }
}

/**
 * Reads the answer, given at `serverTime` by the hub's clock and `now` by this device's, which may be wrong. Throws
 * ReadFailure `malformed` where it is none.
 */
export function ownAccessOf(body: unknown, serverTime: number, now: number): OwnAccess {
  const all = (body as Partial<Parameters> | null)?.parameter ?? [];
  const of = (name: string): ParametersParameter | undefined => all.find((one) => one.name === name);
  const ground = grounds.find((one) => one === of('ground')?.valueCode);
  if (ground === undefined) throw new ReadFailure('malformed', 'The answer does not say on what ground you read.');
  const brokeGlass = of('brokeGlass')?.part;
  const [since, until] = ['since', 'until'].map((part) => instant(brokeGlass?.find(({ name }) => name === part)));
  const lastResort = of('mayBreakGlass')?.part;
  const within = (name: string) => lastResort?.find((part) => part.name === name);
  return {
    ground,
    until: instant(of('until')),
    revocable: of('revocable')?.valueBoolean === true,
    shows: of('shows')?.valueCode === 'person' ? 'person' : 'record',
    // What is not said to be nothing is something.
    withheld: of('withheld')?.valueCode === 'none' ? 'none' : 'some',
    // Never less than a moment: what is asked for at the very end would be asked for over and over.
    broken: until === undefined ? undefined : { since, until, leftMs: Math.max(until - serverTime, leastLeftMs) },
    mayDeclare: of('mayDeclare')?.valueBoolean === true,
    lastResort: lastResort && {
      until: (instant(within('until')) ?? 0) - serverTime + now,
      again: within('again')?.valueCode === 'sign-on' ? 'sign-on' : 'launch',
    },
  };
}

function instant(parameter: ParametersParameter | undefined): number | undefined {
  const at = Date.parse(parameter?.valueDateTime ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** Declares a ground, in the reader's own words where there are any. Rejects with ReadFailure in the hub's words. */
export async function declareGround(session: Session, ground: string, reason: string): Promise<void> {
  await act(session, 'declare-relationship', [{ name: 'ground', valueCode: ground }, ...words(reason)]);
}

/** Ends what the reader declared. Rejects with ReadFailure. */
export async function endGround(session: Session): Promise<void> {
  await act(session, 'revoke-relationship', []);
}

/** Breaks the glass. Rejects with ReadFailure, `stale-sign-on` where the sign-on is too long ago. */
export async function breakGlass(session: Session, code: string, reason: string): Promise<void> {
  await act(session, 'break-glass', [{ name: 'code', valueCode: code }, ...words(reason)]);
}

function words(reason: string): ParametersParameter[] {
  return reason === '' ? [] : [{ name: 'reason', valueString: reason }];
}

async function act(session: Session, name: string, parameter: ParametersParameter[]): Promise<void> {
  const parameters: Parameters = {
    resourceType: 'Parameters',
    ...(parameter.length === 0 ? {} : { parameter }),
  };
  await session.send('POST', operation(session, name), parameters);
}

function operation({ patientId }: Session, name: string): string {
  return `Patient/${patientId}/$${name}`;
}
