import type { Condition, Reference, Resource } from 'fhir/r4';
import { type LookContext, nameOf, resolveAs } from '../context.ts';
import { concept, hasCode } from '../read.ts';
import { inWords } from '../words.ts';

/**
 * A linked condition as a row may state it (misreading 7): `Diagnosis` when its writer confirmed it, `Suspected` while
 * it is not, `Listed` when only its name was sent and nobody can tell. Refuted, entered in error: undefined, never in a
 * row.
 */
export function diagnosisWords(
  reference: Reference | undefined,
  owner: Resource,
  context: LookContext,
): { label: 'Diagnosis' | 'Suspected' | 'Listed'; name: string } | undefined {
  const condition = resolveAs<Condition>('Condition', reference, owner, context);
  if (condition === undefined) {
    const name = nameOf(reference, owner, context);
    return name === undefined ? undefined : { label: 'Listed', name: inWords(name) };
  }
  const label = conditionLabel(condition);
  const name = concept(condition.code);
  return label === undefined || name === undefined ? undefined : { label, name: inWords(name) };
}

/** How sure a condition's writer is, or undefined for one that must never read as the person's own (misreading 7). */
export function conditionLabel(condition: Condition): 'Diagnosis' | 'Suspected' | 'Listed' | undefined {
  const status = condition.verificationStatus;
  if (hasCode(status, 'refuted', 'entered-in-error')) return undefined;
  if (hasCode(status, 'unconfirmed', 'provisional', 'differential')) return 'Suspected';
  return hasCode(status, 'confirmed') ? 'Diagnosis' : 'Listed';
}
