import type { TestBrowser } from './testing-browser.ts';
import { people } from './testing-people.ts';
import type { TestHub } from './testing.ts';

/** What the app is given for the code that an authorization ends with. */
export interface Tokens extends Record<string, string> {
  access_token: string;
  refresh_token: string;
}

/** Exchanges the code of where an authorization ended; `more` names another client than the app. */
export async function redeem(
  hub: TestHub,
  end: { url: string },
  verifier: string,
  more: Record<string, string> = {},
): Promise<Tokens> {
  const code = new URL(end.url).searchParams.get('code') ?? '';
  const exchange = { grant_type: 'authorization_code', code, redirect_uri: hub.callback, code_verifier: verifier };
  const fields = { ...exchange, ...more };
  return (await (await hub.token(fields)).json()) as Tokens;
}

/** Signs on in this browser, finds the first person in the picker and opens their record; the person agrees. */
export async function openByPicker(
  hub: TestHub,
  browser: TestBrowser,
  params: Record<string, string> = {},
): Promise<Tokens> {
  const { url, verifier } = await hub.authorizeUrl(params);
  const picker = await browser.get(url);
  const found = await browser.submit(picker, '/find', { nhsNumber: people.ann.nhs, reason: 'agrees' });
  const { client_id } = params;
  const end = await browser.submit(found, '/choose');
  return redeem(hub, end, verifier, client_id === undefined ? {} : { client_id });
}

/** Whether anything is read with these tokens still. */
export async function reads(hub: TestHub, { access_token }: Pick<Tokens, 'access_token'>): Promise<boolean> {
  return (await hub.auth.readerOf(access_token)) !== undefined;
}
