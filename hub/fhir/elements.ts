import { getDataType } from '@medplum/core';
import type { ResourceType } from '../../fhir/resource-types.ts';
import type { ReadRow } from '../store/rows.ts';
import { badRequest, quoted } from './fhir-error.ts';
import { loadStructureDefinitions } from './structure-definitions.ts';
import { alternatives } from './values.ts';

/** Always kept, whatever was asked: who it is, whose rules it follows, and what changes its meaning. */
const always = new Set(['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension']);

const subsetted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
  display: 'Resource encoded in summary mode',
};

/**
 * Reads `_elements` (R4 search 3.1.1.5.9): names of the type's own elements. Throws 400 for one that it does not have, so
 * that a misspelt name is never taken for an empty element.
 */
export function readElements(type: ResourceType, value: string): string[] {
  const known = elementsOf(type);
  const names = alternatives('_elements', value);
  for (const name of names) {
    if (name !== 'id' && name !== 'meta' && !known.has(name)) {
      throw badRequest(`The parameter _elements names ${quoted(name)}, which ${type} does not have.`);
    }
  }
  return names;
}

/**
 * A row with no more than these elements, and the mandatory and modifying ones: without its status an entry in error would
 * read as a fact. It carries the tag that says it is not whole.
 */
export function withElements(row: ReadRow, names: readonly string[]): ReadRow {
  const resource = JSON.parse(row.content) as Record<string, unknown> & { meta?: { tag?: object[] } };
  const known = elementsOf(row.type);
  const kept = Object.entries(resource).filter(([name]) => {
    const own = name.startsWith('_') ? name.slice(1) : name;
    const element = known.get(own) ?? known.get(choiceOf(own, known));
    return always.has(own) || element === 'required' || names.includes(own) || names.includes(choiceOf(own, known));
  });
  const part = Object.fromEntries(kept) as typeof resource;
  const tags = Array.isArray(part.meta?.tag) ? part.meta.tag : [];
  part.meta = { ...part.meta, tag: [...tags, subsetted] };
  return { ...row, content: JSON.stringify(part) };
}

const byType = new Map<ResourceType, Map<string, 'required' | 'other'>>();

/** Element names of a type (`value` for `value[x]`), each with whether it is always kept. */
function elementsOf(type: ResourceType): Map<string, 'required' | 'other'> {
  const found = byType.get(type);
  if (found !== undefined) return found;
  loadStructureDefinitions();
  const elements = new Map(
    Object.entries(getDataType(type).elements).map(([name, element]) => [
      name.replace('[x]', ''),
      // In R4 the status of a resource is what modifies its meaning, in error or refuted; it is kept where it is optional, too.
      element.min > 0 || /status$/i.test(name) || name === 'doNotPerform' || name === 'active' || name === 'deceased[x]'
        ? ('required' as const)
        : ('other' as const),
    ]),
  );
  byType.set(type, elements);
  return elements;
}

/** `value` of `valueQuantity`, where the type has `value[x]`. */
function choiceOf(name: string, known: ReadonlyMap<string, unknown>): string {
  if (known.has(name)) return name;
  return [...known.keys()].find((stem) => name.startsWith(stem) && /^[A-Z]/.test(name.slice(stem.length))) ?? name;
}
