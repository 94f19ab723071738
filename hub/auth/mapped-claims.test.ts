import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ClaimMapping } from '../config.ts';
import { rolloutSettings } from '../rollout/read-rollout.ts';
import { userOfMapping } from './mapped-claims.ts';
import { signOnSettings } from './sign-on-settings.ts';

// Islington Council’s own Entra ID, say: app roles in `roles`, multi-factor in `amr`.
const council: ClaimMapping = {
  user: '/oid',
  name: '/name',
  role: '/roles',
  roles: {
    'CareTimeline.SocialWorker': { role: 'social-worker', roleName: 'Social worker' },
    'CareTimeline.Admin': { role: 'council-admin', roleName: 'Business support' },
  },
  organisation: { is: '706' },
  organisationName: { is: 'Islington Council' },
  assurance: { claim: '/amr', values: ['mfa', 'ngcmfa'] },
};
const sofia = { oid: 'a1b2', name: 'Sofia Yilmaz', roles: ['CareTimeline.SocialWorker'], amr: ['pwd', 'mfa'] };
const read = (claims: object) => userOfMapping(claims, council, 'council');

describe('who signed on, by a council’s own claims', () => {
  it('is the user in their one role, of the council, under an id that is nobody’s elsewhere', () => {
    expect(read(sofia)).toMatchObject({
      id: 'council:a1b2',
      name: 'Sofia Yilmaz',
      role: 'social-worker',
      roleName: 'Social worker',
      organisation: '706',
      organisationName: 'Islington Council',
    });
    // What the council says a user id is can never be a national one.
    expect(read({ ...sofia, oid: '555000000001' }).id).toBe('council:555000000001');
  });

  it('may lie deeper, and be one text', () => {
    const deep: ClaimMapping = { ...council, role: '/x~1y/role', organisation: '/x~1y/ods' };
    const claims = { ...sofia, 'x/y': { role: 'CareTimeline.Admin', ods: '5K8' } };
    expect(userOfMapping(claims, deep, 'council')).toMatchObject({ role: 'council-admin', organisation: '5K8' });
  });

  it.each([
    ['by a password alone', { ...sofia, amr: ['pwd'] }],
    ['in a way that is not told', { ...sofia, amr: undefined }],
    ['in a way that only sounds alike', { ...sofia, amr: 'mfa-skipped' }],
  ])('signed on %s is refused: a second factor is needed', (_why, claims) => {
    expect(() => read(claims)).toThrow(/second factor/);
  });

  it.each([
    ['no role', { ...sofia, roles: [] }, /no role/],
    ['a role that is not known here', { ...sofia, roles: ['Global.Admin'] }, /no role/],
    ['what every object has', { ...sofia, roles: ['constructor'] }, /no role/],
    ['two roles', { ...sofia, roles: Object.keys(council.roles) }, /several roles/],
    ['no name', { ...sofia, name: ' ' }, /did not say who/],
    ['two ids', { ...sofia, oid: ['a', 'b'] }, /did not say who/],
    ['an id that is no text', { ...sofia, oid: { a: 1 } }, /did not say who/],
  ])('with %s is refused', (_why, claims, words) => {
    expect(() => read(claims)).toThrow(words);
  });
});

describe('the sign-ons of the registrations', () => {
  const one = { name: 'Sign-on', issuer: 'https://idp.example', clientId: 'hub', clientSecret: 'secret' };
  const fault = (stored: unknown) => signOnSettings.safeParse(stored).error?.issues[0]?.message;

  it('are one, as ever, or several that have an id each', () => {
    expect(signOnSettings.parse(one)).toEqual([one]);
    const several = [
      { ...one, id: 'staff' },
      { ...one, id: 'council', claims: council },
      { ...one, id: 'citizen', claims: 'nhs-login', audience: 'person' },
    ];
    expect(signOnSettings.parse(several)).toEqual(several);
    expect(
      signOnSettings.parse({ ...one, clientSecret: undefined, clientKey: { file: 'hub.pem', alg: 'RS512' } }),
    ).toBeDefined();
  });

  it('are taken as docs/deployment.md writes them', () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../docs/deployment.md'), 'utf8');
    const examples = [...text.matchAll(/^```json\n("(?:signOn|rollout)": [^]*?)^```/gm)].map(
      ([, json]) => JSON.parse(`{${json ?? ''}}`) as { signOn?: unknown; rollout?: unknown },
    );
    expect(examples).toHaveLength(2);
    for (const { signOn, rollout } of examples) {
      expect(signOnSettings.safeParse(signOn ?? { ...one }).error).toBeUndefined();
      expect(rolloutSettings.optional().safeParse(rollout).error).toBeUndefined();
    }
  });

  it.each<[string, unknown, string]>([
    ['several without ids', [one, one], 'need an id each'],
    [
      'two of one id',
      [
        { ...one, id: 'a' },
        { ...one, id: 'a' },
      ],
      'an id of its own',
    ],
    ['an address that is not encrypted', { ...one, issuer: 'http://idp.example' }, 'https'],
    ['neither secret nor key', { ...one, clientSecret: undefined }, 'needs clientSecret or clientKey'],
    [
      'a council’s claims for people',
      { ...one, audience: 'person', claims: council },
      'only where, its claims are nhs-login',
    ],
    ['NHS login for staff', { ...one, claims: 'nhs-login' }, 'only where, its claims are nhs-login'],
    [
      'a claim that makes a person of staff',
      { ...one, claims: { ...council, roles: { x: { role: 'person', roleName: 'x' } } } },
      'is of staff',
    ],
    ['a claim that is no pointer', { ...one, claims: { ...council, user: 'oid' } }, 'is a JSON pointer'],
  ])('are refused with %s', (_why, stored, words) => {
    expect(fault(stored)).toContain(words);
  });
});
