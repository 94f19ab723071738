import type { Organization, Resource } from 'fhir/r4';
import { odsSystem } from '../../fhir/systems.ts';
import { items, text } from './read.ts';

/**
 * What organisations are called, by ODS code, from the Organization resources that came with the record. `own` is the
 * reader's, which the launch names.
 */
export function organisationNames(
  included: Iterable<Resource>,
  own: { code: string; name: string } | undefined,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (own !== undefined) names.set(own.code, own.name);
  for (const resource of included) {
    if (resource.resourceType !== 'Organization') continue;
    const { identifier, name } = resource as Organization;
    const code = text(items(identifier).find(({ system }) => system === odsSystem)?.value);
    const words = text(name);
    if (code !== undefined && words !== undefined) names.set(code, words);
  }
  return names;
}

/** The organisation's name; where none came, the code that its statements carry, said to be one. */
export function organisationWords(code: string, names: ReadonlyMap<string, string>): string {
  if (code === '') return 'Organisation not stated';
  return names.get(code) ?? (/^[A-Z0-9]{3,8}$/.test(code) ? `Organisation ${code}` : code);
}
