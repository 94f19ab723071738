import type { StreamId } from '../record/record-state.ts';

/** What each stream holds, in the words a gap is told in. */
export const streamNames: Record<StreamId, string> = {
  Encounter: 'Visits, stays and calls',
  Appointment: 'Bookings',
  ServiceRequest: 'Requests for social care',
  Task: 'Care assessments and reviews',
  EpisodeOfCare: 'Care packages and services',
  DocumentReference: 'Letters',
  DiagnosticReport: 'Test results',
  Observation: 'Readings shared by the person',
};
