import * as fc from 'fast-check';
import type { Encounter, EpisodeOfCare, FhirResource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import { definitionOf } from './definitions/all.ts';
import { searchValuesOf } from './search-values.ts';

const visit: Encounter = {
  resourceType: 'Encounter',
  id: 'v1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  identifier: [{ system: 'https://example.org/visits', value: 'A|1' }],
  type: [{ coding: [{ code: 'local' }], text: 'Clinic' }],
  subject: { reference: 'Patient/p1' },
  period: { start: '2026-07-01T09:00:00+01:00', end: '2026-07-01T09:20:00+01:00' },
  location: [{ location: { reference: 'Location/l1' } }, { location: { display: 'Ward 3' } }],
  participant: [{ individual: { reference: 'Practitioner/d1' } }, { individual: { reference: 'PractitionerRole/r1' } }],
  serviceProvider: { reference: 'Organization/o1/_history/2' },
  episodeOfCare: [{ reference: '#contained' }, { reference: 'https://elsewhere.example/EpisodeOfCare/e1' }],
};

describe('what search knows of a resource', () => {
  it('reads a visit: period, codes with and without system, references of the hub only', () => {
    const values = searchValuesOf(visit);
    expect(values.date).toEqual({ start: '2026-07-01T08:00:00.000Z', end: '2026-07-01T08:20:01.000Z' });
    expect(values.authored).toBeUndefined();
    expect(values.tokens.toSorted()).toEqual(
      [
        'identifier|https://example.org/visits|A%7C1',
        'identifier|A%7C1',
        'status|http://hl7.org/fhir/encounter-status|finished',
        'status|finished',
        'class|http://terminology.hl7.org/CodeSystem/v3-ActCode|AMB',
        'class|AMB',
        'type||local',
        'type|local',
        'patient=Patient/p1',
        'location=Location/l1',
        'participant=Practitioner/d1',
        'participant=PractitionerRole/r1',
        'practitioner=Practitioner/d1',
        'service-provider=Organization/o1',
      ].toSorted(),
    );
  });

  it('keeps a stay without an end open, and closes one that is over at the span of its start', () => {
    const stay = (status: Encounter['status']): Encounter => ({ ...visit, status, period: { start: '2026-01-10' } });
    expect(searchValuesOf(stay('in-progress')).date).toEqual({ start: '2026-01-10T00:00:00.000Z', end: undefined });
    expect(searchValuesOf(stay('finished')).date).toEqual({
      start: '2026-01-10T00:00:00.000Z',
      end: '2026-01-11T00:00:00.000Z',
    });
  });

  it('keeps an active package of care open and lets a finished one end with its start', () => {
    const service = (status: EpisodeOfCare['status']): EpisodeOfCare => ({
      resourceType: 'EpisodeOfCare',
      status,
      patient: { reference: 'Patient/p1' },
      period: { start: '2019' },
    });
    expect(searchValuesOf(service('active')).date).toEqual({ start: '2019-01-01T00:00:00.000Z', end: undefined });
    expect(searchValuesOf(service('finished')).date?.end).toBe('2020-01-01T00:00:00.000Z');
  });

  it('lets the start hold when a source says a stay ended before it began', () => {
    const values = searchValuesOf({ ...visit, period: { start: '2026-03-05', end: '2026-03-01' } });
    expect(values.date).toEqual({ start: '2026-03-05T00:00:00.000Z', end: '2026-03-06T00:00:00.000Z' });
  });

  it('takes 9999-12-31 as no end and 0001-01-01 as no date', () => {
    expect(searchValuesOf({ ...visit, period: { start: '2026-01-10', end: '9999-12-31' } }).date?.end).toBeUndefined();
    expect(searchValuesOf({ ...visit, period: { start: '0001-01-01' } }).date).toBeUndefined();
  });

  it('has no date for a visit whose date nobody wrote', () => {
    expect(searchValuesOf({ ...visit, period: undefined }).date).toBeUndefined();
    expect(searchValuesOf({ ...visit, period: { start: 'about Easter' } }).date).toBeUndefined();
  });

  it('finds a home reading by the person who took it', () => {
    const values = searchValuesOf({
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
      performer: [{ reference: 'Patient/p1' }],
      effectiveTiming: { event: ['2026-02-01', '2026-02-03'] },
    });
    expect(values.tokens).toContain('performer=Patient/p1');
    expect(values.date).toEqual({ start: '2026-02-01T00:00:00.000Z', end: '2026-02-04T00:00:00.000Z' });
  });

  it('knows every served type, and no element of the wrong shape makes it fail', () => {
    const junk = fc.jsonValue();
    const paths = ['period', 'participant', 'location', 'context', 'code', 'identifier', 'status', 'type', 'subject'];
    fc.assert(
      fc.property(
        fc.constantFrom(...resourceTypes),
        fc.dictionary(fc.constantFrom(...paths), junk),
        (type, elements) => {
          const values = searchValuesOf({ resourceType: type, ...elements } as unknown as FhirResource);
          expect(values.tokens.every((token) => /^[a-z-]+[|=]/.test(token))).toBe(true);
          for (const span of [values.date, values.authored]) {
            expect(span?.start === undefined || span.end === undefined || span.start < span.end).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(resourceTypes.map((type) => definitionOf(type).type)).toEqual(resourceTypes);
  });

  it('gives nothing for a type the hub does not serve', () => {
    expect(searchValuesOf({ resourceType: 'Basic', code: {} })).toEqual({
      date: undefined,
      authored: undefined,
      tokens: [],
    });
  });
});
