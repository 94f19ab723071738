import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Access } from '../access/access.ts';
import { auditAct, auditRefusal } from '../audit/audit.ts';
import { addresses, type ClinicalSystem } from '../config.ts';
import { auditActor } from './auth-audit.ts';
import type { AuthParts } from './auth-parts.ts';
import type { SignedOnUser } from './authorization.ts';
import { clientAuthentication, InvalidClient } from './client-assertion.ts';
import { createLaunch } from './launch-handle.ts';
import { accessAtLaunch, resolveContext, resolveEncounter } from './launch-context.ts';
import { resolvePatient } from './launch-patient.ts';
import { believeSlowly, MustWait } from './slow-clients.ts';
import { readLaunchRequest, type FhirContext, type LaunchRequest } from './launch-request.ts';
import { practitionerId, upsertPractitioner } from './practitioner.ts';

const refusals = {
  invalid: { status: 400, error: 'invalid_request', words: 'patient.nhsNumber is not an NHS number' },
  'not-found': { status: 404, error: 'patient_not_found', words: 'Nobody here is known by this identifier' },
  ambiguous: { status: 409, error: 'patient_ambiguous', words: 'More than one person is known by this identifier' },
  unconfirmed: {
    status: 409,
    error: 'patient_ambiguous',
    words: 'This NHS number is not confirmed for anybody here',
  },
} as const;

/**
 * `POST /launch`: a clinical system, authenticated by private_key_jwt, asks for a launch handle naming user and patient.
 * Errors: 400 invalid_request, 401 invalid_client, 404 patient_not_found, 409 patient_ambiguous.
 */
export function addLaunchRoute(app: FastifyInstance, parts: AuthParts): void {
  const { issuer, fhirBase } = addresses(parts.config);
  const authenticate = clientAuthentication(
    parts.registrations.clinicalSystems,
    [`${issuer}/token`, `${issuer}/launch`],
    parts.records,
  );

  app.post('/launch', { bodyLimit: 32_768 }, async (request, reply) => {
    reply.header('Cache-Control', 'no-store');
    const body = request.body;
    if (typeof body !== 'object' || body === null) {
      return refuse(reply, 400, 'invalid_request', 'The body must be a JSON object');
    }
    let system: ClinicalSystem;
    try {
      const assertion = 'client_assertion' in body ? body.client_assertion : undefined;
      const type = 'client_assertion_type' in body ? body.client_assertion_type : undefined;
      system = await believeSlowly(parts, request.ip, assertion, () => authenticate(type, assertion));
    } catch (error) {
      if (error instanceof MustWait) {
        void reply.header('Retry-After', error.seconds);
        return refuse(reply, 429, 'temporarily_unavailable', error.message);
      }
      if (!(error instanceof InvalidClient)) throw error;
      request.log.warn({ reason: error.message }, 'a launch request was not believed');
      await auditRefusal(parts.database, undefined, { action: 'launch', detail: 'invalid_client' });
      return refuse(reply, 401, 'invalid_client', error.message);
    }
    const read = readLaunchRequest(body);
    if ('fault' in read) {
      const actor = auditActor({ client: system.clientId, user: undefined, patient: undefined, from: system.source });
      await auditRefusal(parts.database, actor, { action: 'launch', detail: 'invalid_request' });
      return refuse(reply, 400, 'invalid_request', read.fault);
    }
    const answer = await resolvePatient(parts.database, system.source, read.request.patient);
    if (!('id' in answer)) {
      const { status, error, words } = refusals[answer.refusal];
      const { user } = read.request;
      const actor = auditActor({ client: system.clientId, user, patient: undefined, from: system.source });
      await auditRefusal(parts.database, actor, { action: 'launch', detail: error });
      return refuse(reply, status, error, words);
    }
    const { user } = read.request;
    const looker = { patient: answer.id, user, from: system.source };
    const access = await accessAtLaunch(parts.database, parts.policy, looker);
    const items = read.request.fhirContext;
    const fhirContext = items && (await resolveContext(parts.database, access, system.source, answer.id, items));
    if (items !== undefined && fhirContext === undefined) {
      const actor = auditActor({ client: system.clientId, user, patient: answer.id, from: system.source });
      await auditRefusal(parts.database, actor, { action: 'launch', detail: 'fhirContext' });
      return refuse(reply, 400, 'invalid_request', 'fhirContext names what is not in the record of this person here');
    }
    const launch = await makeLaunch(parts, system, read.request, { patient: answer.id, access, fhirContext });
    const query = new URLSearchParams({ iss: fhirBase, launch });
    return reply.code(201).send({
      launch,
      expires_in: parts.lifetimes.launchHandle,
      launch_url: `${parts.config.publicUrl}/launch?${query.toString()}`,
    });
  });
}

function refuse(reply: FastifyReply, status: number, error: string, description: string): FastifyReply {
  return reply.code(status).send({ error, error_description: description });
}

async function makeLaunch(
  parts: AuthParts,
  system: ClinicalSystem,
  request: LaunchRequest,
  { patient, access, fhirContext }: { patient: string; access: Access; fhirContext: FhirContext | undefined },
): Promise<string> {
  const { intent, tenant, smartStyleUrl } = request;
  const user: SignedOnUser = { ...request.user, practitioner: practitionerId(system.source, request.user.id) };
  const encounter =
    request.encounter === undefined
      ? undefined
      : await resolveEncounter(parts.database, access, system.source, patient, request.encounter);
  return parts.database.transaction(async (sql) => {
    await upsertPractitioner(sql, system.source, user);
    const actor = auditActor({ client: system.clientId, user, patient, from: system.source });
    await auditAct(sql, actor, { action: 'launch' });
    return createLaunch(parts.records.within(sql), {
      system: system.clientId,
      user,
      question: request.patient,
      patient,
      encounter,
      needPatientBanner: request.needPatientBanner ?? true,
      context: { intent, tenant, smartStyleUrl, fhirContext },
      askedAt: Date.now(),
      expiresAt: Date.now() + parts.lifetimes.launchHandle * 1000,
    });
  });
}
