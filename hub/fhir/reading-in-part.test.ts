import type { FastifyInstance } from 'fastify';
import type { Bundle, Encounter, Observation, OperationOutcome } from 'fhir/r4';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../store/testing.ts';
import { get, listed, personA, personB, put, searched, startHub } from './testing-hub.ts';

eachEngine('an app that was given a part of a type, by the query of its scope', ({ db }) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await startHub(db());
    const observation = (id: string, patient: string, category: string): Observation => ({
      resourceType: 'Observation',
      id,
      status: 'final',
      category: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] },
      ],
      code: { text: 'x' },
      subject: { reference: `Patient/${patient}` },
      encounter: { reference: 'Encounter/visit' },
    });
    const visit: Encounter = {
      resourceType: 'Encounter',
      id: 'visit',
      status: 'finished',
      class: { code: 'AMB' },
      subject: { reference: `Patient/${personA}` },
    };
    await put(db(), personA, [
      visit,
      observation('pulse', personA, 'vital-signs'),
      observation('drinking', personA, 'social-history'),
    ]);
    await put(db(), personB, [observation('pulse-b', personB, 'vital-signs')]);
  });
  afterAll(() => app.close());

  const token = 'a-vital-signs';
  const words = (bundle: Bundle) =>
    (bundle.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'OperationOutcome'
        ? (resource as OperationOutcome).issue.map(({ details }) => details?.text)
        : [],
    );
  const said = 'Shown in part, because the app was given the permission for that part alone: Observation.';

  it('finds that part by every search, and is told that it is one', async () => {
    for (const query of [
      '',
      '?category=social-history',
      '?_id=drinking,pulse',
      '?_total=accurate',
      '?encounter=visit',
    ]) {
      const bundle = await searched(app, `Observation${query}`, token);
      expect(listed(bundle)).toEqual(query.includes('social') ? [] : ['Observation/pulse']);
      expect(bundle.total).toBe(query.includes('_total') ? 1 : undefined);
      expect(words(bundle)).toContain(said);
    }
    const count = await searched(app, 'Observation?_summary=count', token);
    expect([count.total, words(count).includes(said)]).toEqual([1, true]);
    expect(words(await searched(app, 'Encounter', token))).not.toContain(said);
    expect(words(await searched(app, 'Observation'))).not.toContain(said);
  });

  it('gets the rest by no other way: read, history, beside a visit, as a whole, or in a Bundle', async () => {
    expect((await get(app, 'Observation/pulse', token)).status).toBe(200);
    for (const path of ['Observation/drinking', 'Observation/drinking/_history', 'Observation/drinking/_history/1']) {
      expect((await get(app, path, token)).status).toBe(404);
    }
    expect((await get(app, 'Observation/_history', token)).text).not.toContain('drinking');
    const beside = await searched(app, 'Encounter?_revinclude=Observation:encounter', token);
    expect([listed(beside, 'include'), words(beside).includes(said)]).toEqual([['Observation/pulse'], true]);
    const whole = await get(app, `Patient/${personA}/$everything?_type=Observation,Encounter`, token);
    expect(whole.text).toContain('Observation/pulse');
    expect(whole.text).toContain(said);
    expect(whole.text).not.toContain('drinking');
    for (const type of ['batch', 'transaction']) {
      const entry = [{ request: { method: 'GET', url: 'Observation' } }];
      const answer = await app.inject({
        method: 'POST',
        url: '/fhir',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
        payload: JSON.stringify({ resourceType: 'Bundle', type, entry }),
      });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('Observation/pulse');
      expect(answer.body).not.toContain('drinking');
    }
  });
});
