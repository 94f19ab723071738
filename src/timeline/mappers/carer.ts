/**
 * Whether words tell of the person as somebody who cares for another (misreading 11): a carer's own assessment or
 * support, not care that the person needs. `Home carer visit` and `care worker` are no such words.
 */
export function asCarer(...words: readonly (string | undefined)[]): boolean {
  return words.some(
    (phrase) =>
      phrase !== undefined &&
      /\bcarer['’]?s?['’]? (?:assessment|review|support|services?|needs|respite|sitting|universal)|\b(?:support|services?|assessment) (?:to|for|of) (?:an? )?(?:unpaid )?carers?\b|\bunpaid carer|\bas a carer\b|^carer$|\bclient type:? carer/i.test(
        phrase,
      ),
  );
}
