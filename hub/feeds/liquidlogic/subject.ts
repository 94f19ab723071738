import { parseNhsNumber } from '../../../fhir/nhs-number.ts';

/**
 * The number a council's record of a person goes by: the council's code before its own number, for two councils number
 * their people alike (wrong patient). Without a number of the council the NHS number stands for it, as in the national
 * processing of Client Level Data. Undefined when the row names nobody.
 */
export function subjectOf(
  council: string,
  personId: string | undefined,
  nhsNumber: string | undefined,
): string | undefined {
  if (personId !== undefined) return `${council}-${personId.replace(/[\s|/?#]+/g, '_')}`;
  const number = parseNhsNumber(nhsNumber ?? '');
  return number === undefined ? undefined : `${council}-nhs-${number}`;
}
