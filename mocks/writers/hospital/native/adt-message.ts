import type { NativeMessage } from '../../native.ts';
import { personSegments, type PatientOffice } from './adt-person.ts';
import { hl7Message, hl7Time } from './hl7.ts';
import { type Fields, segment } from './segments.ts';

/** One ADT message before its hospital writes it. */
export interface AdtEvent {
  event: string;
  /** When it is recorded and sent, epoch milliseconds. */
  at: number;
  /** When it happened, where the system states that apart. */
  occurred?: number | undefined;
  /** What it is of: its control id is made of that. */
  of: string;
  pv1?: Fields;
  pv2?: Fields;
  /** Segments after PV2: AL1, DG1, PR1, MRG. */
  more?: readonly string[];
  /** Another number than the person's own: a record made twice. */
  mrn?: string;
}

/** An ADT message in this hospital's manner, with everything it holds of the person. */
export function adtMessage(office: PatientOffice, adt: AdtEvent): NativeMessage {
  const { hospital } = office;
  const { event, at, occurred, of, pv1, pv2, more = [], mrn = office.mrn } = adt;
  const segments = [
    segment('EVN', {
      1: hospital === 'RRV' ? event : '',
      2: hl7Time(at, hospital),
      6: occurred === undefined ? '' : hl7Time(occurred, hospital),
    }),
    ...personSegments(office, at, mrn),
    ...(pv1 === undefined ? [] : [segment('PV1', { 1: '1', ...pv1 })]),
    ...(pv2 === undefined ? [] : [segment('PV2', pv2)]),
    ...more,
  ];
  return hl7Message(hospital, { type: `ADT^${event}`, at, mrn, segments, key: `${event}/${of}` });
}
