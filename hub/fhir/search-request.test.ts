import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { capabilityOf } from './capabilities.ts';
import { FhirError } from './fhir-error.ts';
import { readSearch } from './search-request.ts';
import type { SearchRequest } from './search-request.ts';

const base = 'https://hub.example/fhir';
const context = { base, patient: 'p1' };

function asked(type: ResourceType, query: string): SearchRequest {
  return readSearch(capabilityOf(type), [...new URLSearchParams(query)], context);
}

function refusal(type: ResourceType, query: string): FhirError {
  try {
    asked(type, query);
  } catch (error) {
    if (error instanceof FhirError) return error;
    throw error;
  }
  throw new Error(`not refused: ${query}`);
}

describe('reading a search', () => {
  it('refuses an element that the type does not have, and a count that is to bring resources', () => {
    expect(refusal('Encounter', '_elements=status,periode').message).toContain('"periode"');
    expect(refusal('Encounter', '_summary=count&_include=Encounter:location').message).toContain('_summary=count');
    expect(refusal('Encounter', '_summary=count&_elements=status').message).toContain('_elements');
  });

  it("reads the timeline's own search of visits", () => {
    const request = asked(
      'Encounter',
      'patient=p1&_sort=-date&_count=100&_include=Encounter:location&_include=Encounter:service-provider',
    );
    expect(request.query).toEqual({
      type: 'Encounter',
      ids: undefined,
      tokens: [],
      missing: [],
      dates: [],
      sort: { field: 'date', descending: true },
      limit: 100,
      after: undefined,
    });
    expect(request.includes).toEqual(['location', 'service-provider']);
  });

  it('combines repeated parameters as AND and commas as OR', () => {
    const { query } = asked('Encounter', 'status=finished,in-progress&class=IMP&type=http://snomed.info/sct|1,|x');
    expect(query.tokens).toEqual([
      ['status|finished', 'status|in-progress'],
      ['class|IMP'],
      ['type|http://snomed.info/sct|1', 'type||x'],
    ]);
    expect(asked('Observation', '_id=a,b,c&_id=b,c,d').query.ids).toEqual(['b', 'c']);
  });

  it('takes escaped commas and bars as part of a code', () => {
    expect(asked('Condition', 'code=a\\,b\\|c').query.tokens).toEqual([['code|a,b%7Cc']]);
  });

  it('reads a partial date as the span it stands for, in London time', () => {
    const { query } = asked('Encounter', 'date=ge2026-07&date=lt2026-07-03T10:00:00%2B01:00&_lastUpdated=gt2026');
    expect(query.dates).toEqual([
      { field: 'date', prefix: 'ge', span: { start: '2026-06-30T23:00:00.000Z', end: '2026-07-31T23:00:00.000Z' } },
      { field: 'date', prefix: 'lt', span: { start: '2026-07-03T09:00:00.000Z', end: '2026-07-03T09:00:01.000Z' } },
      { field: 'updated', prefix: 'gt', span: { start: '2026-01-01T00:00:00.000Z', end: '2027-01-01T00:00:00.000Z' } },
    ]);
  });

  it('knows the second dates of contacts and assessments', () => {
    expect(asked('ServiceRequest', 'occurrence=2026&authored=2025').query.dates.map(({ field }) => field)).toEqual([
      'date',
      'authored',
    ]);
    expect(asked('Task', 'period=2026&authored-on=2025').query.dates.map(({ field }) => field)).toEqual([
      'date',
      'authored',
    ]);
    expect(asked('Task', '_sort=authored-on').query.sort).toEqual({ field: 'authored', descending: false });
  });

  it('finds letters that belong to no encounter', () => {
    expect(asked('DocumentReference', 'encounter:missing=true').query.missing).toEqual([
      { prefix: 'encounter=', missing: true },
    ]);
  });

  it('takes references as an id, as Type/id and as an address of this server', () => {
    const wanted = [['performer=Patient/p1']];
    expect(asked('Observation', 'performer=Patient/p1').query.tokens).toEqual(wanted);
    expect(asked('Observation', `performer=${base}/Patient/p1`).query.tokens).toEqual(wanted);
    expect(asked('Observation', 'performer=p1').query.tokens[0]).toContain('performer=Patient/p1');
    expect(asked('Condition', 'encounter=e1').query.tokens).toEqual([['encounter=Encounter/e1']]);
  });

  it('caps a page at 500 rows and says so in the self link', () => {
    const request = asked('Encounter', '_count=100000');
    expect(request.query.limit).toBe(500);
    expect(new URL(request.self).searchParams.getAll('_count')).toEqual(['500']);
    expect(new URL(asked('Encounter', 'patient=p1').self).searchParams.get('_count')).toBe('100');
  });

  it.each(['patient=p2', 'patient=Patient/p2', `patient=${base}/Patient/p2`, 'patient=p1,p2', 'patient=p1&patient=p2'])(
    'refuses another person: %s',
    (query) => {
      expect(refusal('Encounter', query).status).toBe(403);
    },
  );

  it.each<[ResourceType, string, string]>([
    ['Encounter', 'subject=p1', 'subject'],
    ['Encounter', 'patient.name=x', 'patient.name'],
    ['Encounter', '_has:Observation:encounter:code=x', '_has:Observation:encounter:code'],
    ['Encounter', 'class:not=IMP', 'class:not'],
    ['Encounter', 'patient:Patient=p1', 'patient:Patient'],
    ['Encounter', 'encounter:missing=true', 'encounter:missing'],
    ['Condition', 'encounter:missing=true', 'encounter:missing'],
    ['Encounter', 'date=ap2026', 'ap'],
    ['Encounter', 'date=2026,2025', 'date'],
    ['Encounter', '_summary=text', '_summary'],
    ['Endpoint', '_summary=count', '_summary'],
    ['Encounter', '_total=estimate', '_total'],
    ['Endpoint', '_total=accurate', '_total'],
    ['Encounter', '_revinclude=Condition:subject', '_revinclude'],
    ['Encounter', '_revinclude=Condition:patient', '_revinclude'],
    ['Encounter', '_revinclude:iterate=Condition:encounter', '_revinclude:iterate'],
    ['Location', '_revinclude=Encounter:location', '_revinclude'],
    ['Encounter', '_include:iterate=Encounter:location', '_include:iterate'],
    ['Encounter', '_include=*', '*'],
    ['Encounter', '_include=Condition:encounter', 'Condition:encounter'],
    ['Encounter', '_include=Encounter:location:Location', 'Encounter:location:Location'],
    ['Encounter', '_sort=status', 'status'],
    ['Encounter', '_sort=date,_lastUpdated', 'date,_lastUpdated'],
    ['Encounter', 'type=http://snomed.info/sct|', 'type'],
    ['Location', 'patient=p1', 'patient'],
    ['Endpoint', '_lastUpdated=2026', '_lastUpdated'],
  ])('refuses and names what it does not support: %s?%s', (type, query, named) => {
    const error = refusal(type, query);
    expect([error.status, error.code]).toEqual([400, 'not-supported']);
    expect(error.message).toContain(named);
  });

  it.each<[ResourceType, string]>([
    ['Encounter', '_count=0'],
    ['Encounter', '_count=-1'],
    ['Encounter', '_count=ten'],
    ['Encounter', '_count=1e2'],
    ['Encounter', '_count=5&_count=5'],
    ['Encounter', '_sort=date&_sort=-date'],
    ['Encounter', 'date=yesterday'],
    ['Encounter', 'patient=Group/p1'],
    ['Encounter', 'date=2026-13'],
    ['Encounter', 'date=2026-07-03T10:00:00+01:00'],
    ['Encounter', 'date=0001-01-01'],
    ['Encounter', 'date='],
    ['Encounter', 'status='],
    ['Encounter', 'status=finished,'],
    ['Encounter', 'status=a%00b'],
    ['Encounter', 'type=a|b|c'],
    ['Encounter', '_id=a/b'],
    ['Encounter', '_id=../../x'],
    ['Condition', 'encounter=https://elsewhere.example/fhir/Encounter/e1'],
    ['Condition', 'encounter=Location/l1'],
    ['DocumentReference', 'encounter:missing=maybe'],
    ['Encounter', '_after=x'],
    ['Encounter', '_after='],
  ])('refuses what it cannot read: %s?%s', (type, query) => {
    const error = refusal(type, query);
    expect([error.status, error.code]).toEqual([400, 'invalid']);
  });

  it('never repeats a searched value in a refusal, because it may be about the person', () => {
    for (const query of ['date=SMITH', '_id=SMITH!', 'patient=SMITH', 'encounter=x/SMITH', '_count=SMITH']) {
      expect(refusal('Condition', query.replace('date=', 'onset-date=')).message).not.toContain('SMITH');
    }
  });

  it('either reads a query completely or refuses it: no query makes it fail otherwise', () => {
    const names = fc.constantFrom(
      'patient',
      '_id',
      'date',
      'status',
      'class',
      '_count',
      '_sort',
      '_include',
      '_after',
      'x',
      'type:text',
    );
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('p1', '2026-01', 'ge2026', '-date', 'a|b', '10', 'Encounter:location'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, values), { maxLength: 5 }), (given) => {
        let answer: unknown;
        try {
          answer = readSearch(capabilityOf('Encounter'), given, context).query.limit > 0;
        } catch (error) {
          answer = error instanceof FhirError;
        }
        expect(answer).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('paging links', () => {
  const position = { date: '2026-01-01T00:00:00.000Z', id: 'abc-1' };

  it('carry every parameter of the search and come back as the same search, further on', () => {
    const first = asked(
      'Encounter',
      'patient=p1&status=finished,planned&date=ge2020&_sort=-date&_include=Encounter:location',
    );
    const url = new URL(first.next(position));
    expect(url.pathname).toBe('/fhir/Encounter');
    const second = asked('Encounter', url.search.slice(1));
    expect(second.query).toEqual({ ...first.query, after: position });
    expect(second.includes).toEqual(first.includes);
    expect(second.self).toBe(url.href);
    const third = asked('Encounter', new URL(second.next({ date: undefined, id: 'z' })).search.slice(1));
    expect(third.query.after).toEqual({ date: undefined, id: 'z' });
  });

  it('are refused when changed by one letter anywhere in the cursor', () => {
    const url = new URL(asked('Encounter', 'patient=p1').next(position));
    const cursor = url.searchParams.get('_after')!;
    for (let i = 0; i < cursor.length; i += 1) {
      const changed = `${cursor.slice(0, i)}${cursor[i] === 'A' ? 'B' : 'A'}${cursor.slice(i + 1)}`;
      url.searchParams.set('_after', changed);
      expect(refusal('Encounter', url.search.slice(1)).status).toBe(400);
    }
  });

  it('are refused with another search, sort or type than their own', () => {
    const cursor = new URL(asked('Encounter', 'patient=p1&_sort=-date').next(position)).searchParams.get('_after')!;
    expect(refusal('Encounter', `patient=p1&_sort=date&_count=100&_after=${cursor}`).status).toBe(400);
    expect(refusal('Encounter', `patient=p1&_sort=-date&_count=50&_after=${cursor}`).status).toBe(400);
    expect(refusal('Appointment', `patient=p1&_sort=-date&_count=100&_after=${cursor}`).status).toBe(400);
  });
});

describe('every type', () => {
  it.each(resourceTypes)('%s: each advertised parameter, sort key and include is read', (type) => {
    const { parameters, sorts, includes } = capabilityOf(type);
    const values = { person: 'p1', id: 'a', date: 'ge2020', token: 's|c', reference: 'r1' };
    for (const { name, kind } of parameters.values())
      expect(() => asked(type, `${name}=${values[kind]}`)).not.toThrow();
    for (const key of sorts.keys()) expect(asked(type, `_sort=-${key}`).query.sort.descending).toBe(true);
    for (const name of includes) expect(asked(type, `_include=${type}:${name}`).includes).toEqual([name]);
  });
});
