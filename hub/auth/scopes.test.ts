import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import { grantableScopes, grantableSystemScopes, parseScope, plainScopes, scopeGrants } from './scopes.ts';

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
    // A query that is not enforced is not widened to a scope without one.
    'patient/Observation.rs?status=final',
    'patient/Observation.rs?code:text=x',
    'patient/Observation.rs?category=',
    'patient/Observation.rs?category=a|b|c',
    'patient/Observation.rs?category=a,,b',
    'patient/Observation.rs?category=%zz',
    'patient/Observation.rs?',
    'patient/Encounter.rs?category=a', // an Encounter has no category
    'patient/*.rs?category=laboratory',
    'patient/Observation.read?category=laboratory',
    'openid',
    '',
  ])('%s is no scope of a resource', (scope) => {
    expect(parseScope(scope)).toBeUndefined();
  });

  it('reads the query of a scope as what a search by it would find', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/observation-category';
    expect(parseScope(`patient/Observation.rs?category=${system}|laboratory,vital-signs&code=a%7Cb`)).toEqual({
      context: 'patient',
      type: 'Observation',
      actions: 'rs',
      only: [[`category|${system}|laboratory`, 'category|vital-signs'], ['code|a|b']],
    });
  });

  it('grants writing to an app that is registered for it, of what is written here', () => {
    const allowed = ['patient/*.rs', 'patient/Observation.cud', 'patient/Condition.rs?category=problem'];
    const asked =
      'patient/Observation.c patient/Observation.cruds patient/Observation.write patient/Task.c patient/*.cud patient/Observation.c?code=x';
    expect(grantableScopes(asked, allowed)).toEqual([
      'patient/Observation.c',
      'patient/Observation.cruds',
      'patient/Observation.write',
    ]);
    expect(grantableScopes('patient/*.cruds patient/Provenance.c patient/Practitioner.u', ['patient/*.cruds'])).toEqual(
      ['patient/*.cruds'],
    );
  });

  it('grants an app that is registered for a part of a type that part, and not the type', () => {
    const allowed = ['patient/Observation.rs?category=laboratory'];
    const asked =
      'patient/Observation.rs patient/Observation.rs?category=laboratory patient/Observation.rs?category=imaging patient/Observation.r?category=laboratory';
    expect(grantableScopes(asked, allowed)).toEqual([
      'patient/Observation.rs?category=laboratory',
      'patient/Observation.r?category=laboratory',
    ]);
  });

  it('grants a service system scopes and nothing else, an app never any', () => {
    expect(
      grantableSystemScopes('system/Observation.rs system/*.rs patient/*.rs openid', ['system/Observation.rs']),
    ).toEqual(['system/Observation.rs']);
    expect(grantableScopes('system/Observation.rs', ['system/Observation.rs', 'patient/*.rs'])).toEqual([]);
  });

  it('grants reading of the one person, in the order and spelling it was asked', () => {
    expect(
      grantableScopes('openid patient/*.read user/*.rs patient/Task.cruds launch patient/Task.r offline_access'),
    ).toEqual(['openid', 'patient/*.read', 'launch', 'patient/Task.r']);
    expect(grantableScopes(undefined)).toEqual([]);
  });

  it('never grants writing to an app that is not registered for it, or more than was asked', () => {
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
