import type { FhirResource, Patient } from 'fhir/r4';
import { sourceTagSystem } from '../../../fhir/systems.ts';
import type { SourceId } from '../../../fhir/sources.ts';
import { type StreamId, streamIds } from '../../record/record-state.ts';

/** How many events each stream holds; pages of two make two pages of them. */
export const eventsEach = 3;
export const familyName = 'Adeyemi';
const person: Patient = { resourceType: 'Patient', id: 'p1', name: [{ family: familyName }] };

const subject = { reference: 'Patient/p1' };
const day = 86_400_000;
/** Days ago: two on the first page, one far back on the second. */
const ages = [10, 40, 2700];

/** A word that stands in the title of one row and nowhere else. */
export function wordOf(stream: StreamId, event: number): string {
  return `${stream.toLowerCase()}${'xyz'.charAt(event)}`;
}

/** Three past events in every stream, each with a word of its own in its title. */
export function oneOfEach(now: number): FhirResource[] {
  return [person, ...streamIds.flatMap((stream) => ages.map((age, event) => eventOf(stream, event, now - age * day)))];
}

/** One event; `about` another person when told. */
export function eventOf(stream: StreamId, event: number, at: number, about = subject.reference): FhirResource {
  const word = wordOf(stream, event);
  const start = new Date(at).toISOString();
  const common = { id: word, status: 'finished', subject: { reference: about } };
  const meta = (source: SourceId) => ({ tag: [{ system: sourceTagSystem, code: source }] });
  const made: Record<StreamId, object> = {
    Encounter: {
      ...common,
      meta: meta('emis'),
      class: { code: 'AMB' },
      period: { start, end: start },
      reasonCode: [{ text: word }],
    },
    Appointment: {
      ...common,
      meta: meta('system-c'),
      subject: undefined,
      status: 'fulfilled',
      start,
      serviceType: [{ text: word }],
      participant: [{ actor: { reference: about }, status: 'accepted' }],
    },
    ServiceRequest: {
      ...common,
      meta: meta('liquidlogic'),
      status: 'completed',
      intent: 'order',
      code: { text: word },
      occurrenceDateTime: start,
    },
    Task: {
      ...common,
      meta: meta('liquidlogic'),
      subject: undefined,
      status: 'completed',
      intent: 'order',
      for: { reference: about },
      code: { text: word },
      executionPeriod: { start, end: start },
    },
    EpisodeOfCare: {
      ...common,
      meta: meta('liquidlogic'),
      subject: undefined,
      patient: { reference: about },
      type: [{ text: word }],
      period: { start, end: start },
    },
    DocumentReference: {
      ...common,
      meta: meta('carecast'),
      status: 'current',
      type: { text: word },
      date: start,
      content: [],
    },
    DiagnosticReport: {
      ...common,
      meta: meta('system-c'),
      status: 'final',
      code: { text: word },
      effectiveDateTime: start,
    },
    Observation: {
      ...common,
      meta: meta('patient'),
      status: 'final',
      performer: [{ reference: about }],
      code: { text: word },
      effectiveDateTime: start,
      valueQuantity: { value: 1, unit: 'kg' },
    },
  };
  return { resourceType: stream, ...made[stream] } as FhirResource;
}
