/**
 * Whether words tell of the person as somebody who cares for another (misreading 11): a carer's own assessment or
 * support, not care that the person needs. `Home carer visit`, `care worker` and `Has a carer` are no such words.
 */
export function asCarer(...words: readonly (string | undefined)[]): boolean {
  return words.some(
    (phrase) =>
      phrase !== undefined &&
      !/^(?:has|have|needs?|no) .*\bcarer/i.test(phrase) &&
      /\bcarer['’]?s?['’]? (?:assessment|review|support|services?|needs|respite|sitting|universal)|\b(?:support|services?|assessment) (?:to|for|of) (?:an? )?(?:unpaid )?carers?\b|\bunpaid carer|\b(?:as|is) an? (?:\w+ )?carer\b|\bcarer (?:of|for)\b|\bthemsel(?:f|ves) providing care\b|^carer$|\bclient type:? carer/i.test(
        phrase,
      ),
  );
}
