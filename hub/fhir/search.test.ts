import type { FastifyInstance } from 'fastify';
import type { Bundle, Encounter, FhirResource } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { setSourceState } from '../store/sources.ts';
import { eachEngine } from '../store/testing.ts';
import { capabilityOf } from './capabilities.ts';
import { withheldNotice } from './source-outcomes.ts';
import { examples } from './test-resources.ts';
import { base, get, listed, nextOf, personA, personB, put, searched, startHub } from './testing-hub.ts';
import { validateStructure } from './validate.ts';

const all = examples(personA);

function visit(id: string, start: string | undefined, more: Partial<Encounter> = {}): Encounter {
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: `Patient/${personB}` },
    ...(start === undefined ? {} : { period: { start, end: start } }),
    ...more,
  };
}

/** A resource that says nothing. */
function bare(type: ResourceType): FhirResource {
  return { resourceType: type, id: 'z' } as FhirResource;
}

function issues(bundle: Bundle): unknown[] {
  return (bundle.entry ?? []).filter(({ search }) => search?.mode === 'outcome').map(({ resource }) => resource);
}

/** Every page of a search. */
async function pages(
  app: FastifyInstance,
  path: string,
  token: string,
  between?: () => Promise<void>,
): Promise<string[][]> {
  const found: string[][] = [];
  for (let next: string | undefined = path; next !== undefined; await between?.()) {
    const bundle: Bundle = await searched(app, next, token);
    found.push(listed(bundle));
    next = nextOf(bundle);
  }
  return found;
}

eachEngine('searching', ({ db }) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await startHub(db());
    const stock = Object.values(all).flatMap(({ resource, another }) => [
      resource,
      ...(another === undefined ? [] : [another]),
    ]);
    await put(db(), personA, [...stock, ...resourceTypes.map(bare)]);
  });
  afterAll(() => app.close());

  describe('every advertised parameter finds its example, and only that', () => {
    const stored = resourceTypes.filter((type) => type !== 'Endpoint' && type !== 'AuditEvent');

    it.each(stored)('%s', async (type) => {
      const { resource, another, finds } = all[type];
      expect([...validateStructure(resource), ...(another === undefined ? [] : validateStructure(another))]).toEqual(
        [],
      );
      const { parameters, sorts } = capabilityOf(type);
      // The example, and one that has nothing to be found by: a parameter that were ignored would find both.
      const stock = [resource, ...(another === undefined ? [] : [another]), bare(type)];
      const values: Record<string, string> = { ...finds, _id: resource.id!, _lastUpdated: 'ge2020' };
      expect(Object.keys(values).toSorted()).toEqual([...parameters.keys()].toSorted());
      for (const { name, kind } of parameters.values()) {
        const found = listed(await searched(app, `${type}?${name}=${encodeURIComponent(values[name]!)}`));
        const every = kind === 'person' || name === '_lastUpdated';
        expect([name, found.length]).toEqual([name, every ? stock.length : 1]);
      }
      for (const key of sorts.keys()) {
        expect(listed(await searched(app, `${type}?_sort=-${key}`))).toHaveLength(stock.length);
      }
    });

    it('Endpoint, answered from the sources', async () => {
      await setSourceState(db(), {
        source: 'emis',
        status: 'ok',
        name: 'GP records',
        asAt: '2026-11-22T08:00:00.000Z',
      });
      const whole = await searched(app, 'Endpoint');
      expect(whole.entry?.map(({ resource }) => validateStructure(resource))).toEqual([[]]);
      const id = whole.entry![0]!.resource!.id!;
      const values: Record<string, string> = {
        _id: id,
        identifier: 'https://fhir.interweavedigital.nhs.uk/Source|emis',
        status: 'active',
        'connection-type': 'hl7-fhir-rest',
      };
      expect(Object.keys(values)).toEqual([...capabilityOf('Endpoint').parameters.keys()]);
      for (const [name, value] of Object.entries(values)) {
        expect(listed(await searched(app, `Endpoint?${name}=${encodeURIComponent(value)}`))).toEqual([
          `Endpoint/${id}`,
        ]);
        expect(listed(await searched(app, `Endpoint?${name}=other`))).toEqual([]);
      }
      expect((await get(app, `Endpoint/${id}`)).status).toBe(200);
    });
  });

  it.each([
    'Encounter?patient=ID&_sort=-date&_include=Encounter:location&_include=Encounter:service-provider&_include=Encounter:participant&_include=Encounter:practitioner&_include=Encounter:episode-of-care&_count=100',
    'Appointment?patient=ID&_sort=-date&_include=Appointment:location&_include=Appointment:practitioner&_count=100',
    'ServiceRequest?patient=ID&_sort=-occurrence',
    'Task?patient=ID&_sort=-period',
    'EpisodeOfCare?patient=ID&_sort=-date',
    'Observation?patient=ID&performer=Patient%2FID&_sort=-date&_count=100',
    ...['AllergyIntolerance', 'Flag', 'Condition', 'CarePlan', 'CareTeam', 'Consent', 'List'].map(
      (type) => `${type}?patient=ID`,
    ),
    ...['Condition', 'DiagnosticReport', 'Observation', 'DocumentReference', 'Procedure', 'Immunization'].map(
      (type) => `${type}?patient=ID&encounter=x`,
    ),
    'Observation?_id=x,y',
  ])("serves the timeline's own search %s", async (path) => {
    const bundle = await searched(app, path.replaceAll('ID', personA));
    expect(listed(bundle)).toContain(`${path.split('?')[0]}/x`);
    expect(nextOf(bundle)).toBeUndefined();
  });

  it('tells letters and reports that belong to an encounter from those that do not', async () => {
    const { encounter: _, ...context } = { encounter: [], period: { start: '2026-01-01' } };
    await put(db(), personB, [
      { resourceType: 'DocumentReference', id: 'loose', status: 'current', content: [{ attachment: {} }], context },
      {
        resourceType: 'DocumentReference',
        id: 'bound',
        status: 'current',
        content: [{ attachment: {} }],
        context: { encounter: [{ reference: 'Encounter/v1' }] },
      },
      { resourceType: 'DiagnosticReport', id: 'loose', status: 'final', code: { text: 'Blood' } },
    ]);
    const letters = (value: string) =>
      searched(app, `DocumentReference?patient=${personB}&encounter:missing=${value}`, 'b-all');
    expect(listed(await letters('true'))).toEqual(['DocumentReference/loose']);
    expect(listed(await letters('false'))).toEqual(['DocumentReference/bound']);
    expect(listed(await searched(app, 'DiagnosticReport?encounter:missing=true', 'b-all'))).toEqual([
      'DiagnosticReport/loose',
    ]);
  });

  it('includes what rows refer to, once each, after the matches', async () => {
    const included = async (params: string, token = 'a-all') =>
      listed(await searched(app, `Encounter?${params}`, token), 'include').toSorted();
    expect(
      await included('_include=Encounter:location&_include=Encounter:participant&_include=Encounter:practitioner'),
    ).toEqual(['Location/x', 'Practitioner/x']);
    for (const type of resourceTypes.filter((one) => !capabilityOf(one).live)) {
      const { includes } = capabilityOf(type);
      for (const name of includes) {
        const bundle = await searched(app, `${type}?_include=${type}:${name}`);
        const [dangling, self] = [['part-of', 'partof'].includes(name), listed(bundle)];
        expect([type, name, listed(bundle, 'include').length > 0]).toEqual([type, name, !dangling]);
        expect(listed(bundle, 'include').filter((reference) => self.includes(reference))).toEqual([]);
      }
    }
  });

  it('leaves out included types the scopes do not cover, and says which', async () => {
    const bundle = await searched(app, 'Encounter?_include=Encounter:location', 'a-search-visits');
    expect(listed(bundle, 'include')).toEqual([]);
    expect(JSON.stringify(issues(bundle))).toContain('Location');
  });

  it('answers POST _search as GET, with a next link that is a GET', async () => {
    const form = new URLSearchParams({ patient: personA, _id: 'x,y', _count: '1' });
    const answer = await app.inject({
      method: 'POST',
      url: '/fhir/MedicationRequest/_search',
      headers: { authorization: 'Bearer a-all', 'content-type': 'application/x-www-form-urlencoded' },
      payload: form.toString(),
    });
    expect(answer.statusCode).toBe(200);
    const first = JSON.parse(answer.body) as Bundle;
    expect(listed(first)).toHaveLength(1);
    const second = await searched(app, nextOf(first)!);
    expect([...listed(first), ...listed(second)].toSorted()).toEqual(['MedicationRequest/x', 'MedicationRequest/y']);
    expect(nextOf(second)).toBeUndefined();
  });

  it('pages through every visit once, in order, while new ones arrive and others have no date', async () => {
    const count = 23;
    const dated = Array.from({ length: count }, (_, i) =>
      visit(`p${i}`, `2025-01-${String(1 + (i % 9)).padStart(2, '0')}`),
    );
    await put(db(), personB, [...dated, visit('undated-1', undefined), visit('undated-2', undefined)]);
    const wanted = [
      ...dated.map(({ id }) => `Encounter/${id}`),
      'Encounter/undated-1',
      'Encounter/undated-2',
    ].toSorted();
    for (const sort of ['-date', 'date', '-_lastUpdated', '_lastUpdated']) {
      const read = await pages(app, `Encounter?patient=${personB}&status=finished&_sort=${sort}&_count=4`, 'b-all');
      expect(read.flat().toSorted()).toEqual(wanted);
      expect(read.every((page) => page.length <= 4)).toBe(true);
    }
    let arrived = 0;
    const during = await pages(
      app,
      `Encounter?patient=${personB}&status=finished&_sort=-date&_count=4`,
      'b-all',
      async () => {
        arrived += 1;
        await put(db(), personB, [visit(`new${arrived}`, arrived % 2 === 0 ? '2026-01-01' : '2024-01-01')]);
      },
    );
    const seen = during.flat();
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(wanted));
    expect(seen.slice(-2).toSorted()).toEqual(['Encounter/undated-1', 'Encounter/undated-2']);
    expect(seen).not.toContain('Encounter/new2');
  });

  it('sorts by the date of the event, either way, and puts what has no date last', async () => {
    const order = async (sort: string) =>
      (await pages(app, `Encounter?_id=o1,o2,o3,o4&_sort=${sort}&_count=2`, 'b-all')).flat();
    await put(db(), personB, [
      visit('o1', '2025-05'),
      visit('o2', '2025-05-20'),
      visit('o3', '2019'),
      visit('o4', undefined),
    ]);
    expect(await order('date')).toEqual(['o3', 'o1', 'o2', 'o4'].map((id) => `Encounter/${id}`));
    expect(await order('-date')).toEqual(['o2', 'o1', 'o3', 'o4'].map((id) => `Encounter/${id}`));
  });

  it.each([
    ['date=2025-05', ['d1', 'd2', 'd3']],
    ['date=eq2025-05-10', ['d1', 'd2']],
    ['date=ge2025-05-11', ['d3', 'd4', 'd5']],
    ['date=gt2025-05', ['d4', 'd5']],
    ['date=lt2025-05-10', ['d3', 'd5']],
    ['date=le2025-05-10', ['d1', 'd2', 'd3', 'd5']],
    ['date=sa2025-05', ['d4']],
    ['date=eb2025-05-11', ['d1', 'd2']],
    ['date=ge2025-05-10&date=lt2025-05-11', ['d1', 'd2', 'd3', 'd5']],
    ['date=2025-05-10T09:00:00%2B01:00', ['d2']],
  ])('finds by %s', async (query, ids) => {
    await put(db(), personB, [
      visit('d1', '2025-05-10'),
      visit('d2', '2025-05-10T08:00:00Z'),
      visit('d3', '2025-05'),
      visit('d4', '2025-06-01'),
      // Still running: its span reaches over every day since.
      visit('d5', undefined, { status: 'in-progress', period: { start: '2024-01-01' } }),
      visit('d6', undefined),
    ]);
    const found = listed(await searched(app, `Encounter?_id=d1,d2,d3,d4,d5,d6&${query}`, 'b-all'));
    expect(found.toSorted()).toEqual(ids.map((id) => `Encounter/${id}`));
  });

  it('never shows one person to the reader of another', async () => {
    expect(listed(await searched(app, 'Encounter', 'b-all'))).not.toContain('Encounter/x');
    expect(listed(await searched(app, 'Encounter?_id=x', 'b-all'))).toEqual([]);
    expect(listed(await searched(app, `Observation?performer=Patient/${personA}`, 'b-all'))).toEqual([]);
    expect((await get(app, `Encounter?patient=${personA}`, 'b-all')).status).toBe(403);
    expect((await get(app, `Patient?_id=${personA}`, 'b-all')).text).not.toContain('"match"');
  });

  it('ends every Bundle with the same words on late sources and on what is withheld, wherever one looks', async () => {
    await put(db(), personB, [visit('secret', '2025-06-01', { class: { code: 'IMP' } })], 1);
    await setSourceState(db(), {
      source: 'adastra',
      status: 'late',
      name: 'Out-of-hours records',
      asAt: '2026-11-21T23:10:00.000Z',
    });
    await setSourceState(db(), {
      source: 'carecast',
      status: 'failed',
      name: 'UCLH records',
      since: '2026-07-01T10:00:00.000Z',
    });
    const claimed = `insert into source_patient (source, local_id, person, content, nhs_number, received)
      select 'carecast', name, person::text, '{}', '9990000565', now() from unnest(array['own', 'claimed'], $1::text[]) as p(name, person)`;
    const other = '33333333-3333-4333-8333-333333333333';
    await db().query(`insert into person (id, name) values ($1, 'OTHER, Olu') on conflict do nothing`, [other]);
    await db().query(claimed, [[personB, other]]);
    const asked = [
      'Encounter?_count=1',
      'Encounter?class=IMP',
      'Encounter?class=AMB',
      'Encounter?_id=secret',
      'Flag',
      'Location',
      'Endpoint',
      'AuditEvent',
      'Patient',
    ];
    const bundles = await Promise.all(asked.map((path) => searched(app, path, 'b-all')));
    const [first] = bundles.map(issues);
    for (const bundle of bundles) {
      expect(issues(bundle)).toEqual(first);
      expect(JSON.stringify(bundle.entry)).not.toContain('secret');
      expect(bundle.entry!.slice(-2).map(({ resource }) => validateStructure(resource))).toEqual([[], []]);
      expect('total' in bundle).toBe(false);
    }
    const text = JSON.stringify(first);
    expect(text).toContain(withheldNotice);
    expect(text).toContain('It is complete to 21-Nov-2026 23:10.');
    expect(text).toContain('could not be read since 01-Jul-2026 11:00');
    expect(text).toContain('a record with the same NHS number (UCLH records).');
    expect(JSON.stringify(issues(await searched(app, 'Encounter', 'a-all')))).not.toContain(withheldNotice);
    expect((await get(app, 'Encounter/secret', 'b-all')).status).toBe(404);
  });

  it('never parses what is stored on the way out', async () => {
    const mark = 'c0ffee-mark';
    await put(db(), personB, [visit('marked', '2025-02-02', { reasonCode: [{ text: mark }] })]);
    const parse = vi.spyOn(JSON, 'parse');
    const stringify = vi.spyOn(JSON, 'stringify');
    try {
      const search = await get(app, 'Encounter?_id=marked&_include=Encounter:patient', 'b-all');
      const read = await get(app, 'Encounter/marked', 'b-all');
      expect(search.text).toContain(mark);
      expect(read.text).toContain(mark);
      expect(parse.mock.calls.filter(([text]) => text.includes(mark))).toEqual([]);
      expect(stringify.mock.results.filter(({ value }) => String(value).includes(mark))).toEqual([]);
    } finally {
      parse.mockRestore();
      stringify.mockRestore();
    }
  });

  it('gives each entry the address it can be read at', async () => {
    const bundle = await searched(app, 'Encounter?_id=x');
    expect(bundle.entry?.[0]?.fullUrl).toBe(`${base}/Encounter/x`);
    expect(bundle.link?.map(({ relation }) => relation)).toEqual(['self']);
  });
});
