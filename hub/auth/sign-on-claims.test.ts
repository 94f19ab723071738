import { describe, expect, it } from 'vitest';
import { SignOnRefused, userOfClaims } from './sign-on-claims.ts';
import { nurse } from './testing-upstream.ts';

describe('who signed on, from the claims of the sign-on', () => {
  it('is the user in the role they chose, at that role’s organisation', () => {
    expect(userOfClaims(nurse)).toMatchObject({
      id: '555000000077',
      name: 'Nadia Karim',
      role: 'R8001',
      roleName: 'Nurse',
      organisation: 'RKE',
      organisationName: 'Whittington',
    });
  });

  it('is the same practitioner in either role', () => {
    expect(userOfClaims({ ...nurse, selected_roleid: 'role-1' }).practitioner).toBe(userOfClaims(nurse).practitioner);
  });

  it('takes the only role where none is chosen, and no role where there are several', () => {
    const one = { ...nurse, selected_roleid: undefined, nhsid_nrbac_roles: nurse.nhsid_nrbac_roles.slice(0, 1) };
    expect(userOfClaims(one).organisation).toBe('RRV');
    expect(() => userOfClaims({ ...nurse, selected_roleid: undefined })).toThrow(SignOnRefused);
    expect(() => userOfClaims({ ...nurse, nhsid_nrbac_roles: [] })).toThrow(SignOnRefused);
  });

  it.each([undefined, '', '0', '1', 'high', 1.9])('is refused at assurance %s', (level) => {
    expect(() => userOfClaims({ ...nurse, authentication_assurance_level: level })).toThrow(/stronger sign-on/);
  });

  it.each(['2', '3', 2, 3])('is taken at assurance %s', (level) => {
    expect(userOfClaims({ ...nurse, authentication_assurance_level: level }).name).toBe('Nadia Karim');
  });

  it.each([undefined, {}, { ...nurse, name: '' }, { ...nurse, sub: undefined }])('is nobody in %j', (claims) => {
    expect(() => userOfClaims(claims)).toThrow(SignOnRefused);
  });
});
