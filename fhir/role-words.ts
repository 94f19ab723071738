/** Roles that people meet, by SDS job role code, in words that are theirs. */
const words: Record<string, string> = {
  R0050: 'Consultant',
  R0260: 'GP',
  R0270: 'GP',
  R0570: 'Nurse',
  R0600: 'Nurse practitioner',
  R0610: 'Nurse',
  R0620: 'Nurse',
  R0680: 'Midwife',
  R1070: 'Paramedic',
  R1290: 'Pharmacist',
  R1330: 'Social worker',
  R1981: 'Psychiatrist',
  R6300: 'GP',
  R8000: 'Doctor or clinician',
  R8001: 'Nurse',
  R8003: 'Health professional',
  R8008: 'Office staff',
  R8009: 'Receptionist',
  R8014: 'Social worker',
  R0001: 'Privacy officer',
  R5105: 'Caldicott guardian',
  R9550: 'Occupational therapist',
  R9570: 'Social worker',
  R9575: 'Social care manager',
  service: 'A service, with nobody before a screen',
};

/** A role in words: as it was told, else by its code; undefined for the person themself and where none was told. */
export function roleWords(code: string | undefined, told: string | undefined): string | undefined {
  if (code === undefined || code === '' || code === 'person') return told;
  return words[code] ?? told ?? `Role ${code}`;
}
