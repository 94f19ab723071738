import type { Grant, Pending } from './kept.ts';
import { organisationFrom } from './organisation.ts';
import { LaunchError } from './outcome.ts';
import { enoughToOpen, scopeOf } from './scopes.ts';
import { finite, text, type JsonObject } from './shape.ts';
import type { Tab } from './tab.ts';
import { defaultLifeSeconds } from './tokens.ts';

/** FHIR R4 id. Anything else would end up in an address. */
const fhirId = /^[A-Za-z0-9.-]{1,64}$/;

/**
 * Turns the token response into a grant for one person (SMART App Launch 2.2, token response). Throws LaunchError
 * `token-invalid`, `no-patient` when it names nobody, `scope-refused` when too little was granted.
 */
export function grantFrom(tab: Tab, pending: Pending, tokenEndpoint: string, response: JsonObject): Grant {
  const accessToken = text(response, 'access_token');
  if (accessToken === undefined || text(response, 'token_type')?.toLowerCase() !== 'bearer') {
    throw new LaunchError({ reason: 'token-invalid', detail: 'The hub sent no usable token.' });
  }
  const asked = scopeOf(pending.launch, pending.asPerson);
  const scopes = (text(response, 'scope') ?? asked).split(' ').filter((scope) => scope !== '');
  if (!enoughToOpen(scopes)) {
    throw new LaunchError({ reason: 'scope-refused', detail: 'The hub did not grant reading the timeline.' });
  }
  const patientId = text(response, 'patient');
  if (patientId === undefined || !fhirId.test(patientId)) throw new LaunchError({ reason: 'no-patient' });
  const encounterId = text(response, 'encounter');
  const now = tab.now();
  return {
    share: crypto.randomUUID(),
    stateKey: pending.stateKey,
    launch: pending.launch,
    asPerson: pending.asPerson,
    base: pending.hub.iss,
    hubName: pending.hub.name,
    clientId: pending.hub.clientId,
    tokenEndpoint,
    issuer: pending.issuer,
    jwksUri: pending.jwksUri,
    patientId,
    encounterId: encounterId !== undefined && fhirId.test(encounterId) ? encounterId : undefined,
    scopes,
    needPatientBanner: response['need_patient_banner'] !== false,
    openedFrom: text(response, 'opened_from'),
    organisation: organisationFrom(response, 'user_organisation', 'user_organisation_name'),
    openedAt: now,
    idleMinutes: pending.hub.idleMinutes,
    lastOpenedAt: instant(text(response, 'last_opened')),
    idToken: text(response, 'id_token'),
    user: { name: undefined, fhirUser: undefined },
    tokens: {
      generation: 0,
      accessToken,
      refreshToken: text(response, 'refresh_token'),
      issuedAt: now,
      expiresAt: now + (finite(response, 'expires_in') ?? defaultLifeSeconds) * 1000,
    },
  };
}

/** An instant with its zone, epoch milliseconds; anything else is as good as not told. */
function instant(words: string | undefined): number | undefined {
  const at = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(words ?? '') ? Date.parse(words ?? '') : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
