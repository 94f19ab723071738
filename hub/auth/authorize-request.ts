import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { AuthParts } from './auth-parts.ts';
import { browserCookie, browserOf, newBrowser } from './browser.ts';
import { sessionOf } from './find-session.ts';
import { checkLaunch, type Launch } from './launch-handle.ts';
import { grantableTo } from './registered.ts';
import { scopeGrants } from './scopes.ts';
import type { ClinicalSystem } from '../config.ts';

/** A launch that was found good, on its way to the grant. */
export interface CheckedLaunch {
  handle: string;
  launch: Launch;
  system: ClinicalSystem;
}

type Middleware = (ctx: KoaContextWithOIDC, next: () => Promise<unknown>) => Promise<void>;

/**
 * A launch is authorized by its handle alone: on that path no cookie is read or set, so third-party cookie rules, frames
 * and another clinician's session in the same browser cannot touch it. On every other path the browser is named, so that
 * what was opened in it ends when somebody else signs on there. Signing on afresh (`prompt=login`) forgets whoever was
 * signed on, also where nobody signs on after all.
 */
export function cookieRules(parts: AuthParts, session: { name: string; path: string }): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== '/authorize') {
      await next();
    } else if (ctx.query['launch'] !== undefined) {
      delete ctx.req.headers.cookie;
      await next();
      ctx.remove('Set-Cookie');
    } else {
      if ([ctx.query['prompt']].flat().join(' ').split(' ').includes('login')) {
        const uid = await sessionOf(parts.records, ctx.cookies.get(session.name, { signed: true }));
        if (uid !== undefined) await parts.records.removeByUid('SignOn', uid);
      }
      await next();
      ctx.cookies.set(browserCookie, browserOf(ctx.req) ?? newBrowser(), {
        path: session.path,
        httpOnly: true,
        sameSite: 'lax',
        signed: false,
        maxAge: parts.lifetimes.authorization * 1000,
      });
    }
  };
}

/** The resource asked for by `aud`, which must be there and name this FHIR base (SMART 2.2, 2.0.8). */
export function audience(ctx: KoaContextWithOIDC, fhirBase: string): string {
  const aud = ctx.oidc.params?.['aud'];
  if (aud === undefined) throw new errors.InvalidRequest('aud is missing: it must name the FHIR base');
  checkAudience(aud, fhirBase);
  return fhirBase;
}

/** A trailing slash is tolerated. Throws InvalidTarget for any other server's address. */
export function checkAudience(aud: unknown, fhirBase: string): void {
  if (aud !== undefined && aud !== fhirBase && aud !== `${fhirBase}/`) {
    throw new errors.InvalidTarget(`aud must be ${fhirBase}`);
  }
}

/**
 * Checks the way in. With `launch` the named user is signed in for this one answer only; without it `launch/patient`
 * must be asked for, because no token is given that does not name one person.
 */
export async function checkLaunchParameter(parts: AuthParts, ctx: KoaContextWithOIDC, handle: unknown): Promise<void> {
  // In a fragment or a form a code would reach other scripts and pages than the one that the app registered to read it.
  if (![undefined, 'query'].includes(ctx.oidc.params?.['response_mode'] as string | undefined)) {
    throw new errors.InvalidRequest('response_mode must be query');
  }
  const asked = ctx.oidc.requestParamScopes;
  if (scopeGrants(grantableTo(parts.registrations, ctx).join(' ')).length === 0) {
    throw new errors.InvalidScope(
      'None of the scopes asked for reads a record; ask for patient/*.rs',
      [...asked].join(' '),
    );
  }
  if (typeof handle !== 'string') {
    if (asked.has('launch/patient')) return;
    throw new errors.InvalidRequest(
      asked.has('launch') ? 'launch is missing' : 'Ask for launch/patient, or open the record from a clinical system',
    );
  }
  if (!asked.has('launch') && !asked.has('launch/patient')) {
    throw new errors.InvalidScope('A launch needs the scope launch', 'launch');
  }
  for (const name of ['id_token_hint', 'max_age'] as const) {
    if (ctx.oidc.params?.[name] !== undefined) throw new errors.InvalidRequest(`${name} cannot be used with launch`);
  }
  if ([...ctx.oidc.prompts].some((prompt) => prompt !== 'none')) {
    throw new errors.InvalidRequest('prompt cannot be used with launch');
  }
  const { launch, system } = await checkLaunch(
    parts.database,
    parts.records,
    parts.registrations.clinicalSystems,
    handle,
  );
  const checked: CheckedLaunch = { handle, launch, system };
  ctx.oidc.entity('Launch', checked);
  ctx.oidc.session?.loginAccount({ accountId: launch.user.practitioner, amr: ['launch'], transient: true });
}
