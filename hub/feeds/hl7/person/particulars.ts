import type { Extension, Patient } from 'fhir/r4';
import { hl7Code, ukCore, ukCoreExtra } from '../concepts.ts';
import { lookUp } from '../look-up.ts';

/** PID-22: ethnic category 2001 of the Data Dictionary; another code keeps its words. */
export function ethnicityOf(stated: string, words: string | undefined): Extension[] {
  const code = stated.toUpperCase();
  if (code === '') return [];
  const display = lookUp(ethnicCategories, code);
  if (display !== undefined) return [ukCoreExtra('EthnicCategory', ukCore('EthnicCategoryEngland', code, display))];
  return words === undefined || words === '' ? [] : [ukCoreExtra('EthnicCategory', { text: words })];
}

const ethnicCategories: Readonly<Record<string, string>> = {
  A: 'White - British',
  B: 'White - Irish',
  C: 'White - Any other White background',
  D: 'Mixed - White and Black Caribbean',
  E: 'Mixed - White and Black African',
  F: 'Mixed - White and Asian',
  G: 'Mixed - Any other mixed background',
  H: 'Asian or Asian British - Indian',
  J: 'Asian or Asian British - Pakistani',
  K: 'Asian or Asian British - Bangladeshi',
  L: 'Asian or Asian British - Any other Asian background',
  M: 'Black or Black British - Caribbean',
  N: 'Black or Black British - African',
  P: 'Black or Black British - Any other Black background',
  R: 'Other Ethnic Groups - Chinese',
  S: 'Other Ethnic Groups - Any other ethnic group',
  Z: 'Not stated',
  '99': 'Not known',
};

/** PID-15, where it is a language tag: an interpreter may be needed. */
export function languageOf(stated: string): Pick<Patient, 'communication'> {
  const code = stated.toLowerCase();
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})?$/.test(code)) return {};
  return { communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code }] }, preferred: true }] };
}

const maritalStatuses = { S: 'Never Married', M: 'Married', D: 'Divorced', W: 'Widowed' };

/** PID-16, where British systems and HL7 mean the same by it. */
export function maritalStatusOf(stated: string): Pick<Patient, 'maritalStatus'> {
  const display = lookUp(maritalStatuses, stated.toUpperCase());
  return display === undefined
    ? {}
    : { maritalStatus: { ...hl7Code('v3-MaritalStatus', stated.toUpperCase(), display), text: display } };
}
