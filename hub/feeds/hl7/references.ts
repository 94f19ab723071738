import type { Reference } from 'fhir/r4';
import { odsSystem } from '../../../fhir/systems.ts';
import { localIdentifier } from './concepts.ts';
import type { Repetition } from './message.ts';
import { lookUp } from './look-up.ts';

// HL7 v2 names staff and organisations within each message and has no directory: so they are told by number and name, and
// no reader is sent to look for a Practitioner that nobody told of.

/** An organisation by its ODS code. Undefined when neither code nor name is stated. */
export function organisationReference(ods: string, name: string): Reference | undefined;
export function organisationReference(ods: string, name: string, otherwise: string): Reference;
export function organisationReference(ods: string, name: string, otherwise?: string): Reference | undefined {
  const display = name || ods || otherwise;
  if (display === undefined || display === '') return undefined;
  return { type: 'Organization', ...(ods === '' ? {} : { identifier: { system: odsSystem, value: ods } }), display };
}

/** XCN: number, family, given, further names, suffix, prefix, degree, source, authority. Undefined when it names nobody. */
export function staffReference(who: Repetition, organisation: string): Reference | undefined {
  const [number, family, given, prefix, words] = [who.at(1), who.at(2, 1), who.at(3), who.at(6), who.at(14)];
  const spoken = [prefix, given, family].filter((word) => word !== '').join(' ') || words;
  if (number === '' && spoken === '') return undefined;
  // `^^Dr A Gunneberg`, or the whole name where the number belongs.
  const display = spoken || number;
  const system = lookUp(registers, who.at(9, 1).toUpperCase());
  const identifier =
    system === undefined ? localIdentifier('practitioner', `${organisation}-${number}`) : { system, value: number };
  return { type: 'Practitioner', ...(number === '' ? {} : { identifier }), display };
}

/** PD1-4. */
export function gpReference(who: Repetition): Reference | undefined {
  return staffReference(who, 'GP');
}

const registers: Readonly<Record<string, string>> = {
  GMC: 'https://fhir.hl7.org.uk/Id/gmc-number',
  GMP: 'https://fhir.hl7.org.uk/Id/gmp-number',
  NMC: 'https://fhir.hl7.org.uk/Id/nmc-number',
  SDS: 'https://fhir.nhs.uk/Id/sds-user-id',
};
