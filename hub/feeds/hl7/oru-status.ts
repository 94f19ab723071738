import type { DiagnosticReport, Observation } from 'fhir/r4';
import { lookUp } from './look-up.ts';

/** OBR-25, result status (HL7 table 0123), in FHIR's words. */
const reportStatuses: Readonly<Record<string, DiagnosticReport['status']>> = {
  O: 'registered',
  I: 'registered',
  S: 'registered',
  A: 'partial',
  P: 'preliminary',
  R: 'preliminary',
  F: 'final',
  C: 'corrected',
  M: 'corrected',
  X: 'cancelled',
};

/** OBX-11, observation result status (HL7 table 0085), in FHIR's words; D takes the result back and has none. */
const resultStatuses: Readonly<Record<string, Observation['status']>> = {
  I: 'registered',
  O: 'registered',
  S: 'preliminary',
  P: 'preliminary',
  R: 'preliminary',
  F: 'final',
  U: 'final',
  V: 'final',
  B: 'amended',
  A: 'amended',
  C: 'corrected',
  N: 'cancelled',
  X: 'cancelled',
  W: 'entered-in-error',
};

/** The status of a report; undefined when none, or none of the table, is stated. */
export function reportStatus(code: string): DiagnosticReport['status'] | undefined {
  return lookUp(reportStatuses, code.trim().toUpperCase());
}

/** The status of one result; undefined when none, or none of the table, is stated. */
export function resultStatus(code: string): Observation['status'] | undefined {
  return lookUp(resultStatuses, code.trim().toUpperCase());
}

/**
 * What a report is where its sender states no status: as its results are when they are all alike, else not known. A
 * preliminary one must not be read as final (misreading 9).
 */
export function statusOfAll(statuses: readonly Observation['status'][]): DiagnosticReport['status'] {
  const [first] = statuses;
  if (first === undefined || first === 'unknown') return 'unknown';
  if (statuses.every((status) => status === first)) return first;
  if (statuses.some((status) => status === 'registered' || status === 'preliminary')) return 'partial';
  return statuses.some((status) => status === 'corrected' || status === 'amended') ? 'corrected' : 'unknown';
}

/** How far along a result is: of two said at one moment the later stage counts. */
export function stageOf(code: string): number {
  const stage = ['O', 'I', 'S', 'R', 'P', 'A', 'B', 'F', 'U', 'V', 'M', 'C', 'N', 'X', 'D', 'W'].indexOf(code);
  return stage + 1;
}
