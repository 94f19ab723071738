import type { DiagnosticReport, Specimen } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, identifiers, notes, period, quantity } from './datatypes.ts';
import { problemExtensions } from './reasons.ts';
import { object, objects, oneOf, some, words } from './read.ts';
import type { Reading } from './reading.ts';
import { partsOf, type ReportPart, takenAt } from './report-parts.ts';

const statuses = [
  'registered',
  'partial',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'appended',
  'cancelled',
  'entered-in-error',
  'unknown',
] as const;

/** SNOMED CT: Diagnostic studies report, which GP Connect writes for every report whatever was tested. */
const anyReport = '721981007';
/** SNOMED CT: Comment note; what the practice noted on filing a report is no test. */
const commentNote = '37331000000100';
const namesTold = 3;

/** A laboratory's or another service's report. It is called by the tests in it, where it says of itself only that it is one. */
export function diagnosticReport(sent: JsonObject, reading: Reading): DiagnosticReport {
  const parts = partsOf(sent, reading);
  return {
    resourceType: 'DiagnosticReport',
    id: reading.idOf(sent),
    extension: problemExtensions(sent, reading),
    identifier: identifiers(sent['identifier']),
    basedOn: reading.referAll(sent['basedOn']),
    status: oneOf(sent['status'], statuses) ?? 'unknown',
    category: concepts(sent['category']),
    code: codeOf(sent, parts),
    subject: reading.patient,
    encounter: reading.refer(sent['context']),
    ...takenAt(sent, parts, reading),
    issued: words(sent['issued']),
    performer: some(objects(sent['performer']).map((one) => reading.refer(one['actor'] ?? one))),
    specimen: reading.referAll(sent['specimen']),
    result: some(parts.filter(({ isHeader }) => !isHeader).map(({ reference }) => reference)),
    conclusion: words(sent['conclusion']),
    conclusionCode: concepts(sent['codedDiagnosis']),
  };
}

function codeOf(sent: JsonObject, parts: readonly ReportPart[]): DiagnosticReport['code'] {
  const stated = concept(sent['code']);
  const says = words(object(sent['code'])?.['text']);
  const isAny = stated?.coding?.some(({ code }) => code === anyReport) ?? true;
  if (stated !== undefined && (!isAny || says !== undefined)) return stated;
  const headers = parts.filter(({ isHeader }) => isHeader);
  const named = (headers.length > 0 ? headers : parts).flatMap(({ entry }) => {
    const name = concept(entry?.['code']);
    return name?.text === undefined || name.coding?.some(({ code }) => code === commentNote) ? [] : [name.text];
  });
  const names = [...new Set(named)];
  if (names.length === 0) return stated ?? { text: 'Report without a name' };
  const more = names.length > namesTold ? ` and ${names.length - namesTold} more` : '';
  return { coding: stated?.coding, text: `${names.slice(0, namesTold).join(', ')}${more}` };
}

export function specimen(sent: JsonObject, reading: Reading): Specimen {
  const taken = object(sent['collection']);
  return {
    resourceType: 'Specimen',
    id: reading.idOf(sent),
    identifier: identifiers(sent['identifier']),
    accessionIdentifier: identifiers(sent['accessionIdentifier'])?.[0],
    status: oneOf(sent['status'], ['available', 'unavailable', 'unsatisfactory', 'entered-in-error']),
    type: concept(sent['type']),
    subject: reading.patient,
    receivedTime: words(sent['receivedTime']),
    collection:
      taken === undefined
        ? undefined
        : {
            collector: reading.refer(taken['collector']),
            collectedDateTime: words(taken['collectedDateTime']),
            collectedPeriod:
              words(taken['collectedDateTime']) === undefined ? period(taken['collectedPeriod']) : undefined,
            quantity: quantity(taken['quantity']),
            method: concept(taken['method']),
            bodySite: concept(taken['bodySite']),
          },
    note: notes(sent['note']),
  };
}
