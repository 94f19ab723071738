import type { KoaContextWithOIDC } from 'oidc-provider';
import type { AppRegistration, ClientKeys, Registrations } from '../config.ts';
import { grantableScopes } from './scopes.ts';

/** Whether a client proves who it is by a key, in SMART's words is confidential. */
export function hasKeys({ jwks, jwksUri }: ClientKeys): boolean {
  return jwks !== undefined || jwksUri !== undefined;
}

/** Whether this app may state grounds and break the glass for its reader: in its own page the reader can see that they do. */
export function mayStateGrounds({ apps }: Registrations, app: AppRegistration): boolean {
  return app.grounds ?? app.clientId === apps[0]?.clientId;
}

/** What is granted to this app of what it asked (`scope` of the request), by its registration. */
export function grantableTo(registrations: Registrations, ctx: KoaContextWithOIDC): string[] {
  const asked = ctx.oidc.params?.['scope'];
  const app = registrations.apps.find(({ clientId }) => clientId === ctx.oidc.client?.clientId);
  if (app === undefined) return [];
  return grantableScopes(typeof asked === 'string' ? asked : undefined, app.scopes);
}
