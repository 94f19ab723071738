import { z } from 'zod';
import { isResourceType } from '../../fhir/resource-types.ts';

const text = z.string().trim().min(1).max(200);

// The patient is named in exactly one way: two that disagree would be two people.
const patient = z.union([
  z.strictObject({ nhsNumber: text }),
  z.strictObject({ localId: text }),
  z.strictObject({ id: z.uuid() }),
]);

// Sizes are bounds of sense: a context is a hand over, no record.
const address = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((url) => url.startsWith('https:') || ['localhost', '127.0.0.1'].includes(new URL(url).hostname));

/** One item of `fhirContext` (SMART 2.2, launch context): what it names, and what it is to the launch. */
const contextItem = z
  .strictObject({
    reference: z
      .string()
      .regex(/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/)
      .optional(),
    canonical: z
      .string()
      .regex(/^https?:\/\/[^\s"]{1,500}$/)
      .optional(),
    identifier: z.strictObject({ system: text.optional(), value: text }).optional(),
    type: z.string().refine(isResourceType).optional(),
    role: text.optional(),
  })
  .refine(({ reference, canonical, identifier }) => reference ?? canonical ?? identifier)
  // The person and the visit of the launch have members of their own: two that disagree would be two people.
  .refine(({ reference = '', role = 'launch' }) => role !== 'launch' || !/^(Patient|Encounter)\//.test(reference));

const launchRequest = z.object({
  client_assertion_type: z.unknown(),
  client_assertion: z.unknown(),
  user: z.object({
    id: text,
    name: text,
    // Whoever reads their own record signs in as themself, and no service is before a screen: no system vouches for either.
    role: text.refine((role) => role !== 'person' && role !== 'service'),
    roleName: text,
    organisation: text,
    organisationName: text,
  }),
  patient,
  encounter: text.optional(),
  needPatientBanner: z.boolean().optional(),
  /** Handed to the app as they are (SMART 2.2, launch context). */
  intent: text.optional(),
  tenant: text.optional(),
  smartStyleUrl: address.optional(),
  fhirContext: z.array(contextItem).min(1).max(20).optional(),
});

/** What a clinical system asks for: a launch by this user for this patient. */
export type LaunchRequest = Omit<z.infer<typeof launchRequest>, 'client_assertion_type' | 'client_assertion'>;

export type FhirContext = NonNullable<LaunchRequest['fhirContext']>;

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
