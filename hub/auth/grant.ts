import { errors, type Grant, type KoaContextWithOIDC } from 'oidc-provider';
import type { Declaration } from '../access/relationship/grounds.ts';
import { auditAct, auditRefusal } from '../audit/audit.ts';
import { addresses } from '../config.ts';
import { audienceOf } from './asked-audience.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import { saveAuthorization, type Authorization } from './authorization.ts';
import type { CheckedLaunch } from './authorize-request.ts';
import { browserOf } from './browser.ts';
import { ownWay } from './finish-sign-on.ts';
import { keepGround } from './keep-ground.ts';
import { spendLaunch } from './launch-handle.ts';
import { outsideRollout } from './outside-rollout.ts';
import { grantableTo } from './registered.ts';
import { plainScopes, scopesOfRole } from './scopes.ts';
import { signOnSystem } from './sign-on-claims.ts';
import { findSignOn, saveSignOn, type SignOnResult } from './sign-on-session.ts';

/** The person chosen in the picker, and why. */
export interface ChosenPatient {
  id: string;
  reason: string;
  /** Undefined where what was declared before still stands. */
  declared: Declaration | undefined;
}

/** What an authorization is to be for, before it is made. */
type Purpose = Omit<Authorization, 'client' | 'openedAt'>;

/**
 * A fresh grant for every authorization, with what it is for beside it; undefined while steps are still to be taken.
 * This is the moment a launch handle is spent: the code follows in the same request.
 */
export async function grantFor(parts: AuthParts, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { session, client, provider, entities } = ctx.oidc;
  if (session?.accountId === undefined || client === undefined) return undefined;
  await keepSignOn(parts, ctx);
  const launch = entities['Launch'] as CheckedLaunch | undefined;
  const purpose = launch === undefined ? await chosenPurpose(parts, ctx) : launchPurpose(launch);
  if (purpose === undefined) return undefined;
  const outside = await outsideRollout(parts, purpose.user, purpose.patient);
  if (outside !== undefined) {
    const actor = auditActor({ client: client.clientId, ...purpose });
    await auditRefusal(parts.database, actor, { action: 'authorize', detail: 'not in this phase' });
    throw new errors.AccessDenied(outside);
  }
  if (launch !== undefined) await spendLaunch(parts.records, launch.handle);

  const scopes = scopesOfRole(purpose.user.role, grantableTo(parts.registrations, ctx, purpose.user.role));
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope(scopes.filter((scope) => plainScopes.includes(scope)).join(' '));
  grant.addResourceScope(addresses(parts.config).fhirBase, scopes.join(' '));
  const id = await grant.save();
  const endsAt = Date.now() + parts.lifetimes.authorization * 1000;
  const chosen = ctx.oidc.result?.['patient'] as ChosenPatient | undefined;
  await keepGround(parts, id, { client: client.clientId, ...purpose }, chosen?.declared);
  await saveAuthorization(
    parts.records,
    id,
    { client: client.clientId, ...purpose, openedAt: Date.now() },
    { endsAt, idle: parts.lifetimes.authorizationIdle * 1000 },
  );
  await auditAct(parts.database, auditActor({ client: client.clientId, grant: id, ...purpose }), {
    action: 'authorize',
    detail: scopes.join(' '),
  });
  return grant;
}

function launchPurpose({ launch, system }: CheckedLaunch): Purpose {
  return {
    user: launch.user,
    patient: launch.patient,
    encounter: launch.encounter,
    needPatientBanner: launch.needPatientBanner,
    context: launch.context,
    openedFrom: system.name,
    from: system.source,
    signedOnAt: launch.askedAt,
    reason: undefined,
  };
}

async function chosenPurpose(parts: AuthParts, ctx: KoaContextWithOIDC): Promise<Purpose | undefined> {
  const signOn = ctx.oidc.session && (await findSignOn(parts.records, ctx.oidc.session.uid));
  if (signOn === undefined) return undefined;
  const { user, service, at, upstream } = signOn;
  const browser = browserOf(ctx.req);
  const way = {
    user,
    encounter: undefined,
    needPatientBanner: true,
    openedFrom: service,
    signedOnAt: at,
    browser,
    upstream,
  };
  if (audienceOf(ctx.oidc.params ?? {}) === 'person') {
    // Never by the session alone: the sign-in has to belong to this very authorization.
    const own = (ctx.oidc.result?.['signOn'] as SignOnResult | undefined)?.ownRecord;
    if (own === undefined || own !== signOn.ownRecord) return undefined;
    return { ...way, patient: own, from: ownWay, reason: undefined };
  }
  const chosen = ctx.oidc.result?.['patient'] as ChosenPatient | undefined;
  if (chosen === undefined || signOn.ownRecord !== undefined) return undefined;
  return { ...way, patient: chosen.id, from: signOnSystem, reason: chosen.reason };
}

/** After a sign-on the user's role and organisation are kept with the browser's session. */
async function keepSignOn(parts: AuthParts, ctx: KoaContextWithOIDC): Promise<void> {
  const result = ctx.oidc.result?.['signOn'] as SignOnResult | undefined;
  const { session } = ctx.oidc;
  if (result === undefined || session === undefined) return;
  await saveSignOn(parts.records, session.uid, result, Date.now() + parts.lifetimes.session * 1000);
}
