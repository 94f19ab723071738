import { OperationOutcomeError, validateResource } from '@medplum/core';
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';
import { cardinalityProblems } from './cardinality.ts';
import { loadStructureDefinitions } from './structure-definitions.ts';

const knownElement = /^[A-Za-z]+(?:\.[A-Za-z_]+(?:\[\d+\])?(?:\[x\])?)*$/;

/**
 * Problems of a resource's structure against FHIR R4 (base profiles: cardinality, types, unknown elements), one sentence
 * each; none means valid. The sentences name elements and types and never repeat a value, because values are patient data.
 * Codes are not checked against value sets.
 */
export function validateStructure(resource: unknown): string[] {
  if (typeof resource !== 'object' || resource === null || Array.isArray(resource)) {
    return ['A resource is a JSON object.'];
  }
  const type: unknown = Reflect.get(resource, 'resourceType');
  if (typeof type !== 'string') return ['The resource does not say its resourceType.'];
  loadStructureDefinitions();
  const problems = new Set<string>();
  try {
    for (const issue of validateResource(resource as Resource)) {
      if (issue.severity === 'error' || issue.severity === 'fatal') problems.add(sentence(issue));
    }
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) return ['The resource cannot be read as FHIR R4.'];
    for (const issue of error.outcome.issue) problems.add(sentence(issue));
  }
  return [...new Set([...cardinalityProblems(resource, type), ...problems])];
}

/** What the validator says holds property names as they came, which may be anything: those are left out. */
function sentence(issue: OperationOutcomeIssue): string {
  const path = issue.expression?.[0];
  const parent = path?.slice(0, path.lastIndexOf('.'));
  const text = issue.details?.text ?? '';
  if (text.startsWith('Invalid additional property')) {
    return parent !== undefined && knownElement.test(parent)
      ? `${parent} has an element that FHIR R4 does not define there.`
      : 'There is an element that FHIR R4 does not define.';
  }
  const where = path !== undefined && knownElement.test(path) ? path : 'The resource';
  if (text === 'Missing required property') return `${where} is missing and required.`;
  if (text === 'Invalid resource type') return 'The resourceType is not one of FHIR R4.';
  if (text.startsWith('Invalid JSON type')) return `${where} has the wrong JSON type.`;
  if (/^Invalid \w+ format$/.test(text)) return `${where} is not a valid ${text.split(' ')[1]}.`;
  if (text.startsWith('Unknown data type')) return 'A contained resource has a type that is not one of FHIR R4.';
  return `${where} is not valid FHIR R4.`;
}
