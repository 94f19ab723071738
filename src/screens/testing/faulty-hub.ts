import type { FhirResource } from 'fhir/r4';
import { getResponse, http, HttpResponse } from 'msw';
import { fhirServer, type FhirServer } from '../../../mocks/handlers.ts';
import { openSession } from '../../launch/live-session.ts';
import type { Session } from '../../launch/session.ts';
import { testBrowser, testGrant } from '../../launch/testing.ts';
import { systemClock, type Clock } from '../../record/clock.ts';

const base = 'https://hub.example/fhir';
/** What people wait seconds for passes this much sooner here. */
const hurry = 50;

export interface FaultyHub {
  server: FhirServer;
  session: Session;
  /** For the record's reader: what is slow is called slow sooner. */
  clock: Clock;
}

/**
 * The real session and its fetching, in front of msw's handlers: what a hub may do wrong arrives as the browser would meet it. A
 * type that never answers is given up sooner than a person would have to wait.
 */
export function faultyHub(resources: readonly FhirResource[], pageSize: number): FaultyHub {
  const server = fhirServer({ base, resources, pageSize });
  let pair = 0;
  const tokens = http.post('https://hub.example/oauth/token', () => {
    pair += 1;
    return HttpResponse.json({
      access_token: `access-${pair}`,
      refresh_token: `refresh-${pair}`,
      expires_in: 600,
      token_type: 'Bearer',
      scope: 'patient/*.rs',
      patient: 'p1',
    });
  });
  const tab = testBrowser(async (input, init) => {
    const request = new Request(input, init);
    const given = new Promise<never>((_, reject) => {
      request.signal.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
    });
    const answer = await Promise.race([getResponse([...server.handlers, tokens], request), given]);
    // What `HttpResponse.error()` stands for.
    if (answer === undefined || answer.type === 'error') throw new TypeError('Failed to fetch');
    return answer;
  }).tab('https://app.example/timeline');
  const { session } = openSession(
    tab,
    testGrant(Date.now()),
    () => undefined,
    () => undefined,
  );
  const hangs = (path: string) =>
    server.faults.some(({ kind, on }) => kind === 'hanging' && new RegExp(`(^|/)${on}[/?]`).test(path));
  return {
    server,
    session: {
      ...session,
      read: (path, options) =>
        session.read(path, hangs(path) ? { ...options, timeoutMs: (options?.timeoutMs ?? 20_000) / hurry } : options),
    },
    clock: { now: () => systemClock.now(), after: (ms, work) => systemClock.after(ms / hurry, work) },
  };
}
