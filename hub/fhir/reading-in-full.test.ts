import type { FastifyInstance } from 'fastify';
import type { Bundle, Encounter, Observation } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import { deletedBit, labelBits } from '../access/labels.ts';
import { eachEngine } from '../store/testing.ts';
import { capabilityOf } from './capabilities.ts';
import { searchValuesOf } from './search-values.ts';
import { examples } from './test-resources.ts';
import { base, get, listed, nextOf, personA, personB, put, searched, startHub } from './testing-hub.ts';
import { validateStructure } from './validate.ts';

const all = examples(personA);

const visit = (id: string, start: string): Encounter => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: `Patient/${personB}` },
  period: { start, end: start },
  serviceProvider: { reference: 'Organization/x' },
});

const result = (id: string, encounter: string): Observation => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'Potassium' },
  subject: { reference: `Patient/${personB}` },
  encounter: { reference: `Encounter/${encounter}` },
  valueQuantity: { value: 4.1, unit: 'mmol/L' },
});

eachEngine('reading in full', ({ db }) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await startHub(db());
    await put(
      db(),
      personA,
      Object.values(all).map(({ resource }) => resource),
    );
    await put(db(), personB, [{ resourceType: 'Patient', id: personB }]);
    await put(db(), personB, [visit('v1', '2026-01-01'), visit('v2', '2026-02-01'), visit('v3', '2026-03-01')]);
    await put(db(), personB, [result('r1', 'v1'), result('r2', 'v1'), result('r3', 'v2')]);
    await put(db(), personB, [visit('sealed', '2026-02-15')], labelBits.restricted);
    await put(db(), personB, [result('sealed', 'v1')], labelBits.veryRestricted);
  });
  afterAll(() => app.close());

  describe('a count', () => {
    it('is of what the reader may see: a sealed visit is not in it, on whichever page', async () => {
      const first = await searched(app, 'Encounter?_total=accurate&_count=2', 'b-all');
      expect([first.total, listed(first).length]).toEqual([3, 2]);
      expect((await searched(app, nextOf(first)!, 'b-all')).total).toBe(3);
      expect((await searched(app, 'Encounter?date=ge2026-02-01&_total=accurate', 'b-all')).total).toBe(2);
      expect((await searched(app, 'Encounter?_total=none', 'b-all')).total).toBeUndefined();
    });

    it('alone brings no resource, and still says that something is withheld', async () => {
      const bundle = await searched(app, 'Encounter?_summary=count', 'b-all');
      expect([bundle.total, listed(bundle)]).toEqual([3, []]);
      expect(JSON.stringify(bundle.entry)).toContain('suppressed');
      expect(JSON.stringify(bundle)).not.toContain('sealed');
    });
  });

  describe('_revinclude', () => {
    it('brings what points at the matches, once each, and nothing sealed', async () => {
      const bundle = await searched(app, 'Encounter?_id=v1,v2&_revinclude=Observation:encounter', 'b-all');
      expect(listed(bundle, 'include')).toEqual(['Observation/r1', 'Observation/r2', 'Observation/r3']);
      expect(
        listed(await searched(app, 'Encounter?_id=v3&_revinclude=Observation:encounter', 'b-all'), 'include'),
      ).toEqual([]);
    });

    it('works for every pair that is advertised', async () => {
      let tried = 0;
      for (const type of resourceTypes.filter((one) => !capabilityOf(one).live)) {
        for (const name of capabilityOf(type).revincludes) {
          const bundle = await searched(app, `${type}?_revinclude=${name}`);
          const [of = '', param = ''] = name.split(':');
          const { resource } = all[of as keyof typeof all];
          const target = `${type}/${type === 'Patient' ? personA : 'x'}`;
          const expected = of !== type && searchValuesOf(resource).tokens.includes(`${param}=${target}`);
          tried += Number(expected);
          const brought = [...listed(bundle, 'include')].some((reference) => reference.startsWith(`${of}/`));
          expect([name, of === type || brought === expected]).toEqual([name, true]);
        }
      }
      expect(tried).toBeGreaterThan(15);
    });

    it('says which types the scopes leave out, and refuses a page that would bring too much', async () => {
      const visits = await searched(app, 'Encounter?_revinclude=Observation:encounter', 'a-search-visits');
      expect(JSON.stringify(visits.entry)).toContain('not given the permission to read them: Observation');
      await put(
        db(),
        personB,
        Array.from({ length: 1001 }, (_, place) => result(`many${place}`, 'v3')),
      );
      const { status, text } = await get(app, 'Encounter?_id=v3&_revinclude=Observation:encounter', 'b-all');
      expect([status, text]).toEqual([400, expect.stringContaining('too-costly')]);
    });
  });

  it('_elements keeps what was asked, what is mandatory and what changes the meaning, and says that it is a part', async () => {
    const bundle = await searched(app, 'Observation?_id=r1&_elements=encounter', 'b-all');
    const part = bundle.entry![0]!.resource as Observation;
    expect(Object.keys(part).toSorted()).toEqual(['code', 'encounter', 'id', 'meta', 'resourceType', 'status']);
    expect(part.meta!.tag).toEqual([expect.objectContaining({ code: 'SUBSETTED' })]);
    const value = await searched(app, 'Observation?_id=r1&_elements=value', 'b-all');
    expect(value.entry![0]!.resource).toMatchObject({ valueQuantity: { value: 4.1 } });
  });

  describe('a history', () => {
    beforeAll(async () => {
      await put(db(), personB, [visit('h1', '2026-04-01')]);
      await put(db(), personB, [visit('h1', '2026-04-02')]);
      await put(db(), personB, [visit('h1', '2026-04-03')]);
      await put(db(), personB, [visit('h2', '2026-04-01')], labelBits.sexual);
      await put(db(), personB, [visit('h2', '2026-04-02')]);
      await put(db(), personB, [visit('h3', '2026-04-01')]);
      await put(db(), personB, [visit('h3', '2026-04-02')], labelBits.restricted);
      await put(db(), personB, [visit('h4', '2026-04-01')]);
      await put(db(), personB, [{ ...visit('h4', '2026-04-01'), period: undefined }], deletedBit);
    });

    const history = async (path: string) => {
      const bundle = await searched(app, path, 'b-all');
      expect(bundle.type).toBe('history');
      expect(validateStructure(structuredClone(bundle))).toEqual([]);
      return bundle;
    };
    const versions = (bundle: Bundle) =>
      (bundle.entry ?? []).map(({ request, response }) => `${request!.method} ${request!.url} ${response!.etag}`);

    it('of one visit has every version, newest first, in pages that follow each other', async () => {
      const whole = versions(await history('Encounter/h1/_history'));
      expect(whole).toEqual(['PUT Encounter/h1 W/"3"', 'PUT Encounter/h1 W/"2"', 'PUT Encounter/h1 W/"1"']);
      const paged: string[] = [];
      for (let path: string | undefined = 'Encounter/h1/_history?_count=1'; path !== undefined;) {
        const bundle: Bundle = await history(path);
        paged.push(...versions(bundle));
        path = nextOf(bundle);
      }
      expect(paged).toEqual(whole);
    });

    it('leaves out a version that was sealed, all of what is sealed now, and tells a deletion without its content', async () => {
      expect(versions(await history('Encounter/h2/_history'))).toEqual(['PUT Encounter/h2 W/"2"']);
      expect((await get(app, 'Encounter/h3/_history', 'b-all')).status).toBe(404);
      const deleted = await history('Encounter/h4/_history');
      expect(versions(deleted)).toEqual(['DELETE Encounter/h4 W/"2"', 'PUT Encounter/h4 W/"1"']);
      expect(deleted.entry![0]!.resource).toBeUndefined();
      expect((await get(app, 'Encounter/h4', 'b-all')).status).toBe(410);
      expect(listed(await searched(app, 'Encounter?_id=h4', 'b-all'))).toEqual([]);
      const ofType = versions(await history('Encounter/_history?_count=500'));
      expect(ofType).toEqual(expect.arrayContaining(['DELETE Encounter/h4 W/"2"', 'PUT Encounter/h1 W/"1"']));
      expect(ofType.join()).not.toMatch(/h3|sealed/);
    });

    it('since an instant may be empty, and says so by an empty list', async () => {
      expect(versions(await history('Encounter/h1/_history?_since=2999-01-01T00:00:00Z'))).toEqual([]);
      expect(versions(await history('Encounter/h1/_history?_since=2020'))).toHaveLength(3);
    });

    it('takes no place of another one', async () => {
      const next = nextOf(await history('Encounter/h1/_history?_count=1'))!;
      expect((await get(app, next.replace('h1', 'h2'), 'b-all')).status).toBe(400);
      expect((await get(app, `${next}A`, 'b-all')).status).toBe(400);
    });
  });

  describe('Patient/$everything', () => {
    const path = `Patient/${personB}/$everything`;

    it('is the whole record with the services it names, in one Bundle, nothing sealed, and says what is withheld', async () => {
      const bundle = await searched(app, path, 'b-all');
      const found = listed(bundle);
      expect(found).toEqual(expect.arrayContaining([`Patient/${personB}`, 'Encounter/v1', 'Observation/r3']));
      expect(new Set(found).size).toBe(found.length);
      expect(found.join()).not.toMatch(/sealed|h3/);
      expect(listed(bundle, 'include')).toEqual(['Organization/x']);
      expect(JSON.stringify(bundle.entry)).toContain('suppressed');
      expect(validateStructure(structuredClone(bundle))).toEqual([]);
    });

    it('in pages holds the same, each once, while others are written', async () => {
      const whole = listed(await searched(app, path, 'b-all'));
      const paged: string[] = [];
      let arrived = 0;
      for (let next: string | undefined = `${path}?_count=100`; next !== undefined;) {
        const bundle: Bundle = await searched(app, next, 'b-all');
        paged.push(...listed(bundle));
        next = nextOf(bundle);
        arrived += 1;
        await put(db(), personB, [visit(`during${arrived}`, '2026-05-01')]);
      }
      expect(new Set(paged).size).toBe(paged.length);
      expect(paged).toEqual(expect.arrayContaining(whole));
      expect(arrived).toBeGreaterThan(5);
    });

    it('is written down as a copy of the record, and as a look at what is new only where it is no more than that', async () => {
      const since = '_since=2026-01-01T00:00:00Z';
      const acts = async (query: string) => {
        const [last] = await db().query<{ at: string }>('select max(at) as at from audit');
        const bundle = await searched(app, `${path}?${query}`, 'b-all');
        const rows = await db().query<{ action: string }>(
          "select action from audit where at > $1 and action in ('everything', 'news')",
          [last?.at],
        );
        return { acts: rows.map(({ action }) => action), next: nextOf(bundle) };
      };
      expect((await acts(`${since}&_count=50`)).acts).toEqual(['news']);
      expect((await acts(since)).acts).toEqual(expect.arrayContaining(['everything']));
      expect((await acts(`${since}&_count=200`)).acts).toEqual(['everything']);
      expect((await acts('_count=50')).acts).toEqual(['everything']);
      const { next } = await acts(`${since}&_count=2`);
      expect((await acts(next?.split('?')[1] ?? '')).acts, 'who reads on takes more than news').toEqual(['everything']);
    });

    it('takes types and an instant, and tells the types that the scopes leave out', async () => {
      expect(listed(await searched(app, `${path}?_type=Observation&_count=500`, 'b-all'))[0]).toMatch(/^Observation/);
      expect(listed(await searched(app, `${path}?_since=2999-01-01`, 'b-all'))).toEqual([]);
      const visits = await searched(app, `Patient/${personA}/$everything?_type=Encounter,Flag`, 'a-read-visits');
      expect(listed(visits)).toEqual(['Encounter/x']);
      expect(JSON.stringify(visits.entry)).toContain('not given the permission to read them: Flag');
      expect((await get(app, `Patient/${personA}/$everything`, 'a-none')).status).toBe(403);
    });

    it('is asked for by the address of the person alone', async () => {
      expect((await get(app, `Patient/${personA}/$everything`, 'b-all')).status).toBe(404);
      const links = (await searched(app, `${path}?_count=1`, 'b-all')).link!.map(({ url }) => url);
      expect(links.every((url) => url.startsWith(`${base}/Patient/${personB}/$everything?`))).toBe(true);
    });
  });
});
