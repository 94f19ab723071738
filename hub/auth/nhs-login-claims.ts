import { z } from 'zod';
import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import { SignOnRefused } from './sign-on-claims.ts';

/** Who signed in, as NHS login proved it. */
export interface ProvedPerson {
  /** NHS login's own id of the person. */
  subject: string;
  /** Ten bare digits. */
  nhsNumber: string;
  /** `1948-03-12`. */
  birthDate: string;
  family: string;
}

const claimsShape = z.object({
  sub: z.string().min(1).max(200),
  vot: z.string(),
  identity_proofing_level: z.string().optional(),
  nhs_number: z.string(),
  birthdate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  family_name: z.string().trim().min(1).max(200),
});

/** Asked of NHS login: high proof of who it is (P9), and a second factor or a key of the device. */
export const askedTrust = '["P9.Cp.Cd","P9.Cp.Ck","P9.Cm"]';

/**
 * The person from the claims of NHS login. Refused unless it proved who they are (vector of trust P9: photo and identity
 * document, or as good) and they used a second factor. Throws SignOnRefused.
 */
export function personOfClaims(claims: unknown): ProvedPerson {
  const read = claimsShape.safeParse(claims);
  if (!read.success) throw new SignOnRefused('The sign-in service did not say for certain who signed in.');
  const { sub, vot, identity_proofing_level: level = 'P9', nhs_number, birthdate, family_name } = read.data;
  const parts = new Set(vot.split('.'));
  const twoFactors = parts.has('Cm') || (parts.has('Cp') && (parts.has('Cd') || parts.has('Ck')));
  if (!parts.has('P9') || level !== 'P9' || !twoFactors) {
    throw new SignOnRefused(
      'A care record needs proof of who you are. Prove who you are in your NHS login settings, then sign in again.',
    );
  }
  const nhsNumber = parseNhsNumber(nhs_number);
  if (nhsNumber === undefined) throw new SignOnRefused('The sign-in service did not say for certain who signed in.');
  return { subject: sub, nhsNumber, birthDate: birthdate, family: family_name };
}
