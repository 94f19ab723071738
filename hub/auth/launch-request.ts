import { z } from 'zod';

const text = z.string().trim().min(1).max(200);

// The patient is named in exactly one way: two that disagree would be two people.
const patient = z.union([
  z.strictObject({ nhsNumber: text }),
  z.strictObject({ localId: text }),
  z.strictObject({ id: z.uuid() }),
]);

const launchRequest = z.object({
  client_assertion_type: z.unknown(),
  client_assertion: z.unknown(),
  user: z.object({
    id: text,
    name: text,
    role: text,
    roleName: text,
    organisation: text,
    organisationName: text,
  }),
  patient,
  encounter: text.optional(),
  needPatientBanner: z.boolean().optional(),
});

/** What a clinical system asks for: a launch by this user for this patient. */
export type LaunchRequest = Omit<z.infer<typeof launchRequest>, 'client_assertion_type' | 'client_assertion'>;

/** How a system names a patient: NHS number, its own local id, or the hub's Patient id. */
export type PatientQuestion = LaunchRequest['patient'];

/** Reads the body of a launch request; a sentence about the first fault, naming the member and never its value. */
export function readLaunchRequest(body: unknown): { request: LaunchRequest } | { fault: string } {
  const read = launchRequest.safeParse(body);
  if (read.success) return { request: read.data };
  const issue = read.error.issues[0];
  const member = issue?.path.join('.') ?? '';
  if (member === 'patient') return { fault: 'patient must hold exactly one of nhsNumber, localId or id' };
  return { fault: member === '' ? 'The body must be a JSON object' : `${member} is missing or not usable` };
}
