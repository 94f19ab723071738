import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStructure, validateStructure } from './validate.ts';

const visit = { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } };

describe('structure of a resource on its way into the store', () => {
  it('takes a sound visit, with extensions, contained resources and primitive extensions', () => {
    expect(validateStructure(visit)).toEqual([]);
    expect(
      validateStructure({
        resourceType: 'Patient',
        contained: [{ resourceType: 'Organization', name: 'Practice' }],
        birthDate: '1948',
        _birthDate: { extension: [{ url: 'https://example.org/known-by', valueString: 'passport' }] },
        extension: [{ url: 'https://example.org/weight', valueQuantity: { value: 60, unit: 'kg' } }],
      }),
    ).toEqual([]);
  });

  it.each([
    ['a missing required element', { ...visit, class: undefined }, 'Encounter.class is missing and required.'],
    ['a number where text belongs', { ...visit, status: 5 }, 'Encounter.status has the wrong JSON type.'],
    [
      'a date that is none',
      { ...visit, period: { start: 'Easter' } },
      'Encounter.period.start is not a valid dateTime.',
    ],
    [
      'one value where a list belongs',
      { ...visit, location: { location: {} } },
      'Encounter.location is one value and is to be a list.',
    ],
    [
      'a list where one value belongs',
      { ...visit, period: [{ start: '2026' }] },
      'Encounter.period is a list and is to be one value.',
    ],
    [
      'the same inside a contained resource',
      { ...visit, contained: [{ resourceType: 'Patient', name: { family: 'X' } }] },
      'Encounter.contained.name is one value and is to be a list.',
    ],
    [
      'an element R4 does not have',
      { ...visit, diagnosed: true },
      'Encounter has an element that FHIR R4 does not define there.',
    ],
    ['a type R4 does not have', { resourceType: 'Visit' }, 'The resourceType is not one of FHIR R4.'],
    ['no type', { status: 'finished' }, 'The resource does not say its resourceType.'],
    ['a type that is no text', { resourceType: 7 }, 'The resource does not say its resourceType.'],
    ['a list', [visit], 'A resource is a JSON object.'],
    ['nothing', null, 'A resource is a JSON object.'],
  ])('refuses %s', (_what, resource, problem) => {
    expect(validateStructure(resource)).toContain(problem);
  });

  it('says what is wrong without repeating what the record says, even where the value became a property name', () => {
    const secret = 'Zzqx';
    const leaky = [
      { ...visit, [`${secret} Smith`]: 1 },
      { ...visit, period: { start: secret } },
      { ...visit, class: secret },
      { ...visit, [secret]: { [secret]: secret } },
      { resourceType: secret },
      { ...visit, contained: [{ resourceType: secret }] },
      { resourceType: 'Patient', birthDate: secret, active: secret },
    ];
    for (const resource of leaky) {
      const problems = validateStructure(resource);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join(' ')).not.toContain(secret);
    }
  });

  it('takes what breaks a mere rule, and says so: a booking without an end is still a booking', () => {
    const booking = {
      resourceType: 'Appointment',
      status: 'booked',
      start: '2026-03-02T10:00:00Z',
      participant: [{ status: 'accepted', actor: { display: 'Dr Test' } }],
    };
    const { problems, remarks } = checkStructure(booking);
    expect(problems).toEqual([]);
    expect(remarks.join()).toContain('app-2');
  });

  it('blames nothing but what is wrong: a urn:uuid reference beside it is sound', () => {
    const bare = {
      resourceType: 'Encounter',
      status: 'finished',
      subject: { reference: `urn:uuid:${crypto.randomUUID()}` },
    };
    expect(validateStructure(bare)).toEqual(['Encounter.class is missing and required.']);
  });

  it('refuses what is nested without end', () => {
    let extension: object = { url: 'https://example.org/x', valueString: 'x' };
    for (let depth = 0; depth < 20_000; depth += 1)
      extension = { url: 'https://example.org/x', extension: [extension] };
    expect(validateStructure({ ...visit, extension: [extension] })).toEqual([
      'The resource cannot be read as FHIR R4.',
    ]);
  });

  it('answers for any JSON, and never throws', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('status', 'class', 'period', 'location', 'extension', 'x'), fc.jsonValue()),
        (elements) => {
          expect(Array.isArray(validateStructure({ ...elements, resourceType: 'Encounter' }))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
