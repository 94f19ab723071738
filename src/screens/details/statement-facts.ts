import type {
  Appointment,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  EpisodeOfCare,
  Observation,
  Reference,
  Resource,
  ServiceRequest,
  Task,
} from 'fhir/r4';
import { type MapContext, nameOf, participantWords } from '../../timeline/context.ts';
import { formatDateTime, senderClock } from '../../timeline/dates.ts';
import type { Statement } from '../../timeline/entry.ts';
import { roleWords } from '../../timeline/mappers/encounter-detail.ts';
import { linesOfText, noteWords } from '../../timeline/notes.ts';
import { concept, conceptOrCode, date, firstConcept, items, text } from '../../timeline/read.ts';
import { statusWords } from './status-words.ts';
import { valueWords } from './value-words.ts';

/** A name and what one source states under it. */
export interface StatedFact {
  name: string;
  words: string;
}

type Facts = [name: string, ...words: (string | undefined)[]][];

/**
 * One source's own statement of an event, as names and values in its own words (T4, T8). Only what it states: a missing
 * field is no line, so that nothing reads as an answer nobody gave.
 */
export function statementFacts({ resource }: Statement, context: MapContext): StatedFact[] {
  return factsOf(resource, context).flatMap(([name, ...words]) => {
    const said = [...new Set(words.filter((word) => word !== undefined))];
    return said.length === 0 ? [] : [{ name, words: said.join('; ') }];
  });
}

function factsOf(resource: Resource, context: MapContext): Facts {
  const named = (reference: Reference | undefined) => nameOf(reference, resource, context);
  switch (resource.resourceType) {
    case 'Encounter':
      return encounterFacts(resource as Encounter, context);
    case 'Appointment': {
      const booking = resource as Appointment;
      return [
        ['Kind', firstConcept(booking.serviceType), concept(booking.appointmentType), text(booking.description)],
        ['Status', statusWords(booking.status)],
        ['Reason', ...items(booking.reasonCode).map(concept)],
        ['Start', day(booking.start)],
        ['End', day(booking.end)],
        ['With', ...items(booking.participant).map(({ actor }) => named(actor))],
        ['Cancelled because', concept(booking.cancelationReason)],
        ['Note', linesOfText(booking.comment), linesOfText(booking.patientInstruction)],
      ];
    }
    case 'ServiceRequest': {
      const request = resource as ServiceRequest;
      return [
        ['Asked for', conceptOrCode(request.code)],
        ['Status', statusWords(request.status)],
        ['Reason', ...items(request.reasonCode).map(concept)],
        ['When', day(request.occurrenceDateTime), ...span(request.occurrencePeriod)],
        ['Written', day(request.authoredOn)],
        ['From', named(request.requester)],
        ['To', ...items(request.performer).map(named)],
        ['Note', ...noteWords(request.note, request, context)],
      ];
    }
    case 'Task': {
      const task = resource as Task;
      return [
        ['Kind', concept(task.code), text(task.description)],
        ['Status', statusWords(task.status), concept(task.businessStatus)],
        ['Reason', concept(task.reasonCode)],
        ['When', ...span(task.executionPeriod)],
        ['Asked for', day(task.authoredOn)],
        ['By', named(task.owner)],
        ['Asked by', named(task.requester)],
        ['Outcome', ...items(task.output).map((output) => output.valueString ?? concept(output.valueCodeableConcept))],
        ['Note', ...noteWords(task.note, task, context)],
      ];
    }
    case 'EpisodeOfCare': {
      const episode = resource as EpisodeOfCare;
      return [
        ['Service', ...items(episode.type).map(concept)],
        ['Status', statusWords(episode.status)],
        ['From, to', ...span(episode.period)],
        ['Arranged by', named(episode.managingOrganization)],
        ['Care manager', named(episode.careManager)],
        ['Team', ...items(episode.team).map(named)],
      ];
    }
    case 'DocumentReference': {
      const letter = resource as DocumentReference;
      return [
        ['Kind', conceptOrCode(letter.type)],
        ['Title', text(letter.description), ...items(letter.content).map(({ attachment }) => text(attachment?.title))],
        ['Status', statusWords(letter.docStatus) ?? statusWords(letter.status)],
        ['Written', day(letter.date)],
        ['About', ...span(letter.context?.period)],
        ['From', ...items(letter.author).map(named), named(letter.custodian)],
      ];
    }
    case 'DiagnosticReport': {
      const report = resource as DiagnosticReport;
      return [
        ['Test', conceptOrCode(report.code)],
        ['Status', statusWords(report.status)],
        ['Taken', day(report.effectiveDateTime), ...span(report.effectivePeriod)],
        ['Issued', day(report.issued)],
        ['Laboratory', ...items(report.performer).map(named)],
        ['Conclusion', linesOfText(report.conclusion), ...items(report.conclusionCode).map(concept)],
      ];
    }
    case 'Observation': {
      const reading = resource as Observation;
      return [
        ['Reading', conceptOrCode(reading.code)],
        ['Value', valueWords(reading)],
        ['Status', statusWords(reading.status)],
        ['Taken', day(reading.effectiveDateTime), ...span(reading.effectivePeriod)],
        ['Entered by', ...items(reading.performer).map(named)],
        ['Device', named(reading.device)],
        ['Note', ...noteWords(reading.note, reading, context)],
      ];
    }
    default:
      return [];
  }
}

function encounterFacts(encounter: Encounter, context: MapContext): Facts {
  const named = (reference: Reference | undefined) => nameOf(reference, encounter, context);
  const stay = encounter.hospitalization;
  return [
    ['Kind', ...items(encounter.type).map(conceptOrCode), text(encounter.class?.display)],
    ['Status', statusWords(encounter.status)],
    ['Reason', ...items(encounter.reasonCode).map(conceptOrCode), ...items(encounter.reasonReference).map(named)],
    ['Start', day(encounter.period?.start)],
    ['End', day(encounter.period?.end)],
    ['Service', concept(encounter.serviceType)],
    ['Where', named(encounter.serviceProvider), ...items(encounter.location).map(({ location }) => named(location))],
    [
      'Seen by',
      ...items(encounter.participant).map(({ individual, type }) =>
        participantWords(individual, roleWords(firstConcept(type)), encounter, context),
      ),
    ],
    ['Came from', concept(stay?.admitSource), named(stay?.origin)],
    ['Went to', concept(stay?.dischargeDisposition), named(stay?.destination)],
  ];
}

function day(value: string | undefined): string | undefined {
  const read = date(value);
  if (read === undefined) return text(value) === undefined ? undefined : `not readable: ${text(value)}`;
  const there = senderClock(read);
  return there === undefined ? formatDateTime(read) : `${formatDateTime(read)} (sent as ${there})`;
}

function span(period: { start?: string; end?: string } | undefined): [string | undefined] {
  const [start, end] = [day(period?.start), day(period?.end)];
  if (start === undefined) return [end === undefined ? undefined : `until ${end}`];
  return [end === undefined ? `from ${start}` : `${start} to ${end}`];
}
