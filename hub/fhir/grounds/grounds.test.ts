import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import type { Bundle, Parameters } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { labelBits } from '../../access/labels.ts';
import { decideAccess } from '../../access/policy/decide-access.ts';
import { readFacts } from '../../access/read-facts.ts';
import type { Reader } from '../../access/reader.ts';
import { keepSystemGround } from '../../access/relationship/keep.ts';
import { offersTo } from '../../access/relationship/offers.ts';
import { usualPolicy } from '../../access/testing.ts';
import { eachEngine } from '../../store/testing.ts';
import { fhirPlugin } from '../plugin.ts';
import { base, listed, put } from '../testing-hub.ts';

// A ward nurse, a social worker, a receptionist and the person herself, each with a token that is their name.
const staff = {
  nurse: { id: '555000000003', name: 'Nadia Karim', role: 'R8001', organisation: 'RKE' },
  social: { id: 'sofia', name: 'Ms Sofia Yilmaz', role: 'R1330', organisation: '706' },
  reception: { id: '555000000009', name: 'Ray Day', role: 'R1730', organisation: 'RKE' },
  person: { id: 'ann', name: 'Ann Lark', role: 'person', organisation: '' },
  'no-reading': { id: '555000000003', name: 'Nadia Karim', role: 'R8001', organisation: 'RKE' },
  'other-app': { id: '555000000003', name: 'Nadia Karim', role: 'R8001', organisation: 'RKE' },
};
const fromOf = {
  nurse: 'system-c',
  social: 'liquidlogic',
  reception: 'intranet',
  person: 'person',
  'no-reading': 'emis',
  'other-app': 'system-c',
};
type Who = keyof typeof staff;

eachEngine('what a reader is told of their own access, and does about it', ({ db }) => {
  let app: FastifyInstance;
  let ann = '';
  let signedOnAt = 0;
  let grant = '';
  const readerOf = async (token: string): Promise<Reader> => {
    const [user, from] = [staff[token as Who], fromOf[token as Who]];
    const facts = await readFacts(db(), { patient: ann, user, from, grant });
    const access = decideAccess(usualPolicy, facts);
    return {
      client: 'care-timeline',
      grant,
      user,
      patient: ann,
      scopes: [{ context: 'patient', type: '*', actions: token === 'no-reading' ? 'c' : 'rs' }],
      purpose: access.brokeGlass ? 'BTG' : 'TREAT',
      from,
      reason: undefined,
      access,
      ...(token === 'other-app' ? {} : { offers: offersTo(usualPolicy, { role: user.role, from }) }),
      signedOnAt,
    };
  };
  beforeAll(async () => {
    app = fastify();
    await app.register(fhirPlugin, {
      prefix: '/fhir',
      database: db(),
      base,
      readerOf,
      smartConfiguration: () => ({}),
      allowedOrigins: [],
    });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    [ann, grant, signedOnAt] = [randomUUID(), randomUUID(), Date.now()];
    const visit = (id: string) => ({
      resourceType: 'Encounter' as const,
      id,
      status: 'finished' as const,
      class: { code: 'AMB' },
      subject: { reference: `Patient/${ann}` },
    });
    await put(db(), ann, [{ resourceType: 'Patient', id: ann }, visit('open')]);
    await put(db(), ann, [visit('sealed')], labelBits.sealed);
  });

  const ask = (who: Who, path: string) =>
    app.inject({ method: 'GET', url: `/fhir/${path}`, headers: { authorization: `Bearer ${who}` } });
  const act = (who: Who, operation: string, given: Record<string, string> | undefined, id = ann) =>
    app.inject({
      method: 'POST',
      url: `/fhir/Patient/${id}/$${operation}`,
      headers: {
        authorization: `Bearer ${who}`,
        ...(given === undefined ? {} : { 'content-type': 'application/fhir+json' }),
      },
      ...(given === undefined ? {} : { payload: JSON.stringify(parametersOf(given)) }),
    });
  const told = async (who: Who): Promise<Record<string, unknown>> => {
    const { parameter = [] } = (await ask(who, `Patient/${ann}/$access`)).json<Parameters>();
    return Object.fromEntries(
      parameter.map(({ name, part, ...value }) => [name, part === undefined ? Object.values(value)[0] : true]),
    );
  };
  const visits = async (who: Who) => listed((await ask(who, 'Encounter')).json<Bundle>()).toSorted();
  const audited = (action: string) =>
    db().query<Record<string, unknown>>(
      'select user_name, outcome, detail, reason, purpose from audit where patient = $1 and action = $2',
      [ann, action],
    );

  it('nobody without a ground reads more than who the person is; who says why reads the record, from then on, for two years', async () => {
    expect(await told('nurse')).toMatchObject({ ground: 'none', shows: 'person', withheld: 'some', mayDeclare: true });
    // Asking is a look at the record, too.
    expect(await audited('access')).toMatchObject([{ user_name: 'Nadia Karim', outcome: 'served', purpose: 'TREAT' }]);
    expect(await visits('nurse')).toEqual([]);

    const answer = await act('nurse', 'declare-relationship', { ground: 'absent', reason: 'Discharge planning' });
    expect(answer.statusCode, answer.body).toBe(200);
    const now = await told('nurse');
    expect(now).toMatchObject({ ground: 'absent', reason: 'Discharge planning', revocable: true, shows: 'record' });
    expect(Date.parse(String(now['until'])) - Date.parse(String(now['since']))).toBeGreaterThan(729 * 86_400_000);
    expect(await visits('nurse')).toEqual(['Encounter/open']);
    const line = { user_name: 'Nadia Karim', outcome: 'served', detail: 'absent' };
    expect(await audited('declare-relationship')).toMatchObject([
      { ...line, reason: 'The person is not here: Discharge planning' },
    ]);
  });

  it('who ends what they declared reads no more, at once', async () => {
    await act('nurse', 'declare-relationship', { ground: 'agrees' });
    expect(await visits('nurse')).toEqual(['Encounter/open']);
    expect((await act('nurse', 'revoke-relationship', undefined)).statusCode).toBe(200);
    expect(await visits('nurse')).toEqual([]);
    expect(await told('nurse')).toMatchObject({ ground: 'none', revocable: false });
    const again = await act('nurse', 'revoke-relationship', {});
    expect([again.statusCode, again.body.includes('Nothing that you declared')]).toEqual([422, true]);
    expect((await audited('revoke-relationship')).map(({ outcome }) => outcome)).toEqual(['served', 'refused']);
  });

  it('who ends their ground after breaking the glass reads no more either, and that it was broken is kept', async () => {
    await act('nurse', 'declare-relationship', { ground: 'cannot' });
    await act('nurse', 'break-glass', { code: 'vital-interest', reason: 'Unconscious on arrival' });
    expect(await visits('nurse')).toEqual(['Encounter/open', 'Encounter/sealed']);
    await act('nurse', 'revoke-relationship', {});
    expect(await visits('nurse')).toEqual([]);
    expect(await db().query('select reason_code from break_glass where patient = $1', [ann])).toHaveLength(1);
  });

  it('a system’s own ground is not for the reader to end', async () => {
    await db().query(
      `insert into source_patient (source, local_id, person, content, received) values ('system-c', $1, $1, '{}', now())`,
      [ann],
    );
    await keepSystemGround(db(), { patient: ann, user: staff.nurse, from: 'system-c' });
    expect(await told('nurse')).toMatchObject({ ground: 'system', revocable: false, shows: 'record' });
    expect((await act('nurse', 'revoke-relationship', {})).statusCode).toBe(422);
    expect(await visits('nurse')).toEqual(['Encounter/open']);
  });

  it('broken glass opens what was sealed, for this visit alone, and every read says so', async () => {
    await act('nurse', 'declare-relationship', { ground: 'cannot' });
    expect(await told('nurse')).toMatchObject({ withheld: 'some', mayBreakGlass: true });
    const why = { code: 'vital-interest', reason: 'Unconscious, brought in by ambulance' };
    const answer = await act('nurse', 'break-glass', why);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(await visits('nurse')).toEqual(['Encounter/open', 'Encounter/sealed']);
    const now = await told('nurse');
    expect(now).toMatchObject({ brokeGlass: true, withheld: 'none' });
    expect(now).not.toHaveProperty('mayBreakGlass');
    const reads = await audited('search');
    expect(reads.at(-1)).toMatchObject({ purpose: 'BTG' });
    expect(await audited('break-glass')).toMatchObject([
      { user_name: 'Nadia Karim', outcome: 'served', purpose: 'BTG', detail: 'vital-interest', reason: why.reason },
    ]);
    const kept = await db().query('select reason_code, reason, reviewed from break_glass where patient = $1', [ann]);
    expect(kept).toEqual([{ reason_code: 'vital-interest', reason: why.reason, reviewed: null }]);

    expect((await act('nurse', 'break-glass', why)).statusCode).toBe(409);
    grant = randomUUID();
    expect(await visits('nurse')).toEqual(['Encounter/open']);
  });

  it('five minutes after the sign-on the glass stays whole: the hub asks for a fresh one (RFC 9470)', async () => {
    await act('nurse', 'declare-relationship', { ground: 'cannot' });
    signedOnAt = Date.now() - 301_000;
    const answer = await act('nurse', 'break-glass', { code: 'vital-interest', reason: 'Unconscious on arrival' });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/error="insufficient_user_authentication".*max_age=300/);
    expect(answer.body).toContain('Open it again from your clinical system first.');
    expect(await visits('nurse')).toEqual(['Encounter/open']);
    expect(await audited('break-glass')).toMatchObject([{ outcome: 'refused' }]);
    expect(await db().query('select 1 from break_glass where patient = $1', [ann])).toEqual([]);
  });

  it.each<[Who, string, Record<string, string>, number, string]>([
    ['reception', 'declare-relationship', { ground: 'agrees' }, 403, 'In your role'],
    ['reception', 'break-glass', { code: 'law', reason: 'A court has asked for it' }, 403, 'in your role'],
    ['person', 'declare-relationship', { ground: 'agrees' }, 403, 'In your role'],
    ['person', 'break-glass', { code: 'law', reason: 'It is my own record' }, 403, 'in your role'],
    ['nurse', 'break-glass', { code: 'law', reason: 'A court has asked for it' }, 422, 'on what ground'],
    ['nurse', 'break-glass', { code: 'curious', reason: 'I would like to know' }, 400, 'The parameter code'],
    ['nurse', 'break-glass', { code: 'law', reason: ' court   ' }, 400, 'Say in your own words'],
    ['nurse', 'declare-relationship', { ground: 'system' }, 400, 'The parameter ground'],
    ['nurse', 'declare-relationship', { ground: 'absent' }, 400, 'Say in a few words'],
    ['nurse', 'declare-relationship', { ground: 'agrees', until: 'for ever' }, 400, 'is not supported here'],
    ['no-reading', 'declare-relationship', { ground: 'agrees' }, 403, 'permission to read'],
    ['other-app', 'declare-relationship', { ground: 'agrees' }, 403, 'This app is not registered'],
    [
      'other-app',
      'break-glass',
      { code: 'law', reason: 'A court has asked for it' },
      403,
      'This app is not registered',
    ],
  ])('%s: $%s with %o is refused with %i, in words, and written', async (who, operation, given, status, words) => {
    const answer = await act(who, operation, given);
    expect([answer.statusCode, answer.body]).toEqual([status, expect.stringContaining(words)]);
    expect(await audited(operation)).toMatchObject([{ user_name: staff[who].name, outcome: 'refused' }]);
    expect(await db().query('select 1 from relationship where patient = $1', [ann])).toEqual([]);
  });

  it('of another person nothing can be asked, declared or opened: they are not found', async () => {
    const other = randomUUID();
    expect((await ask('nurse', `Patient/${other}/$access`)).statusCode).toBe(404);
    expect((await act('nurse', 'declare-relationship', { ground: 'agrees' }, other)).statusCode).toBe(404);
    expect((await act('nurse', 'break-glass', { code: 'law', reason: 'A court asks for it' }, other)).statusCode).toBe(
      404,
    );
    expect(await db().query('select 1 from relationship where patient = $1', [other])).toEqual([]);
  });

  it('takes what is Parameters, each once and of its type, by the method it is for', async () => {
    const send = (body: unknown, type = 'application/fhir+json') =>
      app.inject({
        method: 'POST',
        url: `/fhir/Patient/${ann}/$declare-relationship`,
        headers: { authorization: 'Bearer nurse', 'content-type': type },
        payload: JSON.stringify(body),
      });
    const ground = { name: 'ground', valueCode: 'agrees' };
    for (const body of [
      {},
      [],
      { resourceType: 'Patient' },
      { resourceType: 'Parameters', parameter: {} },
      { resourceType: 'Parameters', parameter: [ground, ground] },
      { resourceType: 'Parameters', parameter: [{ name: 'ground', valueString: 'agrees' }] },
      { resourceType: 'Parameters', parameter: [{ ...ground, part: [] }] },
      { resourceType: 'Parameters', parameter: [{ name: 'toString', valueCode: 'agrees' }] },
    ]) {
      expect((await send(body)).statusCode).toBe(400);
    }
    expect((await send(parametersOf({ ground: 'agrees' }), 'application/x-www-form-urlencoded')).statusCode).toBe(415);
    expect((await ask('nurse', `Patient/${ann}/$declare-relationship`)).statusCode).toBe(405);
    expect((await ask('nurse', `Patient/${ann}/$access?ground=agrees`)).statusCode).toBe(400);
    expect((await act('nurse', 'access', {})).statusCode).toBe(405);
  });
});

function parametersOf({ ground, code, ...words }: Record<string, string>): Parameters {
  const coded = Object.entries({ ground, code }).flatMap(([name, valueCode]) =>
    valueCode === undefined ? [] : [{ name, valueCode }],
  );
  const said = Object.entries(words).map(([name, valueString]) => ({ name, valueString }));
  return { resourceType: 'Parameters', parameter: [...coded, ...said] };
}
