import { parseNhsNumber } from '../fhir/nhs-number.ts';
import { exchangeMllp } from '../mocks/life-goes-on/send-mllp.ts';
import { mllpPort } from './addresses.ts';

/** Who a hospital's messages are about, as its own system knows them. */
export interface HospitalPatient {
  mrn: string;
  /** Without one the hospital does not know who they are nationally. */
  nhsNumber?: string | undefined;
  family: string;
  given: string;
  /** `yyyy-mm-dd`. */
  born: string;
  /** How sure the number is, as PID-32 has it (`01`); unsaid without one. */
  verification?: string;
}

/** A number of the hospital's own that nothing else in this run has. */
export function newNumber(prefix: string): string {
  return `${prefix}${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`.toUpperCase();
}

/** Somebody whom no system of the borough knows yet, with a number from the range for testing. */
export function newcomer(family: string, given: string): HospitalPatient & { nhsNumber: string } {
  return { mrn: newNumber('M'), nhsNumber: newNhsNumber(), family, given, born: '1961-05-04' };
}

/** Ten digits from 999 with a right check digit; one in eleven beginnings has none. */
function newNhsNumber(): string {
  for (;;) {
    const nine = `999${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;
    const whole = Array.from({ length: 10 }, (_, digit) => `${nine}${digit}`).find((each) => parseNhsNumber(each));
    if (whole !== undefined) return whole;
  }
}

interface Adt {
  /** `A01`, `A11`… */
  event: string;
  patient: HospitalPatient;
  /** PV1-19. */
  visit?: string;
  /** Admitted at; epoch milliseconds. */
  admitted?: number;
  reason?: string;
  /** MRG-1. */
  gone?: string;
}

/** One ADT message in the Whittington's way. */
export function adt({ event, patient, visit, admitted, reason, gone }: Adt): string {
  const now = stamp(Date.now());
  const national = patient.nhsNumber === undefined ? '' : `~${patient.nhsNumber}^^^NHS^NH`;
  const segments = [
    `MSH|^~\\&|SYSTEMC|RKE|ROUTE|ROUTE|${now}||ADT^${event}|${newNumber('C')}|P|2.4`,
    `EVN|${event}|${now}`,
    `PID|1||${patient.mrn}^^^RKE^MR${national}||${patient.family}^${patient.given}||${patient.born.replaceAll('-', '')}|2${patient.verification === undefined ? '' : `${'|'.repeat(24)}${patient.verification}`}`,
  ];
  if (gone !== undefined) segments.push(`MRG|${gone}^^^RKE^MR`);
  if (visit !== undefined) {
    const pv1 = Array.from({ length: 46 }, () => '');
    Object.assign(pv1, { 0: 'PV1', 1: '1', 2: 'I', 3: 'RKE^Nightingale^BAY2-6^RKEQ4', 4: '21', 10: '300', 14: '19' });
    Object.assign(pv1, { 19: `${visit}^^^VISITID`, 44: admitted === undefined ? '' : stamp(admitted) });
    segments.push(pv1.join('|'), `PV2|||^${reason ?? ''}`);
  }
  return `${segments.join('\r')}\r`;
}

/** `yyyymmddhhmm` by the clock in London. */
function stamp(instant: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/London',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(instant);
  return parts.replaceAll(/\D/g, '');
}

/** Sends one message by MLLP and resolves with the code of its acknowledgement (`AA`); to the shared product unless told. */
export async function send(message: string, to = mllpPort): Promise<string> {
  const answer = await exchangeMllp(to, Buffer.from(message));
  return /MSA\|(\w+)/.exec(answer)?.[1] ?? answer;
}
