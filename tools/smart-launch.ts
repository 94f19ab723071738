import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A token obtained the way the app obtains it, without a browser: for measurements and for tests of the hub's answers. */
export interface LaunchedToken {
  accessToken: string;
  refreshToken: string | undefined;
  patient: string;
  scope: string;
  /** FHIR base. */
  base: string;
}

const smartConfiguration = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });

const tokenBody = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  patient: z.string(),
  scope: z.string(),
});

/**
 * Launches from a desk (SMART App Launch 2.2, EHR launch) and exchanges the code. Rejects with the desk's or the hub's
 * words when one of them refuses.
 */
export async function launchFromDesk(
  desks: string,
  wish: { system: string; patient: string; scope?: string },
): Promise<LaunchedToken> {
  const query = new URLSearchParams({ system: wish.system, patient: wish.patient });
  const opened = await fetch(`${desks}/launch?${query.toString()}`, { redirect: 'manual' });
  const launchUrl = opened.headers.get('location');
  if (launchUrl === null) throw new Error(`the desk answered ${opened.status}`);
  const { origin, searchParams } = new URL(launchUrl);
  const base = searchParams.get('iss') ?? '';
  const endpoints = smartConfiguration.parse(await (await fetch(`${base}/.well-known/smart-configuration`)).json());
  const verifier = randomBytes(48).toString('base64url');
  const request = new URLSearchParams({
    response_type: 'code',
    client_id: 'care-timeline',
    redirect_uri: `${origin}/callback`,
    scope: wish.scope ?? 'launch openid fhirUser profile online_access patient/*.rs',
    state: randomBytes(24).toString('base64url'),
    aud: base,
    launch: searchParams.get('launch') ?? '',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const authorized = await fetch(`${endpoints.authorization_endpoint}?${request.toString()}`, { redirect: 'manual' });
  const back = new URL(authorized.headers.get('location') ?? 'about:blank');
  const code = back.searchParams.get('code');
  if (code === null) throw new Error(`no code: ${back.searchParams.get('error_description') ?? authorized.status}`);
  const answer = await fetch(endpoints.token_endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${origin}/callback`,
      client_id: 'care-timeline',
      code_verifier: verifier,
    }).toString(),
  });
  if (!answer.ok) throw new Error(`the token endpoint answered ${answer.status}: ${await answer.text()}`);
  const body = tokenBody.parse(await answer.json());
  return {
    accessToken: body.access_token,
    refreshToken: body.refresh_token,
    patient: body.patient,
    scope: body.scope,
    base,
  };
}
