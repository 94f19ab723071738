import type { PatientContact } from 'fhir/r4';
import type { Segment } from '../message.ts';
import { addressOf, nameOf, telecomOf } from './names.ts';
import { lookUp } from '../look-up.ts';

/** Next of kin and others to be called (NK1), in the order they are told. */
export function contactsOf(segments: readonly Segment[]): PatientContact[] {
  return segments.flatMap((nk1) => {
    const [stated] = nk1.values(2);
    const name = stated === undefined ? undefined : nameOf(stated);
    const telecom = [
      ...nk1.values(5).map((each) => telecomOf(each, undefined)),
      ...nk1.values(6).map((each) => telecomOf(each, 'work')),
    ].filter((each) => each !== undefined);
    const [where] = nk1.values(4);
    const address = where === undefined ? undefined : addressOf(where);
    const words = nk1.at(3, 2) || lookUp(relationships, nk1.at(3).toUpperCase()) || '';
    if (name === undefined && telecom.length === 0 && address === undefined) return [];
    return [
      {
        ...(words === '' ? {} : { relationship: [{ text: words }] }),
        ...(name === undefined ? {} : { name }),
        ...(telecom.length === 0 ? {} : { telecom }),
        ...(address === undefined ? {} : { address }),
      },
    ];
  });
}

/** HL7 table 0063, in plain words. A hospital's own numbers are no words: they are left to the message. */
const relationships: Readonly<Record<string, string>> = {
  SPO: 'Husband or wife',
  DOM: 'Partner',
  PAR: 'Parent',
  MTH: 'Mother',
  FTH: 'Father',
  CHD: 'Child',
  SIB: 'Brother or sister',
  BRO: 'Brother',
  SIS: 'Sister',
  GRD: 'Guardian',
  GRP: 'Grandparent',
  GCH: 'Grandchild',
  CGV: 'Carer',
  FND: 'Friend',
  NBR: 'Neighbour',
  NOK: 'Next of kin',
  EMC: 'Emergency contact',
  OTH: 'Other',
};
