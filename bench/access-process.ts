import { createHash } from 'node:crypto';
import fastify from 'fastify';
import type { Encounter } from 'fhir/r4';
import { deletedBit } from '../hub/access/labels.ts';
import { decideAccess } from '../hub/access/policy/decide-access.ts';
import { readPolicy } from '../hub/access/policy/read-policy.ts';
import { factsOf } from '../hub/access/read-facts.ts';
import type { Reader } from '../hub/access/reader.ts';
import { AuthRecords } from '../hub/auth/records.ts';
import { fhirPlugin } from '../hub/fhir/plugin.ts';
import { searchValuesOf } from '../hub/fhir/search-values.ts';
import type { Database } from '../hub/store/database.ts';
import { migrate } from '../hub/store/migrate.ts';
import { openDatabase } from '../hub/store/open.ts';
import { upsertRows } from '../hub/store/resources.ts';
import { reader } from './fhir-service.ts';
import { person } from './hub-readings.ts';

// The FHIR service twice over one store, in a process of its own: as the hub has it, and without policy,
// consent and audit. Both look up who asks by their token.

const [dataDir = '', databaseUrl = ''] = process.argv.slice(2);
const database = await openDatabase({ databaseUrl: databaseUrl === '' ? undefined : databaseUrl, dataDir });
await migrate(database);
const policy = readPolicy(dataDir);

const looker = { patient: person, user: reader.user, from: 'emis', grant: 'bench' };
const records = new AuthRecords(database);
const guarded = async (): Promise<Reader> => {
  const found = await records.findReading('bench');
  if (found === undefined) throw new Error('the token of the bench is not known');
  return { ...reader, access: decideAccess(policy, factsOf(looker, found.facts)) };
};
/** Whoever reads is given whatever is not deleted. */
const open: Reader = { ...reader, access: { ...reader.access, denied: deletedBit, unsaid: deletedBit } };
/** The same token and its authorization, and nothing of what access is decided from. */
const unguarded = async (): Promise<Reader> => {
  const found = await database.query(
    `select one.payload, other.payload as authorized, other.last_used
     from auth_record one join auth_record other on other.grant_id = one.grant_id and other.kind = 'Authorization'
     where one.kind = 'AccessToken' and one.key = $1 and one.expires_at > $2 and other.expires_at > $2`,
    [createHash('sha256').update('bench').digest('base64url'), new Date().toISOString()],
  );
  if (found.length !== 1) throw new Error('the token of the bench is not known');
  return open;
};

/** The same statements, except that no line is written: what would be inserted is left unread. */
const withoutAudit: Database = {
  ...database,
  engine: database.engine,
  query: (text, values) => database.query(text.replace(/insert into audit \([^)]*\) select/, 'select'), values),
  script: (text) => database.script(text),
  transaction: (work) => database.transaction(work),
  close: () => database.close(),
};

async function serve(store: Database, readerOf: () => Promise<Reader>): Promise<string> {
  const app = fastify();
  await app.register(fhirPlugin, {
    prefix: '/fhir',
    database: store,
    base: 'http://bench.example/fhir',
    readerOf,
    smartConfiguration: () => ({}),
    allowedOrigins: [],
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

/** A person with 120 visits, what one reader needs to see them, and choices that keep something from others. */
async function addPerson(): Promise<void> {
  await database.query('insert into person (id) values ($1)', [person]);
  await database.query(`insert into source_patient (source, local_id, person, content, received)
    values ('emis', 'bench', '${person}', '{}', now())`);
  await addGrounds(`select '${person}'`, looker.user.id);
  const lasting = { expiresAt: Date.now() + 3_600_000, grant: looker.grant };
  await records.put('AccessToken', 'bench', { grantId: looker.grant, scope: 'patient/*.rs' }, lasting);
  await records.put('Authorization', looker.grant, { client: 'bench', ...looker }, lasting);
  await upsertRows(
    database,
    Array.from({ length: 120 }, (_, place) => {
      const resource = visit(place);
      return {
        patient: person,
        type: 'Encounter' as const,
        id: resource.id ?? '',
        source: 'emis',
        origin: 'emis|bench',
        mask: 0,
        search: searchValuesOf(resource),
        content: JSON.stringify(resource),
      };
    }),
  );
}

/** For each person of a query: a ground, two choices and a sealed item. */
async function addGrounds(people: string, user: string): Promise<void> {
  await database.script(`
    insert into relationship (patient, user_id, user_name, user_role, organisation, ground, opened_from)
      select p, '${user}', 'Bench', 'R0260', '${looker.user.organisation}', 'system', 'emis' from (${people}) as one(p);
    insert into choice (patient, consent, place, to_organisation, kind)
      select p, 'c1', place, 'RKE', (array['mental', 'sexual'])[place] from (${people}) as one(p), generate_series(1, 2) as place;
    insert into sealed_item (patient, type, id, consent) select p, 'Encounter', 'none', 'c2' from (${people}) as one(p);
    analyze relationship; analyze choice; analyze sealed_item; analyze resource`);
}

function visit(place: number): Encounter {
  const day = new Date(Date.UTC(2026, 10, 20) - place * 86_400_000).toISOString();
  return {
    resourceType: 'Encounter',
    id: `visit-${place}`,
    identifier: [{ system: 'https://bench.example/visits', value: `${place}` }],
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    type: [{ coding: [{ system: 'http://snomed.info/sct', code: '185317003', display: 'Telephone encounter' }] }],
    subject: { reference: `Patient/${person}` },
    period: { start: day, end: day },
    reasonCode: [{ text: 'Review of long-term conditions, medicines and blood pressure' }],
  };
}

process.on('message', (people: number) => {
  void addGrounds(`select 'person-' || n from generate_series(1, ${people}) as n`, 'somebody').then(() =>
    process.send?.('added'),
  );
});
process.on('disconnect', () => process.exit(0));
await addPerson();
process.send?.({
  guarded: await serve(database, guarded),
  bare: await serve(withoutAudit, unguarded),
});
