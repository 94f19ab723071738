import { ReadFailure, type FailureKind, type Reading } from './session.ts';
import { asObject, text } from './shape.ts';

export interface Ask {
  fetch: typeof fetch;
  init?: RequestInit;
  signal?: AbortSignal | undefined;
  timeoutMs: number;
}

/** An answer that is no success, with its parsed body where it had one. */
export class Refusal extends ReadFailure {
  readonly body: unknown;
  constructor(kind: FailureKind, message: string, status: number, body: unknown) {
    super(kind, message, status);
    this.body = body;
  }
}

/**
 * Fetches JSON within a time limit that covers the body too. Rejects with ReadFailure: `aborted` by the caller's signal,
 * `timeout`, `unreachable` without an answer, `malformed` when the body is not JSON (cut short), Refusal by status.
 */
export async function fetchJson(address: string, ask: Ask): Promise<Reading> {
  const givenUp = (): boolean => ask.signal?.aborted === true;
  if (givenUp()) throw new ReadFailure('aborted', 'The read was given up.');
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), ask.timeoutMs);
  const signal = ask.signal === undefined ? clock.signal : AbortSignal.any([ask.signal, clock.signal]);
  let answered = false;
  try {
    const response = await ask.fetch(address, { ...ask.init, signal });
    answered = true;
    const body = await response.text();
    if (!response.ok) throw refusal(response, body);
    return {
      body: response.status === 204 ? undefined : parse(body),
      serverTime: timeOf(response.headers.get('date')),
    };
  } catch (error) {
    if (error instanceof ReadFailure) throw error;
    if (givenUp()) throw new ReadFailure('aborted', 'The read was given up.');
    if (clock.signal.aborted) {
      throw new ReadFailure('timeout', `No answer within ${Math.round(ask.timeoutMs / 1000)} seconds.`);
    }
    if (answered) throw new ReadFailure('malformed', 'The answer was cut short.');
    throw new ReadFailure('unreachable', 'The hub did not answer.');
  } finally {
    clearTimeout(timer);
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Which character was wrong helps nobody here, and the parser's words could quote the record.
    throw new ReadFailure('malformed', 'The answer was cut short or is not JSON.');
  }
}

function timeOf(header: string | null): number | undefined {
  const time = header === null ? Number.NaN : Date.parse(header);
  return Number.isNaN(time) ? undefined : time;
}

function refusal({ status, headers }: Response, text: string): Refusal {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // A refusal without JSON still has its status.
    body = undefined;
  }
  const stale = headers.get('www-authenticate')?.includes('insufficient_user_authentication') === true;
  return new Refusal(
    stale ? 'stale-sign-on' : kindOf(status),
    wordsOf(body) ?? `The hub answered ${status}.`,
    status,
    body,
  );
}

function kindOf(status: number): FailureKind {
  if (status === 401) return 'signed-out';
  if (status === 403) return 'refused';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 408) return 'timeout';
  if (status === 429 || status >= 500) return status === 501 ? 'unsupported' : 'server';
  return 'unsupported';
}

/** The first issue of an OperationOutcome, in the hub's words. */
function wordsOf(body: unknown): string | undefined {
  const issues = asObject(body)?.['issue'];
  const issue = Array.isArray(issues) ? asObject(issues[0]) : undefined;
  return text(asObject(issue?.['details']), 'text') ?? text(issue, 'diagnostics');
}
