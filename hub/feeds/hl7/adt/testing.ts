/** What a test states of an ADT message; the rest is what System C sends of Grace Okafor. */
export interface AdtParts {
  /** EVN-2, when it was recorded. */
  at: string;
  /** EVN-6, when it happened. */
  occurred?: string;
  mrn?: string;
  /** PID fields by number. */
  pid?: Record<number, string>;
  /** PV1 fields by number; none for an event of the person alone. */
  pv1?: Record<number, string>;
  pv2?: Record<number, string>;
  more?: readonly string[];
}

let sent = 0;

/** An ADT message of System C (HL7 v2.4) about the invented Grace Okafor. */
export function adtMessage(event: string, parts: AdtParts): string {
  sent += 1;
  const { at, occurred = '', mrn = '44120', pid, pv1, pv2, more = [] } = parts;
  return [
    `MSH|^~\\&|PAS|RKE|ROUTE|RKE|${at}||ADT^${event}|${sent}|P|2.4`,
    `EVN||${at}||||${occurred}`,
    segment('PID', { 3: `${mrn}^^^RKE^MR~9990000018^^^NHS^NH`, 5: 'OKAFOR^GRACE', 7: '19480312', 8: '2', ...pid }),
    ...(pv1 === undefined ? [] : [segment('PV1', pv1)]),
    ...(pv2 === undefined ? [] : [segment('PV2', pv2)]),
    ...more,
  ].join('\r');
}

/** The fields of a stay on Coyle ward, visit 2139, from two in the afternoon of 2 November. */
export const onCoyle: Readonly<Record<number, string>> = {
  2: 'I',
  3: 'RKE^COYLE^BAY2-6^RKEQ4^^^^^Coyle ward',
  4: '21',
  7: 'C9990001^Okello^Ruth^^^Dr^^^GMC',
  10: '110',
  14: '19',
  19: '2139^^^VISITID',
  44: '202611021400',
};

/** The same stay on Meyrick ward. */
export const onMeyrick: Readonly<Record<number, string>> = {
  ...onCoyle,
  3: 'RKE^MEYRICK^BAY1-1^RKEQ4^^^^^Meyrick ward',
};

export function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(0, ...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|');
}
