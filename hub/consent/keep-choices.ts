import type { Consent } from 'fhir/r4';
import { readChoices, type Deny } from '../../fhir/read-choices.ts';
import { isDirectoryType, isResourceType } from '../../fhir/resource-types.ts';
import { isSourceId } from '../../fhir/sources.ts';
import { odsSystem } from '../../fhir/systems.ts';
import { settleSeals } from '../access/seals.ts';
import { systemToken } from '../fhir/tokens.ts';
import type { Sql, Transaction } from '../store/database.ts';
import { directory } from '../store/rows.ts';

/** One Consent as it stands after a write; undefined where it was deleted. */
export interface KeptConsent {
  id: string;
  consent: Consent | undefined;
}

/** Types that are no item of a record: who somebody is, what they decided, and who looked. */
const notSealed = new Set(['Patient', 'Consent', 'AuditEvent', 'Provenance']);

/**
 * Why a Consent cannot be kept to exactly as it is written, in sentences without values; none where it can. A Consent that is
 * not sound FHIR is not to be given here.
 */
export async function choiceProblems(sql: Sql, consent: Consent): Promise<string[]> {
  const choices = readChoices(consent);
  if (choices.problems !== undefined) return choices.problems;
  const problems: string[] = [];
  for (const { toOrganisation, fromSource, items } of choices.denies) {
    if (fromSource !== undefined && !isSourceId(fromSource)) problems.push('It names a source that this hub has not.');
    if (toOrganisation !== undefined && !(await isKnownOrganisation(sql, toOrganisation))) {
      problems.push('It names an organisation by a code that is not known here: the choice would hold for nobody.');
    }
    if (!items.every(isSealable)) problems.push('It names something that is no item of a record.');
  }
  return problems;
}

/**
 * Puts what these Consents deny in place of what they denied before, and settles the labels of what is sealed or no longer is:
 * in the transaction of the write itself, so that a choice holds from the moment it is told to be kept. Consents that are
 * not active, and deleted ones, deny nothing.
 */
export async function keepChoices(sql: Transaction, patient: string, consents: readonly KeptConsent[]): Promise<void> {
  if (consents.length === 0) return;
  const ids = consents.map(({ id }) => id);
  await sql.query('delete from choice where patient = $1 and consent = any($2::text[])', [patient, ids]);
  const unsealed = await sql.query<{ id: string }>(
    'delete from sealed_item where patient = $1 and consent = any($2::text[]) returning id',
    [patient, ids],
  );
  const denies = consents.flatMap(({ id, consent }) => deniesOf(consent).map((deny, place) => ({ id, place, deny })));
  for (const { id, place, deny } of denies) {
    if (deny.items.length === 0) await insertChoice(sql, patient, id, place, deny);
    else await insertSeals(sql, patient, id, deny.items);
  }
  if (unsealed.length > 0 || denies.some(({ deny }) => deny.items.length > 0)) await settleSeals(sql, patient);
}

function deniesOf(consent: Consent | undefined): Deny[] {
  if (consent === undefined) return [];
  const choices = readChoices(consent);
  if (choices.problems !== undefined) throw new Error('a choice that cannot be kept to was about to be kept');
  return choices.denies;
}

async function insertChoice(sql: Sql, patient: string, consent: string, place: number, deny: Deny): Promise<void> {
  await sql.query(
    `insert into choice (patient, consent, place, to_organisation, from_source, kind, since, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      patient,
      consent,
      place,
      deny.toOrganisation,
      deny.fromSource,
      deny.kind,
      instant(deny.since),
      instant(deny.until),
    ],
  );
}

async function insertSeals(sql: Sql, patient: string, consent: string, items: readonly string[]): Promise<void> {
  const split = items.map((item) => item.split('/'));
  await sql.query(
    `insert into sealed_item (patient, type, id, consent)
     select $1, i.type, i.id, $2 from unnest($3::text[], $4::text[]) as i(type, id) on conflict do nothing`,
    [patient, consent, split.map(([type]) => type), split.map(([, id]) => id)],
  );
}

function isSealable(reference: string): boolean {
  const [type = '', id, ...more] = reference.split('/');
  return (
    isResourceType(type) && !isDirectoryType(type) && !notSealed.has(type) && id !== undefined && more.length === 0
  );
}

async function isKnownOrganisation(sql: Sql, code: string): Promise<boolean> {
  const found = await sql.query(
    `select from resource where patient = $1 and type = 'Organization' and mask = 0 and tokens @> array[$2] limit 1`,
    [directory, systemToken('identifier', odsSystem, code)],
  );
  return found.length > 0;
}

function instant(millis: number | undefined): string | undefined {
  return millis === undefined ? undefined : new Date(millis).toISOString();
}
