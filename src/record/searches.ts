import type { StreamId } from './record-state.ts';

const pageSize = 100;

/**
 * The search that opens each stream, newest first: what the timeline is made of (timeline.md, "What is in it"). Letters and
 * reports that belong to an encounter are left out; they are read when it is opened.
 */
const streamParameters: Record<StreamId, [string, string][]> = {
  Encounter: [
    ['_sort', '-date'],
    ['_include', 'Encounter:location'],
    ['_include', 'Encounter:service-provider'],
    ['_include', 'Encounter:participant'],
    ['_include', 'Encounter:episode-of-care'],
    ['_include', 'Encounter:diagnosis'],
    ['_include', 'Encounter:reason-reference'],
  ],
  Appointment: [
    ['_sort', '-date'],
    ['_include', 'Appointment:location'],
    ['_include', 'Appointment:practitioner'],
  ],
  ServiceRequest: [['_sort', '-occurrence']],
  Task: [['_sort', '-period']],
  EpisodeOfCare: [['_sort', '-date']],
  DocumentReference: [
    ['encounter:missing', 'true'],
    ['_sort', '-date'],
  ],
  DiagnosticReport: [
    ['encounter:missing', 'true'],
    ['_sort', '-date'],
  ],
  Observation: [['_sort', '-date']],
};

/** The address of a stream's first page, relative to the FHIR base. */
export function streamSearch(stream: StreamId, patientId: string): string {
  // Observation is read only where the person entered it themselves.
  const own: [string, string][] = stream === 'Observation' ? [['performer', `Patient/${patientId}`]] : [];
  return search(stream, [['patient', patientId], ...own, ...streamParameters[stream], ['_count', String(pageSize)]]);
}

/** The address of a search. */
export function search(type: string, parameters: readonly (readonly [string, string])[]): string {
  return `${type}?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
