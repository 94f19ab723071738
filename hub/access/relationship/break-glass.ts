import type { Sql } from '../../store/database.ts';
import { isoInstant } from '../../store/iso-instant.ts';
import { values } from '../statement.ts';
import type { Looker } from './standing.ts';

/** Why a sealed envelope may be opened (NHS Care Record Guarantee): consent, law, or an interest above the person's own wish. */
export const glassReasons = {
  'express-consent': 'The person has agreed to it now',
  'vital-interest': 'Their life or safety is in danger',
  'overriding-interest': 'Somebody else is in danger',
  law: 'A law or a court requires it',
} as const;

export type GlassReason = keyof typeof glassReasons;

export function isGlassReason(code: string): code is GlassReason {
  return Object.hasOwn(glassReasons, code);
}

/** A reason has to say something: the person and the privacy officer read it. */
export const fewestOfGlassReason = 10;
export const longestGlassReason = 500;

/** Hours that broken glass lasts at most; it ends with its authorization before that. */
const atMost = `interval '2 hours'`;

/** Why the glass is broken: one of the short list, and the reader's own words. */
export interface GlassWords {
  code: GlassReason;
  words: string;
}

/**
 * Keeps that the glass was broken in this authorization; answers until when (ISO 8601), or undefined where it was broken in
 * it before: once is all that one visit has.
 */
export async function breakGlass(
  sql: Sql,
  { patient, user, from, grant }: Looker & { grant: string },
  { code, words }: GlassWords,
): Promise<string | undefined> {
  const bound = values();
  const text = (value: string) => bound.bind(value, 'text');
  const rows = await sql.query<{ until: string }>(
    `insert into break_glass
       (patient, grant_id, user_id, user_name, user_role, organisation, opened_from, reason_code, reason, until)
     select ${text(patient)}, ${text(grant)}, ${text(user.id)}, ${text(user.name)}, ${text(user.role)},
       ${text(user.organisation)}, ${text(from)}, ${text(code)}, ${text(words)}, clock_timestamp() + ${atMost}
     on conflict (patient, grant_id) do nothing returning until`,
    bound.list,
  );
  return rows[0] && isoInstant(rows[0].until);
}

/** Since and until when the glass is broken in this authorization (ISO 8601); undefined where it is whole. */
export async function brokenGlass(
  sql: Sql,
  { patient, grant }: { patient: string; grant: string },
): Promise<{ since: string; until: string } | undefined> {
  const [row] = await sql.query<{ since: string; until: string }>(
    'select at as since, until from break_glass where patient = $1::text and grant_id = $2::text and until > clock_timestamp()',
    [patient, grant],
  );
  return row && { since: isoInstant(row.since), until: isoInstant(row.until) };
}

/** Makes the glass of this authorization whole again from now on; that it was broken is kept. */
export async function mendGlass(sql: Sql, { patient, grant }: { patient: string; grant: string }): Promise<void> {
  await sql.query(
    `update break_glass set until = clock_timestamp()
     where patient = $1::text and grant_id = $2::text and until > clock_timestamp()`,
    [patient, grant],
  );
}
