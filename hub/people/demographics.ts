import type { Identifier, Patient } from 'fhir/r4';
import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import { nhsNumberSystem, nhsNumberVerificationExtension } from '../../fhir/systems.ts';
import { nameParts } from './names.ts';

/** Identifier system of a source's own patient number (Interweave R4 guide), value `ODS-number`. */
const localPatientSystem = 'https://fhir.interweavedigital.nhs.uk/Id/local-patient-identifier';

/** What matching knows of a patient record: who it says it is about. */
export interface Demographics {
  /** Ten digits with a right check digit; a wrong number is never matched on. */
  nhsNumber: string | undefined;
  /** UK Core NHSNumberVerificationStatus; undefined where the source states the number without one. */
  verification: string | undefined;
  /** As stated; only a whole date can agree. */
  birthDate: string | undefined;
  families: string[];
  givens: string[];
}

/** One source's patient record, identified as that source identifies it. */
export interface SourcePatient extends Demographics {
  source: string;
  localId: string;
}

/** Reads who a Patient is about. The first NHS number with a right check digit counts, the verified one before others. */
export function demographicsOf(patient: Patient): Demographics {
  const numbers = (patient.identifier ?? [])
    .filter(
      (identifier) => identifier.system === nhsNumberSystem && identifier.use !== 'old' && !identifier.period?.end,
    )
    .map((identifier) => ({
      number: parseNhsNumber(identifier.value ?? ''),
      verification: verificationOf(identifier),
    }))
    .filter((found) => found.number !== undefined);
  const chosen = numbers.find((found) => found.verification === '01') ?? numbers[0];
  return {
    nhsNumber: chosen?.number,
    verification: chosen?.verification,
    birthDate: patient.birthDate,
    ...nameParts(patient.name),
  };
}

/** The verification status of one NHS number (UK Core extension on the identifier). */
export function verificationOf(identifier: Identifier): string | undefined {
  const extension = identifier.extension?.find((candidate) => candidate.url === nhsNumberVerificationExtension);
  return extension?.valueCodeableConcept?.coding?.[0]?.code;
}

/**
 * The numbers a source itself uses for the record, by which its system may ask for a launch: local patient identifiers
 * and medical record numbers (v2-0203 MR), never passports, licences and the like.
 */
export function localNumbersOf(patient: Patient): string[] {
  const values = (patient.identifier ?? [])
    .filter(
      (identifier) =>
        identifier.system === localPatientSystem || identifier.type?.coding?.some((coding) => coding.code === 'MR'),
    )
    .map((identifier) => identifier.value ?? '');
  return [...new Set(values)].filter((value) => value !== '').sort();
}

/** Any value given as an NHS number that is not from the range for testing (999), right or wrong. */
export function namesRealNhsNumber(identifiers: readonly Identifier[] | undefined): boolean {
  return (identifiers ?? []).some((identifier) => {
    const digits = (identifier.value ?? '').replace(/[\s-]/g, '');
    return identifier.system === nhsNumberSystem && digits !== '' && !digits.startsWith('999');
  });
}
