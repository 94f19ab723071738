import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import { grantableScopes, parseScope, plainScopes, scopeGrants } from './scopes.ts';

describe('SMART scopes', () => {
  it.each([
    ['patient/*.rs', { context: 'patient', type: '*', actions: 'rs' }],
    ['patient/Observation.read', { context: 'patient', type: 'Observation', actions: 'rs' }],
    ['patient/*.write', { context: 'patient', type: '*', actions: 'cud' }],
    ['user/Encounter.*', { context: 'user', type: 'Encounter', actions: 'cruds' }],
    ['system/Patient.cruds', { context: 'system', type: 'Patient', actions: 'cruds' }],
  ])('%s is read as it stands', (scope, grant) => {
    expect(parseScope(scope)).toEqual(grant);
  });

  it.each([
    'patient/*.sr', // out of order
    'patient/*.rr',
    'patient/*.',
    'patient/Nonsense.rs',
    'patient/observation.rs',
    'practitioner/*.rs',
    'patient/Observation.rs?category=laboratory', // narrower than what is offered: not widened
    'openid',
    '',
  ])('%s is no scope of a resource', (scope) => {
    expect(parseScope(scope)).toBeUndefined();
  });

  it('grants reading of the one person, in the order and spelling it was asked', () => {
    expect(
      grantableScopes('openid patient/*.read user/*.rs patient/Task.cruds launch patient/Task.r offline_access'),
    ).toEqual(['openid', 'patient/*.read', 'launch', 'patient/Task.r']);
    expect(grantableScopes(undefined)).toEqual([]);
  });

  it('never grants writing, or more than was asked', () => {
    const suffix = fc.constantFrom(
      'r',
      's',
      'rs',
      'c',
      'u',
      'd',
      'cud',
      'cruds',
      'crus',
      'read',
      'write',
      '*',
      'xs',
      '',
    );
    const one = fc.oneof(
      fc.constantFrom(...plainScopes, 'offline_access', 'fhirContext'),
      fc
        .tuple(fc.constantFrom('patient', 'user', 'system'), fc.constantFrom(...resourceTypes, '*', 'Claim'), suffix)
        .map(([context, type, actions]) => `${context}/${type}.${actions}`),
    );
    fc.assert(
      fc.property(fc.array(one), (asked) => {
        const granted = grantableScopes(asked.join(' '));
        expect(asked).toEqual(expect.arrayContaining(granted));
        for (const { context, actions } of scopeGrants(granted.join(' '))) {
          expect(context).toBe('patient');
          expect(actions).toMatch(/^(r|s|rs)$/);
        }
      }),
    );
  });
});
