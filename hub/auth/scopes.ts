import type { ScopeGrant } from '../access/reader.ts';
import { isResourceType, type ResourceType } from '../../fhir/resource-types.ts';
import { capabilityOf } from '../fhir/capabilities.ts';
import { FhirError } from '../fhir/fhir-error.ts';
import { alternatives, readToken } from '../fhir/values.ts';
import { isWritable } from '../fhir/write/writable.ts';

/** Scopes without a resource that the hub knows (SMART 2.2, 3.0.3-3.0.5). */
export const plainScopes: readonly string[] = [
  'openid',
  'fhirUser',
  'profile',
  'online_access',
  'launch',
  'launch/patient',
];

/** What an app may be granted when its registration says nothing else: reading, of one person. */
export const usualScopes: readonly string[] = ['patient/*.rs'];

const v1Actions: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' };

// SMART 2.2, 3.0.2: context "/" type "." actions, actions an in-order subset of cruds, then maybe a query.
const resourceScope = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]*)\.(read|write|\*|c?r?u?d?s?)(?:\?(.*))?$/;

/**
 * One resource scope, v1 or v2, or undefined when the text is none, names a type that the hub does not hold, or carries a
 * query that it does not enforce: a narrower scope is never read as the wider one.
 */
export function parseScope(scope: string): ScopeGrant | undefined {
  const match = resourceScope.exec(scope);
  if (match === null) return undefined;
  const [, context, type, suffix = '', query] = match;
  const actions = v1Actions[suffix] ?? suffix;
  if (type === undefined || actions === '' || !(type === '*' || isResourceType(type))) return undefined;
  const grant: ScopeGrant = { context: context as ScopeGrant['context'], type, actions };
  if (query === undefined) return grant;
  // Queries belong to v2, and to one type: what a category is differs between types.
  const only = type === '*' || suffix in v1Actions ? undefined : readQuery(type, query);
  return only && { ...grant, only };
}

/** `category=` and `code=` of a scope, as stored tokens: every parameter must match, and of its alternatives one. */
function readQuery(type: ResourceType, query: string): string[][] | undefined {
  const groups: string[][] = [];
  for (const pair of query.split('&')) {
    const [, name, value] = /^(category|code)=([^=]+)$/.exec(pair) ?? [];
    if (name === undefined || value === undefined) return undefined;
    if (capabilityOf(type).parameters.get(name)?.kind !== 'token') return undefined;
    try {
      groups.push(alternatives(name, decodeURIComponent(value)).map((one) => readToken(name, one)));
    } catch (error) {
      if (error instanceof FhirError || error instanceof URIError) return undefined;
      throw error;
    }
  }
  return groups;
}

/**
 * What is granted of what was asked, in its order and spelling (a v1 scope stays v1): plain scopes, and what of one
 * person's record the client's registration allows. `user/` is not offered: a token names one person, and what its user
 * may see beyond them is no app's to ask. A scope that asks for more than is allowed is not cut down to a part of itself.
 */
export function grantableScopes(asked: string | undefined, allowed: readonly string[] = usualScopes): string[] {
  const ceiling = scopeGrants(allowed.join(' '));
  return distinct(asked).filter((scope) => plainScopes.includes(scope) || isWithin(scope, 'patient', ceiling));
}

/**
 * As `grantableScopes`, for a service that acts on its own (SMART 2.2, backend services): `system/` and nothing else, and
 * only reading.
 */
export function grantableSystemScopes(asked: string | undefined, allowed: readonly string[]): string[] {
  const ceiling = scopeGrants(allowed.join(' '));
  return distinct(asked).filter(
    (scope) => isWithin(scope, 'system', ceiling) && !/[cud]/.test(parseScope(scope)?.actions ?? ''),
  );
}

/**
 * What of granted scopes is for somebody of this role: the person alone decides about their own record, so that writing of
 * Consent is granted to nobody else.
 */
export function scopesOfRole(role: string, granted: readonly string[]): string[] {
  return granted.filter((scope) => {
    const grant = parseScope(scope);
    return role === 'person' || grant?.type !== 'Consent' || !/[cud]/.test(grant.actions);
  });
}

function distinct(asked: string | undefined): string[] {
  return [...new Set((asked ?? '').split(' '))];
}

function isWithin(scope: string, context: ScopeGrant['context'], ceiling: readonly ScopeGrant[]): boolean {
  const grant = parseScope(scope);
  if (grant === undefined || grant.context !== context || !isKept(grant)) return false;
  return Array.from(grant.actions).every((letter) =>
    ceiling.some(
      (most) =>
        most.context === context &&
        (most.type === '*' || most.type === grant.type) &&
        most.actions.includes(letter) &&
        (most.only === undefined || JSON.stringify(most.only) === JSON.stringify(grant.only)),
    ),
  );
}

/** Whether the hub keeps to the scope in all it does: no query on writing, and no writing of what is not written here. */
function isKept({ type, actions, only }: ScopeGrant): boolean {
  const writes = /[cud]/.test(actions);
  return !writes || (only === undefined && (type === '*' || isWritable(type)));
}

/** The resource scopes among granted ones, parsed. */
export function scopeGrants(granted: string | undefined): ScopeGrant[] {
  return (granted ?? '')
    .split(' ')
    .map((scope) => parseScope(scope))
    .filter((grant) => grant !== undefined);
}
