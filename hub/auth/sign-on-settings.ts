import { z } from 'zod';

const localhost = new Set(['localhost', '127.0.0.1']);
const text = z.string().trim().min(1).max(200);

const issuer = z.url({ protocol: /^https?$/ }).refine((url) => {
  const { protocol, hostname, search, hash } = new URL(url);
  return (protocol === 'https:' || localhost.has(hostname)) && search === '' && hash === '';
}, 'is to be https (http on localhost alone), without query and fragment');

const pointer = z.string().regex(/^(\/([^/~]|~[01])+)+$/, 'is a JSON pointer, for example /oid');
const place = z.union([pointer, z.strictObject({ is: text })]);

const mapping = z.strictObject({
  user: place,
  name: place,
  organisation: place,
  organisationName: place,
  role: place,
  roles: z
    .record(z.string().min(1), z.strictObject({ role: text, roleName: text }))
    .refine((roles) => Object.keys(roles).length > 0, 'names at least one role')
    // Whoever reads their own record, and what no one sits before, are told by how they came, never by a claim.
    .refine((roles) => Object.values(roles).every(({ role }) => !['person', 'service'].includes(role)), 'is of staff'),
  assurance: z.strictObject({ claim: pointer, values: z.array(text).min(1) }),
  scope: text.optional(),
});

const one = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,31}$/, 'is small letters, digits and hyphens')
      .optional(),
    name: text,
    issuer,
    clientId: text,
    clientSecret: z.string().min(1).optional(),
    clientKey: z
      .strictObject({ file: text, kid: text.optional(), alg: z.enum(['RS256', 'RS512', 'PS256', 'ES256', 'ES384']) })
      .optional(),
    audience: z.enum(['staff', 'person']).optional(),
    claims: z.union([z.enum(['cis2', 'nhs-login']), mapping]).optional(),
  })
  .refine(({ clientSecret, clientKey }) => (clientSecret === undefined) !== (clientKey === undefined), {
    message: 'needs clientSecret or clientKey, and not both',
  })
  // Only NHS login says which NHS number was proved: no other claims may open a record to whoever signed on.
  .refine(({ audience, claims }) => (audience === 'person') === (claims === 'nhs-login'), {
    message: 'is for a person where, and only where, its claims are nhs-login',
  });

/** The `signOn` of the registrations: one service, or several that are told apart by `id`. */
export const signOnSettings = z.preprocess(
  (stored) => (Array.isArray(stored) || stored === undefined ? stored : [stored]),
  z
    .array(one)
    .refine((all) => all.length < 2 || all.every(({ id }) => id !== undefined), 'of several need an id each')
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'of several need an id of its own each')
    .refine((all) => all.filter(({ audience }) => audience === 'person').length < 2, 'for people is one at most'),
);
