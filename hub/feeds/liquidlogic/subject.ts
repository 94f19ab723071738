import { parseNhsNumber } from '../../../fhir/nhs-number.ts';

/**
 * The number a council's record of a person goes by: the council's code before its own number, for two councils number
 * their people alike (wrong patient). Without a number of the council the NHS number stands for it, as in the national
 * processing of Client Level Data. Two numbers never come to one, whatever characters they have. Undefined when the row
 * names nobody.
 */
export function subjectOf(
  council: string,
  personId: string | undefined,
  nhsNumber: string | undefined,
): string | undefined {
  const owner = escaped(council).replaceAll('-', '_2d_');
  if (personId !== undefined) return `${owner}-${escaped(personId)}`;
  const number = parseNhsNumber(nhsNumber ?? '');
  return number === undefined ? undefined : `${owner}-nhs_${number}`;
}

/** What may stand in a reference stays; anything else is written as its code points. */
function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16) ?? ''}_`);
}
