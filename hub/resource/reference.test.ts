import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { parseReference, referencesIn, rewriteReferences, type ParsedReference } from './reference.ts';

describe('reading a reference', () => {
  it.each<[string, ParsedReference | undefined]>([
    ['#gp', { form: 'contained', id: 'gp' }],
    ['Patient/1', { form: 'literal', type: 'Patient', id: '1' }],
    ['Patient/1/_history/3', { form: 'literal', type: 'Patient', id: '1' }],
    ['urn:uuid:9ee2', { form: 'url', url: 'urn:uuid:9ee2', type: undefined }],
    [
      'https://ehr.example/r4/Encounter/9/_history/1',
      { form: 'url', url: 'https://ehr.example/r4/Encounter/9', type: 'Encounter' },
    ],
    [
      'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|99',
      { form: 'conditional', type: 'Practitioner', system: 'http://hl7.org/fhir/sid/us-npi', value: '99' },
    ],
    [
      'Location?identifier=https%3A%2F%2Fods%7CRKE01',
      { form: 'conditional', type: 'Location', system: 'https://ods', value: 'RKE01' },
    ],
    ['Organization?identifier=RKE', { form: 'conditional', type: 'Organization', system: undefined, value: 'RKE' }],
    ['Organization?identifier=100%|7', { form: 'conditional', type: 'Organization', system: '100%', value: '7' }],
    ['Organization?identifier=', undefined],
    ['Organization?name=x', undefined],
    ['Dr Smith', undefined],
    ['', undefined],
  ])('%s', (text, parsed) => {
    expect(parseReference(text)).toEqual(parsed);
  });
});

const objects = fc
  .dictionary(fc.constantFrom('reference', 'url', 'a', 'b'), fc.jsonValue())
  .map((object) => object as JsonObject);

describe('rewriting references', () => {
  const resource = {
    resourceType: 'DocumentReference',
    subject: { reference: 'Patient/1', display: 'Grace' },
    contained: [{ resourceType: 'Provenance', target: [{ reference: '#' }, { reference: 'Encounter/2' }] }],
    content: [{ attachment: { url: 'Binary/7' } }, { attachment: { url: 'https://elsewhere.example/Binary/7' } }],
  };

  it('meets every one, wherever it stands, and a letter kept as a Binary', () => {
    expect(referencesIn(resource)).toEqual(['Patient/1', '#', 'Encounter/2', 'Binary/7']);
  });

  it('cuts off a link to another record with the words beside it, which may name that person', () => {
    const cut = rewriteReferences(
      {
        subject: { reference: 'Patient/2', display: 'Her mother', identifier: { value: '7' } },
        focus: { reference: 'Patient/2' },
      },
      () => ({ withhold: true }),
    );
    expect(cut).toEqual({ subject: { display: 'Another record' }, focus: { display: 'Another record' } });
  });

  it('keeps a key that means something else to JavaScript', () => {
    const odd = JSON.parse('{"a":[{"__proto__":"x"},{"__proto__":{"b":1}}]}') as JsonObject;
    expect(JSON.stringify(rewriteReferences(odd, () => ({ keep: true })))).toBe(JSON.stringify(odd));
  });

  it('leaves the resource it was given as it was, and changes nothing when all is kept', () => {
    fc.assert(
      fc.property(objects, (object) => {
        const before = JSON.stringify(object);
        const after = rewriteReferences(object, () => ({ keep: true }));
        expect(JSON.stringify(after)).toBe(before);
        rewriteReferences(object, () => ({ withhold: true }));
        expect(JSON.stringify(object)).toBe(before);
      }),
    );
  });
});
