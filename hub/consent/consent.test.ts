import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Bundle, Consent, FhirResource, OperationOutcome } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { consentOf, type OwnChoice } from '../../fhir/own-choice.ts';
import { odsSystem } from '../../fhir/systems.ts';
import { labelBits } from '../access/labels.ts';
import { decideAccess } from '../access/policy/decide-access.ts';
import { keepSystemGround } from '../access/relationship/keep.ts';
import { readFacts } from '../access/read-facts.ts';
import type { Reader } from '../access/reader.ts';
import { usualPolicy } from '../access/testing.ts';
import type { Database } from '../store/database.ts';
import { eachEngine } from '../store/testing.ts';
import { listed, personA, personB, put, searched, startHub } from '../fhir/testing-hub.ts';

// Two practices and a hospital look at one record; the person decides what each of them is given.
const readers: Record<string, { patient: string; user: Reader['user']; from: string }> = {
  person: {
    patient: personA,
    user: { id: personA, name: 'Florence', role: 'person', organisation: '' },
    from: 'person',
  },
  gp: { patient: personA, user: { id: 'gp', name: 'Dr Byrne', role: 'R0260', organisation: 'F83063' }, from: 'emis' },
  ward: {
    patient: personA,
    user: { id: 'rn', name: 'Sam Okafor', role: 'R8001', organisation: 'RKE' },
    from: 'system-c',
  },
};

const readerFor =
  (db: () => Database) =>
  async (token: string): Promise<Reader | undefined> => {
    const known = readers[token];
    if (known === undefined) return undefined;
    const access = decideAccess(usualPolicy, await readFacts(db(), { ...known, grant: `grant-${token}` }));
    const scopes: Reader['scopes'] = [{ context: 'patient', type: '*', actions: 'cruds' }];
    return {
      ...known,
      client: 'care-timeline',
      grant: `grant-${token}`,
      scopes,
      purpose: 'TREAT',
      reason: undefined,
      access,
    };
  };

const subject = { reference: `Patient/${personA}` };
const at = '2026-11-22T09:00:00Z';
const chosen = (choice: OwnChoice, names = {}): Consent => consentOf(subject.reference, choice, at, names);

eachEngine('the choices of a person', ({ db }) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await startHub(db(), [], readerFor(db));
    for (const [id, number] of [
      [personA, '9990000018'],
      [personB, '9990000026'],
    ]) {
      await db().query('insert into person (id, nhs_number) values ($1, $2)', [id, number]);
    }
    for (const source of ['emis', 'system-c']) {
      await db().query(
        `insert into source_patient (source, local_id, person, content, received) values ($1, $2, $3, '{}', now())`,
        [source, 'p', personA],
      );
    }
    // The practice and the hospital have the person as their own.
    for (const reader of [readers['gp'], readers['ward']]) await keepSystemGround(db(), reader!);
    const visit = (id: string): FhirResource => ({
      resourceType: 'Encounter',
      id,
      status: 'finished',
      class: { code: 'AMB' },
      subject,
    });
    const psychiatry = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' }] };
    await put(db(), personA, [
      { resourceType: 'Organization', id: 'trust', identifier: [{ system: odsSystem, value: 'RKE' }] },
      visit('clinic'),
      visit('fracture'),
      {
        resourceType: 'DocumentReference',
        id: 'letter',
        status: 'current',
        subject,
        content: [{ attachment: { title: 'Clinic letter' } }],
        context: { encounter: [{ reference: 'Encounter/clinic' }] },
      },
    ]);
    await put(db(), personA, [{ ...visit('therapy'), meta: psychiatry }], labelBits.mental);
    await put(db(), personB, [{ ...visit('hers'), subject: { reference: `Patient/${personB}` } } as FhirResource]);
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    for (const { resource } of (await searched(app, 'Consent', 'person')).entry ?? []) {
      if (resource?.resourceType === 'Consent') await send('DELETE', `Consent/${resource.id}`);
    }
  });

  const send = (
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    token = 'person',
  ): Promise<LightMyRequestResponse> =>
    app.inject({
      method,
      url: `/fhir/${path}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
  const keep = async (choice: OwnChoice): Promise<Consent> => {
    const answer = await send('POST', 'Consent', chosen(choice));
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<Consent>();
  };
  const visits = async (token: string) => listed(await searched(app, 'Encounter?_sort=-date', token)).toSorted();
  const letters = async (token: string) => listed(await searched(app, 'DocumentReference', token));
  const told = (bundle: Bundle) =>
    JSON.stringify((bundle.entry ?? []).filter(({ search }) => search?.mode === 'outcome')).includes('suppressed');
  const words = (answer: LightMyRequestResponse) => answer.json<OperationOutcome>().issue[0]?.details?.text;
  const kept = () => db().query('select to_organisation, from_source, kind from choice where patient = $1', [personA]);
  const all = ['Encounter/clinic', 'Encounter/fracture', 'Encounter/therapy'];

  it('of one kind for one hospital: its ward no longer sees it and is told that something is withheld, the practice does', async () => {
    expect(await visits('ward')).toEqual(all);
    const consent = await keep({ kind: 'mental', toOrganisation: 'RKE' });
    expect(await visits('ward')).toEqual(['Encounter/clinic', 'Encounter/fracture']);
    expect(told(await searched(app, 'Condition', 'ward'))).toBe(true);
    expect(await visits('gp')).toEqual(all);
    expect(await visits('person')).toEqual(all);
    expect((await send('DELETE', `Consent/${consent.id}`)).statusCode).toBeLessThan(300);
    expect(await visits('ward')).toEqual(all);
  });

  it('wholly: nobody is given more than who the person is, and the person still sees it all', async () => {
    const consent = await keep({});
    for (const token of ['ward', 'gp']) expect(await visits(token)).toEqual([]);
    expect(told(await searched(app, 'Encounter', 'gp'))).toBe(true);
    expect(await visits('person')).toEqual(all);
    const inactive = { ...consent, status: 'inactive' };
    expect((await send('PUT', `Consent/${consent.id}`, inactive)).statusCode).toBe(200);
    expect(await visits('gp')).toEqual(all);
    expect(await kept()).toEqual([]);
  });

  it('of a single item: it and the letter linked to it are kept from everybody, and come back when it is undone', async () => {
    const consent = await keep({ items: ['Encounter/clinic'] });
    for (const token of ['ward', 'gp']) {
      expect(await visits(token)).toEqual(['Encounter/fracture', 'Encounter/therapy']);
      expect(await letters(token)).toEqual([]);
      expect(told(await searched(app, 'Task', token))).toBe(true);
    }
    expect([await visits('person'), await letters('person')]).toEqual([all, ['DocumentReference/letter']]);
    expect((await send('DELETE', `Consent/${consent.id}`)).statusCode).toBeLessThan(300);
    for (const token of ['ward', 'gp'])
      expect([await visits(token), await letters(token)]).toEqual([all, ['DocumentReference/letter']]);
  });

  it('hold for their time and no longer', async () => {
    const consent = chosen({ kind: 'mental' });
    const until = (end: string) => ({ ...consent, provision: { ...consent.provision, period: { end } } });
    await send('POST', 'Consent', until('2020-12-31'));
    expect(await visits('gp')).toEqual(all);
    await send('POST', 'Consent', until('2999-12-31'));
    expect(await visits('gp')).toEqual(['Encounter/clinic', 'Encounter/fracture']);
  });

  it('are all there where one is changed for another, and leave their history', async () => {
    const consent = await keep({ kind: 'mental' });
    const changed = { ...chosen({ toOrganisation: 'RKE', kind: 'sexual' }), id: consent.id };
    expect((await send('PUT', `Consent/${consent.id}`, changed)).statusCode).toBe(200);
    expect(await kept()).toEqual([{ to_organisation: 'RKE', from_source: null, kind: 'sexual' }]);
    const history = await searched(app, `Consent/${consent.id}/_history`, 'person');
    expect(history.entry).toHaveLength(2);
  });

  it('are the person’s alone to read: to others they are not there, nor said to be withheld', async () => {
    const consent = await keep({ kind: 'sexual' });
    expect(listed(await searched(app, 'Consent', 'person'))).toEqual([`Consent/${consent.id}`]);
    for (const path of [
      `Consent/${consent.id}`,
      `Consent/${consent.id}/_history`,
      `Consent/${consent.id}/_history/1`,
    ]) {
      const answer = await app.inject({ url: `/fhir/${path}`, headers: { authorization: 'Bearer gp' } });
      expect([answer.statusCode, answer.body.includes('sexual')]).toEqual([404, false]);
    }
    const seen = await searched(app, 'Consent', 'gp');
    expect([listed(seen), told(seen)]).toEqual([[], false]);
  });

  describe('are refused, and nothing is kept,', () => {
    it('to anybody but the person, whatever their app may do', async () => {
      const consent = await keep({ kind: 'mental' });
      for (const [method, path, body] of [
        ['POST', 'Consent', chosen({})],
        ['PUT', `Consent/${consent.id}`, { ...consent, status: 'inactive' }],
        ['DELETE', `Consent/${consent.id}`, undefined],
      ] as const) {
        const answer = await send(method, path, body, 'gp');
        expect([answer.statusCode, words(answer)]).toEqual([403, expect.stringContaining('decided by the person')]);
      }
      expect(await kept()).toHaveLength(1);
    });

    it('where a source told of a consent: that stays the source’s, and nothing here goes by it', async () => {
      await put(db(), personA, [{ ...chosen({}), id: 'gp-consent' }]);
      const answer = await send('DELETE', 'Consent/gp-consent');
      expect([answer.statusCode, words(answer)]).toEqual([403, expect.stringContaining('GP records')]);
      expect([await kept(), await visits('gp')]).toEqual([[], all]);
      await db().query(`delete from resource where id = 'gp-consent'`);
    });

    it('where they name another person’s item, or one that is not there: in the same words', async () => {
      const answers = [
        await send('POST', 'Consent', chosen({ items: ['Encounter/hers'] })),
        await send('POST', 'Consent', chosen({ items: ['Encounter/nowhere'] })),
      ];
      const refused = [422, 'It refers to something that is not in the record of this person here.'];
      expect(answers.map((answer) => [answer.statusCode, words(answer)])).toEqual([refused, refused]);
    });

    it.each<[string, object, RegExp]>([
      ['for another person', { patient: { reference: `Patient/${personB}` } }, /another person/],
      ['as something that the hub does not keep to', { provision: { type: 'permit' } }, /to be a deny/],
      ['of an organisation nobody knows', chosen({ toOrganisation: 'RKEE' }), /hold for nobody/],
      ['of a source nobody knows', chosen({ fromSource: 'rio' }), /a source that this hub has not/],
      ['of who the person is', chosen({ items: [subject.reference] }), /no item of a record/],
      ['with a label of their own', { meta: { security: [{ code: 'V' }] } }, /restricting label/],
      ['without being sound', { status: 'perhaps' }, /Consent\.status/],
    ])('%s', async (_why, parts, why) => {
      const answer = await send('POST', 'Consent', { ...chosen({}), ...parts });
      expect([answer.statusCode, words(answer)]).toEqual([422, expect.stringMatching(why)]);
      expect(await kept()).toEqual([]);
      expect(listed(await searched(app, 'Consent', 'person'))).toEqual([]);
    });
  });

  it('made and changed are lines of the audit', async () => {
    const consent = await keep({ kind: 'mental' });
    const lines = await db().query(`select user_role, action from audit where patient = $1 and $2 = any(ids)`, [
      personA,
      `Consent/${consent.id}`,
    ]);
    expect(lines).toEqual([{ user_role: 'person', action: 'create' }]);
  });
});
