import { decideAccess } from '../access/policy/decide-access.ts';
import { readFacts } from '../access/read-facts.ts';
import type { AuthParts } from './auth-parts.ts';
import type { Authorization } from './authorization.ts';
import { contextMembers, resolveContext, resolveEncounter } from './launch-context.ts';

/**
 * What a token's authorization is for, as a token response and an introspection say it (SMART 2.2, 2.0.10): at every refresh
 * without the visit, and without what else the launch handed over, that its user may see no longer (leaked record).
 * @param grant the authorization's id
 */
export async function standingContext(
  parts: AuthParts,
  grant: string,
  authorization: Authorization,
): Promise<Record<string, unknown>> {
  const { patient, needPatientBanner, context, openedFrom, user } = authorization;
  const { encounter, fhirContext } = await stillSeen(parts, grant, authorization);
  return {
    patient,
    ...(encounter === undefined ? {} : { encounter }),
    need_patient_banner: needPatientBanner,
    ...contextMembers(context && { ...context, fhirContext }),
    opened_from: openedFrom,
    // Who reads of themself belongs to no organisation: there is nothing "outside" it.
    ...(user.role === 'person'
      ? {}
      : { user_organisation: user.organisation, user_organisation_name: user.organisationName }),
  };
}

/** Visit and items that are there for this user now. */
async function stillSeen(
  { database, policy }: AuthParts,
  grant: string,
  { patient, user, from, encounter, context }: Authorization,
): Promise<Pick<Authorization, 'encounter'> & Pick<NonNullable<Authorization['context']>, 'fhirContext'>> {
  const items = context?.fhirContext ?? [];
  if (encounter === undefined && items.length === 0) return { encounter: undefined, fhirContext: undefined };
  const access = decideAccess(policy, await readFacts(database, { patient, user, from, grant }));
  const seen: typeof items = [];
  for (const item of items) seen.push(...((await resolveContext(database, access, from, patient, [item])) ?? []));
  return {
    encounter: encounter && (await resolveEncounter(database, access, from, patient, encounter)),
    fhirContext: seen.length === 0 ? undefined : seen,
  };
}
