import { z } from 'zod';
import { parsePartialDate } from '../../../fhir/partial-date.ts';

// docs/feeds/social-care-extension.md says in words what stands here. Everything is strict: a property nobody knows may
// be a mark of privacy that was misspelt, so the item that has it is refused and never told without it.

const words = z.string().trim().min(1).max(2000);
const id = z.string().regex(/^[^\s|/?#]{1,64}$/, 'is no id (1 to 64 characters without spaces, bars, slashes, ? or #)');
/** Who is referred to by it: an id of FHIR. */
const fhirId = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/);
const date = z.string().refine((text) => {
  const read = parsePartialDate(text);
  return read !== undefined && (read.precision !== 'time' || /T\d{2}:\d{2}:\d{2}.*(?:Z|[+-]\d{2}:\d{2})$/.test(text));
}, 'is no date, or has a time without seconds or zone');

/** v3-Confidentiality R and V, and the v3-ActCode sensitivities that the hub knows how to withhold. */
const labels = z.array(z.enum(['R', 'V', 'PSY', 'STD', 'HIV', 'SDV', 'ETH', 'SUD'])).optional();

const item = { id, labels };
const lasting = { from: date.optional(), until: date.optional() };

const name = z.strictObject({
  family: words.optional(),
  given: z.array(words).max(10).optional(),
  prefix: words.optional(),
  use: z.enum(['official', 'usual', 'maiden']).optional(),
  language: words.optional(),
});

export const personSchema = z.strictObject({
  nhsNumber: z.string().optional(),
  /** UK Core NHSNumberVerificationStatus. */
  nhsNumberStatus: z
    .string()
    .regex(/^0[1-8]$/)
    .optional(),
  names: z.array(name).min(1).max(10),
  /** Matched by: a day, or as much of one as is known. */
  birthDate: date.refine((text) => text.length <= 10).optional(),
  deathDate: date.optional(),
  gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  ethnicity: z
    .string()
    .regex(/^(?:[A-Z]|99)$/)
    .optional(),
  language: words.optional(),
  phones: z.array(words).max(10).optional(),
  address: z
    .strictObject({ lines: z.array(words).max(6), city: words.optional(), postcode: words.optional() })
    .optional(),
  practice: z.strictObject({ code: words.optional(), name: words }).optional(),
});

/** The sections of a person, each a list of items. */
export const sectionSchemas = {
  alerts: z.strictObject({
    ...item,
    ...lasting,
    kind: z.enum(['risk-to-self', 'risk-to-others', 'risk-to-self-and-others', 'access', 'communication', 'other']),
    text: words,
  }),
  legal: z.strictObject({
    ...item,
    ...lasting,
    kind: z.enum([
      'mental-capacity-assessment',
      'lasting-power-of-attorney',
      'deputyship',
      'deprivation-of-liberty',
      'mental-health-act',
      'other',
    ]),
    text: words,
    status: words.optional(),
    document: words.optional(),
  }),
  safeguarding: z.strictObject({ ...item, ...lasting, text: words, concern: words.optional() }),
  teams: z.strictObject({
    ...item,
    ...lasting,
    name: words,
    phone: words.optional(),
    members: z
      .array(z.strictObject({ staff: fhirId, role: words, keyWorker: z.boolean().optional(), ...lasting }))
      .max(50),
  }),
  contacts: z.strictObject({
    ...item,
    relationship: words,
    name,
    phone: words.optional(),
    roles: z.array(words).optional(),
  }),
  equipment: z.strictObject({
    ...item,
    name: words,
    asked: date.optional(),
    fitted: date.optional(),
    removed: date.optional(),
    note: words.optional(),
    accessCode: words.optional(),
  }),
  supportReasons: z.strictObject({ ...item, ...lasting, reason: words, primary: z.boolean() }),
  events: z.strictObject({
    ...item,
    event: z.enum(['Request', 'Assessment', 'Service', 'Review']),
    start: date.optional(),
    end: date.optional(),
    status: z.enum(['planned', 'open', 'onhold', 'closed', 'cancelled']),
    name: words.optional(),
    kind: words.optional(),
    category: words.optional(),
    reason: words.optional(),
    requester: words.optional(),
    outcome: words.optional(),
    planned: z.boolean().optional(),
    asCarer: z.boolean().optional(),
    team: fhirId.optional(),
    staff: fhirId.optional(),
    provider: fhirId.optional(),
    follows: id.optional(),
    history: z
      .array(
        z.strictObject({
          status: z.enum(['planned', 'active', 'onhold', 'finished']),
          start: date,
          end: date.optional(),
        }),
      )
      .max(100)
      .optional(),
    summary: z.string().trim().min(1).max(200_000).optional(),
  }),
} as const;

export type SectionName = keyof typeof sectionSchemas;
export const sectionNames = Object.keys(sectionSchemas) as SectionName[];
export type Item<S extends SectionName> = z.infer<(typeof sectionSchemas)[S]>;
export type ExtensionPerson = z.infer<typeof personSchema>;

export const staffSchema = z.strictObject({
  id: fhirId,
  name: z.strictObject({ family: words, given: words.optional(), prefix: words.optional() }),
  sdsUserId: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  role: z.strictObject({ code: words.optional(), name: words }).optional(),
  team: fhirId.optional(),
});
export const organisationSchema = z.strictObject({
  id: fhirId,
  name: words,
  kind: z.enum(['authority', 'team', 'provider']),
  partOf: fhirId.optional(),
  cqcLocation: words.optional(),
  phone: words.optional(),
});
export type Staff = z.infer<typeof staffSchema>;
export type Organisation = z.infer<typeof organisationSchema>;

/** The message around it all; what stands in the lists is read one by one, so that one that is wrong costs itself only. */
export const envelopeSchema = z.strictObject({
  feed: z.literal('social-care-extension'),
  version: z.literal(1),
  council: z.string().regex(/^[A-Za-z0-9]{1,10}$/),
  asAt: z.iso.datetime({ offset: true }),
  organisations: z.array(z.unknown()).optional(),
  staff: z.array(z.unknown()).optional(),
  people: z.array(z.unknown()).max(100_000),
});

/** One person's part. */
export const entrySchema = z.strictObject({
  personId: z.string().trim().min(1).max(64).optional(),
  nhsNumber: z.string().optional(),
  person: z.unknown().optional(),
  ...(Object.fromEntries(sectionNames.map((section) => [section, z.array(z.unknown()).max(5000).optional()])) as Record<
    SectionName,
    z.ZodOptional<z.ZodArray<z.ZodUnknown>>
  >),
});
