import { at, attribute, child, childrenOf, lineOf, type XmlElement } from '../xml-element.ts';
import { odsOf } from './ods.ts';
import type { ReportPatient } from './report.ts';

const tracedNumber = '2.16.840.1.113883.2.1.4.1';
const untracedNumber = '2.16.840.1.113883.2.1.3.2.4.18.23';
const localId = '2.16.840.1.113883.2.1.3.2.4.18.24';

/** Who a report is about (COCD_TP145201GB01). */
export function readReportPatient(role: XmlElement | undefined): ReportPatient {
  const patient = child(role, 'patient');
  const gender = child(patient, 'administrativeGenderCode');
  const practice = child(role, 'providerOrganization');
  const ids = childrenOf(role, 'id').flatMap((id) => {
    const [root, value] = [attribute(id, 'root'), attribute(id, 'extension')];
    return value === undefined ? [] : [{ root, value, by: attribute(id, 'assigningAuthorityName') }];
  });
  return {
    numbers: ids
      .filter(({ root }) => root === tracedNumber || root === untracedNumber)
      .map(({ root, value }) => ({ value, traced: root === tracedNumber })),
    localIds: ids
      .filter(({ root, by }) => root === localId && by !== undefined)
      .map(({ value, by = '' }) => `${by.split(':')[0]?.trim() ?? ''}-${value}`),
    names: childrenOf(patient, 'name').map(nameOf),
    gender: { code: attribute(gender, 'code'), words: attribute(gender, 'displayName') },
    birth: attribute(child(patient, 'birthTime'), 'value'),
    addresses: childrenOf(role, 'addr').map((address) => ({
      use: attribute(address, 'use'),
      lines: childrenOf(address)
        .filter(({ name }) => name !== 'postalCode' && name !== 'useablePeriod')
        .flatMap((line) => lineOf(line) ?? []),
      postcode: lineOf(child(address, 'postalCode')),
    })),
    phones: childrenOf(role, 'telecom').flatMap((telecom) => {
      const number = attribute(telecom, 'value')?.replace(/^(?:tel|fax|mailto):/i, '');
      return number === undefined ? [] : [{ use: attribute(telecom, 'use'), number }];
    }),
    language: attribute(at(patient, 'languageCommunication', 'languageCode'), 'code'),
    practice: { ods: odsOf(practice), name: lineOf(child(practice, 'name')) },
  };
}

/** A name in its parts, and as it is read: some senders write it in one. */
export function nameOf(name: XmlElement | undefined): ReportPatient['names'][number] {
  const parts = (kind: string) => childrenOf(name, kind).flatMap((part) => lineOf(part) ?? []);
  const [prefix, given, family] = [parts('prefix'), parts('given'), parts('family').join(' ')];
  const text = [...prefix, ...given, family].join(' ').trim();
  return { prefix, given, family: family === '' ? undefined : family, text: text === '' ? lineOf(name) : text };
}
