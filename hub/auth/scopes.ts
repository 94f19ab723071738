import type { ScopeGrant } from '../access/reader.ts';
import { isResourceType } from '../../fhir/resource-types.ts';

/** Scopes without a resource that the hub knows (SMART 2.2, 3.0.3-3.0.5). */
export const plainScopes: readonly string[] = [
  'openid',
  'fhirUser',
  'profile',
  'online_access',
  'launch',
  'launch/patient',
];

const v1Actions: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' };

// SMART 2.2, 3.0.2: context "/" type "." actions, actions an in-order subset of cruds. A scope narrowed by a query
// (`?category=…`) is not read as the wider one: it does not match here and is not granted.
const resourceScope = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]*)\.(read|write|\*|c?r?u?d?s?)$/;

/** One resource scope, v1 or v2, or undefined when the text is none or names a type that the hub does not hold. */
export function parseScope(scope: string): ScopeGrant | undefined {
  const match = resourceScope.exec(scope);
  if (match === null) return undefined;
  const [, context, type, suffix] = match;
  const actions = v1Actions[suffix ?? ''] ?? suffix ?? '';
  if (type === undefined || actions === '' || !(type === '*' || isResourceType(type))) return undefined;
  return { context: context as ScopeGrant['context'], type, actions };
}

/**
 * What is granted of what was asked, in its order and spelling (a v1 scope stays v1): plain scopes, and reading for the
 * one person. Writing, `user/` and `system/` are not offered. A scope that asks for more than reading is not cut down
 * to a part of itself.
 */
export function grantableScopes(asked: string | undefined): string[] {
  return [...new Set((asked ?? '').split(' '))].filter((scope) => plainScopes.includes(scope) || isReading(scope));
}

function isReading(scope: string): boolean {
  const grant = parseScope(scope);
  return grant?.context === 'patient' && /^r?s?$/.test(grant.actions);
}

/** The resource scopes among granted ones, parsed. */
export function scopeGrants(granted: string | undefined): ScopeGrant[] {
  return (granted ?? '')
    .split(' ')
    .map((scope) => parseScope(scope))
    .filter((grant) => grant !== undefined);
}
