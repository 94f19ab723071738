import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { desks, hub, port } from '../../addresses.ts';

// An attacker's tools: every step of a launch by itself, with whatever in it they would change, and a bare socket.

export const fhir = `${hub}/fhir`;
export const callback = `${hub}/callback`;
const app = 'care-timeline';
const usualScope = 'launch openid fhirUser profile online_access patient/*.rs';

/** Changes to a request's parameters; undefined takes one out. */
export type Changes = Record<string, string | undefined>;

/** A launch handle as a desk gets one. */
export async function launchHandle(system: string, nhsNumber: string): Promise<string> {
  const opened = await fetch(`${desks}/launch?system=${system}&patient=${nhsNumber}`, { redirect: 'manual' });
  const address = opened.headers.get('location');
  if (address === null) throw new Error(`the desk answered ${opened.status}`);
  return new URL(address).searchParams.get('launch') ?? '';
}

export const verifier = randomBytes(48).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** Asks for authorization as the app does, but for `changes`; redirects are left to be looked at. */
export async function authorize(changes: Changes, headers: Record<string, string> = {}): Promise<Response> {
  const query = withChanges(
    {
      response_type: 'code',
      client_id: app,
      redirect_uri: callback,
      scope: usualScope,
      state: 'a-state',
      aud: fhir,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    },
    changes,
  );
  return fetch(`${hub}/oauth/authorize?${query.toString()}`, { redirect: 'manual', headers });
}

/** Asks the token endpoint as the app does, but for `changes`. */
export async function token(fields: Changes): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = withChanges({ client_id: app }, fields);
  const answer = await fetch(`${hub}/oauth/token`, { method: 'POST', body: form });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** The code of a launch that went well, and the handle that it spent. */
export async function codeFor(system: string, nhsNumber: string, changes: Changes = {}): Promise<string> {
  const answer = await authorize({ launch: await launchHandle(system, nhsNumber), ...changes });
  const code = new URL(answer.headers.get('location') ?? 'about:blank').searchParams.get('code');
  if (code === null) throw new Error(`no code: ${answer.status} ${answer.headers.get('location') ?? ''}`);
  return code;
}

export const redemption = (code: string): Changes => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: callback,
  code_verifier: verifier,
});

function withChanges(usual: Record<string, string>, changes: Changes): URLSearchParams {
  const all = { ...usual, ...changes };
  return new URLSearchParams(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** An answer of the FHIR service, read whole. */
export interface FhirAnswer {
  status: number;
  text: string;
  headers: Headers;
}

/** Asks the FHIR service with a bearer token. */
export async function ask(bearer: string, path: string, init: RequestInit = {}): Promise<FhirAnswer> {
  const answer = await fetch(path.startsWith('http') ? path : `${fhir}/${path}`, {
    ...init,
    headers: { authorization: `Bearer ${bearer}`, ...(init.headers as Record<string, string>) },
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

/** Refused as the service refuses: with this status, in an OperationOutcome, kept by nobody, and without these words. */
export function expectRefused(answer: FhirAnswer, status: number, secrets: readonly string[], what: string): void {
  expect(answer.status, what).toBe(status);
  expect((JSON.parse(answer.text) as { resourceType: string }).resourceType, what).toBe('OperationOutcome');
  expect(answer.headers.get('cache-control'), what).toBe('no-store');
  for (const secret of secrets) expect(answer.text, what).not.toContain(secret);
}

/** Sends these very bytes and answers all that came back until the hub fell silent or ended the connection. */
export async function raw(bytes: string): Promise<string> {
  const socket = connect(port, 'localhost');
  let said = '';
  let timer = setTimeout(() => socket.destroy(), 5000);
  socket.on('data', (chunk) => {
    said += chunk.toString('latin1');
    clearTimeout(timer);
    timer = setTimeout(() => socket.destroy(), 100);
  });
  // Cut off while it still writes: what it said before is what counts.
  socket.on('error', () => undefined);
  socket.write(bytes);
  await new Promise((resolve) => socket.on('close', resolve));
  clearTimeout(timer);
  return said;
}
