import type { Address, ContactPoint, HumanName } from 'fhir/r4';
import type { Repetition } from '../message.ts';
import { lookUp } from '../look-up.ts';

/** XPN: family, given, further given names, suffix, prefix, degree, type. Undefined when it holds no name. */
export function nameOf(name: Repetition, use: HumanName['use'] = 'official'): HumanName | undefined {
  const family = name.at(1, 1);
  const given = [name.at(2), ...name.at(3).split(/\s+/)].filter((word) => word !== '');
  if (family === '' && given.length === 0) return undefined;
  const [suffix, prefix] = [name.at(4), name.at(5)];
  return {
    use: lookUp(nameUses, name.at(7).toUpperCase()) ?? use,
    ...(family === '' ? {} : { family }),
    ...(given.length === 0 ? {} : { given }),
    ...(prefix === '' ? {} : { prefix: [prefix] }),
    ...(suffix === '' ? {} : { suffix: [suffix] }),
  };
}

/** HL7 table 0200, and what London's systems add. */
const nameUses: Readonly<Record<string, HumanName['use']>> = {
  L: 'official',
  CURRENT: 'official',
  PREFERRED: 'usual',
  D: 'usual',
  M: 'maiden',
  MAIDEN: 'maiden',
  A: 'nickname',
  N: 'nickname',
  B: 'old',
  PREVIOUS: 'old',
};

/** XAD as British systems fill it: two lines, town, county, postcode, country, type. */
export function addressOf(address: Repetition): Address | undefined {
  const line = [address.at(1), address.at(2)].filter((words) => words !== '');
  const [city, district, postalCode, country] = [address.at(3), address.at(4), address.at(5), address.at(6)];
  if (line.length === 0 && city === '' && postalCode === '') return undefined;
  const use = lookUp(addressUses, address.at(7).toUpperCase());
  return {
    ...(use === undefined ? {} : { use }),
    ...(line.length === 0 ? {} : { line }),
    ...(city === '' ? {} : { city }),
    ...(district === '' ? {} : { district }),
    ...(postalCode === '' ? {} : { postalCode }),
    ...(country === '' ? {} : { country }),
  };
}

const addressUses: Readonly<Record<string, Address['use']>> = {
  H: 'home',
  HOME: 'home',
  P: 'home',
  C: 'temp',
  TMP: 'temp',
  TEMP: 'temp',
  B: 'work',
  O: 'work',
  BA: 'old',
};

/** XTN: a number or an e-mail address and what it is for. `use` where the field itself says it (PID-14: work). */
export function telecomOf(telecom: Repetition, use: ContactPoint['use']): ContactPoint | undefined {
  const apart = [telecom.at(6), telecom.at(7)].join('').trim();
  const value = [telecom.at(1), telecom.at(4), apart].find((words) => words !== '');
  if (value === undefined) return undefined;
  const system = value.includes('@') ? 'email' : 'phone';
  const stated =
    lookUp(telecomUses, telecom.at(2).toUpperCase()) ?? lookUp(telecomUses, telecom.at(3).toUpperCase()) ?? use;
  return { system, value, ...(stated === undefined || system === 'email' ? {} : { use: stated }) };
}

const telecomUses: Readonly<Record<string, ContactPoint['use']>> = {
  PRN: 'home',
  HOME: 'home',
  WPN: 'work',
  PRS: 'mobile',
  MOBILE: 'mobile',
  CP: 'mobile',
};
