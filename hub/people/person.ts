/** One person as the picker and the launch need them: enough to tell two people apart, no more. */
export interface PersonSummary {
  /** The hub's Patient id: random, assigned once. */
  id: string;
  /** Ten bare digits, where one is known. */
  nhsNumber: string | undefined;
  /** `FAMILY, Given (Title)` (NHS CUI, Patient Name Display). */
  name: string;
  /** FHIR date as stated, possibly partial. */
  birthDate: string | undefined;
  gender: string | undefined;
  deceased: boolean;
}
