import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AppRegistration, ClientKeys, Registrations } from '../config.ts';
import { grantableScopes, scopeGrants, usualScopes } from './scopes.ts';

/** Whether a client proves who it is by a key, in SMART's words is confidential. */
export function hasKeys({ jwks, jwksUri }: ClientKeys): boolean {
  return jwks !== undefined || jwksUri !== undefined;
}

/** Whether this app may state grounds and break the glass for its reader: in its own page the reader can see that they do. */
export function mayStateGrounds({ apps }: Registrations, app: AppRegistration): boolean {
  return app.grounds ?? app.clientId === apps[0]?.clientId;
}

/** The most that this app may be granted for a reader of this role: more where the person reads their own record. */
export function ceilingOf(app: AppRegistration, role: string): readonly string[] {
  return [...(app.scopes ?? usualScopes), ...(role === 'person' ? (app.ownScopes ?? []) : [])];
}

/** Whether a person shares by this app what they measure, in their own words and in no app's (`ownScopes`). */
export function sharesReadings({ ownScopes = [] }: AppRegistration, role: string): boolean {
  const grants = scopeGrants(ownScopes.join(' '));
  return role === 'person' && grants.some(({ type, actions }) => type === 'Observation' && /[cu]/.test(actions));
}

/**
 * What is granted to this app of what it asked (`scope` of the request), by its registration, for a reader of this role; while
 * nobody has signed on, what could be granted to anybody.
 */
export function grantableTo(registrations: Registrations, ctx: KoaContextWithOIDC, role = 'person'): string[] {
  const asked = ctx.oidc.params?.['scope'];
  const app = registrations.apps.find(({ clientId }) => clientId === ctx.oidc.client?.clientId);
  if (app === undefined) return [];
  return grantableScopes(typeof asked === 'string' ? asked : undefined, ceilingOf(app, role));
}
