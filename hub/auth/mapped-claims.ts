import type { ClaimMapping, ClaimPlace } from '../config.ts';
import type { SignedOnUser } from './authorization.ts';
import { practitionerId } from './practitioner.ts';
import { SignOnRefused, signOnSystem } from './sign-on-claims.ts';

/**
 * The user from the claims of an organisation's own identity provider, read by its mapping. Refused where it does not say
 * that the sign-on was as good as level 2, and where not exactly one role is known here: what may be seen depends on it.
 * @param service whose users they are: an id of one provider never passes for an id of another. Throws SignOnRefused.
 */
export function userOfMapping(claims: unknown, mapping: ClaimMapping, service: string): SignedOnUser {
  const proofs = strings(at(claims, mapping.assurance.claim));
  if (!proofs.some((proof) => mapping.assurance.values.includes(proof))) {
    throw new SignOnRefused(
      'You signed on without a second factor. Care records need a stronger sign-on (level 2): ask your IT service.',
    );
  }
  const known = strings(read(claims, mapping.role)).filter((value) => Object.hasOwn(mapping.roles, value));
  const [named, ...others] = [...new Set(known)];
  const role = named === undefined || others.length > 0 ? undefined : mapping.roles[named];
  if (role === undefined) {
    throw new SignOnRefused(
      named === undefined
        ? 'Your sign-on gives you no role that is known here. Ask your IT service for one.'
        : 'Your sign-on gives you several roles at once. Ask your IT service for one.',
    );
  }
  const id = `${service}:${word(claims, mapping.user)}`;
  return {
    id,
    name: word(claims, mapping.name),
    role: role.role,
    roleName: role.roleName,
    organisation: word(claims, mapping.organisation),
    organisationName: word(claims, mapping.organisationName),
    practitioner: practitionerId(signOnSystem, id),
  };
}

function word(claims: unknown, place: ClaimPlace): string {
  const [only, ...others] = strings(read(claims, place));
  if (only === undefined || others.length > 0) {
    throw new SignOnRefused('The sign-on service did not say who signed on.');
  }
  return only;
}

function read(claims: unknown, place: ClaimPlace): unknown {
  return typeof place === 'string' ? at(claims, place) : place.is;
}

/** What a JSON pointer (RFC 6901) leads to; undefined where it leads nowhere. */
function at(claims: unknown, pointer: string): unknown {
  let here = claims;
  for (const step of pointer.slice(1).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}

/** One value or a list of them, as texts; what is neither text nor number says nothing. */
function strings(value: unknown): string[] {
  return [value]
    .flat()
    .filter((each) => typeof each === 'string' || typeof each === 'number')
    .map((each) => String(each).trim())
    .filter((each) => each !== '' && each.length <= 200);
}
