import { z } from 'zod';
import type { SignedOnUser } from './authorization.ts';
import { practitionerId } from './practitioner.ts';

/** A sign-on that is not good enough; the message is shown to the user. */
export class SignOnRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SignOnRefused';
  }
}

/** The source that users of the sign-on belong to. */
export const signOnSystem = 'intranet';

const leastAssurance = 2;

const claimsShape = z.object({
  sub: z.string().min(1),
  name: z.string().min(1),
  nhsid_useruid: z.string().min(1).optional(),
  selected_roleid: z.string().optional(),
  authentication_assurance_level: z.union([z.string(), z.number()]).optional(),
  nhsid_nrbac_roles: z
    .array(
      z.object({
        person_roleid: z.string(),
        org_code: z.string().min(1),
        org_name: z.string().optional(),
        role_name: z.string().optional(),
        role_code: z.string().optional(),
      }),
    )
    .optional(),
});

/**
 * The user from the claims of the sign-on (CIS2 shape). Assurance under level 2 is refused (NHS CIS2), and so is a
 * sign-on without a role: what may be seen depends on it. Throws SignOnRefused.
 */
export function userOfClaims(claims: unknown): SignedOnUser {
  const read = claimsShape.safeParse(claims);
  if (!read.success) throw new SignOnRefused('The sign-on service did not say who signed on.');
  const { sub, name, nhsid_useruid, selected_roleid, authentication_assurance_level, nhsid_nrbac_roles } = read.data;
  if (!(Number(authentication_assurance_level ?? 0) >= leastAssurance)) {
    throw new SignOnRefused(
      'You signed on without a smartcard or another second factor. Care records need a stronger sign-on (level 2).',
    );
  }
  const roles = nhsid_nrbac_roles ?? [];
  const only = roles.length === 1 ? roles[0] : undefined;
  const role = selected_roleid === undefined ? only : roles.find((each) => each.person_roleid === selected_roleid);
  if (role === undefined) throw new SignOnRefused('You signed on without choosing a role. Sign on again with a role.');
  const id = nhsid_useruid ?? sub;
  return {
    id,
    name,
    role: jobRole(role.role_code) ?? role.role_name ?? role.person_roleid,
    roleName: role.role_name ?? jobRole(role.role_code) ?? role.person_roleid,
    organisation: role.org_code,
    organisationName: role.org_name ?? role.org_code,
    practitioner: practitionerId(signOnSystem, id),
  };
}

/** The R part of a national role code `S8000:G8000:R8000` is the job role. */
function jobRole(code: string | undefined): string | undefined {
  return code === undefined || code === '' ? undefined : (code.split(':').find((part) => /^R\d+$/.test(part)) ?? code);
}
