import { OperationOutcomeError, validateResource } from '@medplum/core';
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';
import { cardinalityProblems } from './cardinality.ts';
import { isPlainlyFaultless } from './plainly-sound.ts';
import { loadStructureDefinitions } from './structure-definitions.ts';

const knownElement = /^[A-Za-z]+(?:\.[A-Za-z_]+(?:\[\d+\])?(?:\[x\])?)*$/;

/** What a check against FHIR R4 found; sentences that name elements and never repeat a value: values are patient data. */
export interface StructureReport {
  /** Wrong shape: types, cardinality, unknown or missing elements. Such a resource cannot be read safely; refuse it. */
  problems: string[];
  /**
   * Rules of R4 that it breaks though its shape is sound (an Appointment with a start and no end). Refusing these would
   * make gaps in a record for a formality: take it, and say so.
   */
  remarks: string[];
}

/** Problems of a resource's structure; none means valid. See StructureReport. */
export function validateStructure(resource: unknown): string[] {
  return checkStructure(resource).problems;
}

/** Checks a resource against the base definitions of FHIR R4. Codes are not checked against value sets. */
export function checkStructure(resource: unknown): StructureReport {
  return isPlainlyFaultless(resource) ? { problems: [], remarks: [] } : checkInFull(resource);
}

/** The same without the quick look before it. */
export function checkInFull(resource: unknown): StructureReport {
  if (typeof resource !== 'object' || resource === null || Array.isArray(resource)) {
    return refused('A resource is a JSON object.');
  }
  const type: unknown = Reflect.get(resource, 'resourceType');
  if (typeof type !== 'string') return refused('The resource does not say its resourceType.');
  loadStructureDefinitions();
  const issues = issuesOf(resource as Resource);
  if (issues === undefined) return refused('The resource cannot be read as FHIR R4.');
  const invariants = issues.filter(({ code }) => code === 'invariant');
  const structural = issues.filter(({ code }) => code !== 'invariant');
  return {
    problems: [...new Set([...cardinalityProblems(resource, type), ...structural.map(sentence)])],
    remarks: [...new Set(invariants.map(sentence))],
  };
}

function refused(problem: string): StructureReport {
  return { problems: [problem], remarks: [] };
}

/** The validator's errors, or undefined when it could not get through the resource at all (nested without end). */
function issuesOf(resource: Resource): OperationOutcomeIssue[] | undefined {
  try {
    validateResource(resource);
    return [];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) return undefined;
    // Warnings (a `urn:uuid:` where a Patient is expected) come along only when there is an error as well: no reason to refuse.
    return error.outcome.issue.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  }
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
  // The rule's key and words come from the standard.
  if (issue.code === 'invariant')
    return `${where} does not keep a rule of FHIR R4: ${text.replace(/^Constraint /, '')}.`;
  if (text === 'Missing required property') return `${where} is missing and required.`;
  if (text === 'Invalid resource type') return 'The resourceType is not one of FHIR R4.';
  if (text.startsWith('Invalid JSON type')) return `${where} has the wrong JSON type.`;
  if (/^Invalid \w+ (?:format|value)$/.test(text)) return `${where} is not a valid ${text.split(' ')[1]}.`;
  if (text.startsWith('Unknown data type')) return 'A contained resource has a type that is not one of FHIR R4.';
  return `${where} is not valid FHIR R4.`;
}
