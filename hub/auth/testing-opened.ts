import type { TestBrowser } from './testing-browser.ts';
import { people } from './testing-people.ts';
import type { TestHub } from './testing.ts';

/** What the app is given for the code that an authorization ends with. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  patient: string;
}

/** Exchanges the code in the address that an authorization led back to. */
export async function redeem(hub: TestHub, address: string, verifier: string): Promise<Tokens> {
  const code = new URL(address).searchParams.get('code') ?? '';
  const fields = { grant_type: 'authorization_code', code, redirect_uri: hub.callback, code_verifier: verifier };
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
  return redeem(hub, (await browser.submit(found, '/choose')).url, verifier);
}

/** Whether anything is read with these tokens still. */
export async function reads(hub: TestHub, { access_token }: Pick<Tokens, 'access_token'>): Promise<boolean> {
  return (await hub.auth.readerOf(access_token)) !== undefined;
}
