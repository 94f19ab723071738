import * as fc from 'fast-check';
import type { Resource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { namesAnother } from './belongs.ts';

const named = (resource: object): boolean => namesAnother(resource as Resource, 'p1');

describe('whether a resource is somebody else\u2019s', () => {
  it.each([
    ['a visit of this person', { resourceType: 'Encounter', subject: { reference: 'Patient/p1' } }, false],
    ['a visit of another', { resourceType: 'Encounter', subject: { reference: 'Patient/p2' } }, true],
    [
      'another by an id that only begins alike',
      { resourceType: 'Encounter', subject: { reference: 'Patient/p11' } },
      true,
    ],
    [
      'this person by an absolute address',
      { resourceType: 'Flag', subject: { reference: 'http://x/fhir/Patient/p1' } },
      false,
    ],
    [
      'another by an absolute address',
      { resourceType: 'Flag', subject: { reference: 'http://x/fhir/Patient/p2' } },
      true,
    ],
    ['a stated version', { resourceType: 'Flag', subject: { reference: 'Patient/p1/_history/4' } }, false],
    ['another\u2019s stated version', { resourceType: 'Flag', subject: { reference: 'Patient/p2/_history/p1' } }, true],
    ['an allergy by its patient', { resourceType: 'AllergyIntolerance', patient: { reference: 'Patient/p2' } }, true],
    ['a task by whom it is for', { resourceType: 'Task', for: { reference: 'Patient/p2' } }, true],
    ['an appointment of two, one of them this person', appointment('Patient/p2', 'Patient/p1'), false],
    ['an appointment of somebody else', appointment('Patient/p2', 'Practitioner/p1'), true],
    ['a person resource of another', { resourceType: 'Patient', id: 'p2' }, true],
    ['the person', { resourceType: 'Patient', id: 'p1' }, false],
    ['a place', { resourceType: 'Location', id: 'p2' }, false],
    ['what names nobody', { resourceType: 'Encounter', subject: { display: 'Mrs A' } }, false],
    [
      'what names a person by number only',
      { resourceType: 'Flag', subject: { identifier: { value: '9990000018' } } },
      false,
    ],
  ])('%s', (_, resource, expected) => {
    expect(named(resource)).toBe(expected);
  });

  it('never trips over what is not shaped as it should be', () => {
    const shape = fc.record({
      resourceType: fc.constantFrom('Encounter', 'Task', 'Appointment', 'Patient'),
      subject: fc.jsonValue(),
      patient: fc.jsonValue(),
      for: fc.jsonValue(),
      participant: fc.jsonValue(),
    });
    fc.assert(
      fc.property(shape, (resource) => {
        expect(named(resource)).toBeTypeOf('boolean');
      }),
    );
  });
});

function appointment(...actors: string[]): object {
  return { resourceType: 'Appointment', participant: actors.map((reference) => ({ actor: { reference } })) };
}
