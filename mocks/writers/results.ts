import type { Coding, Observation } from 'fhir/r4';
import { loinc, ucum } from '../../fhir/systems.ts';
import { dateTime, hour } from '../borough/clock.ts';
import type { Measurement, Report } from '../borough/facts.ts';
import { concept, hl7 } from './codes.ts';
import { type Pen, encounterReference, organisationReference, staffReference, metaOf } from './pen.ts';

/** Laboratory reports this source holds, each with its own results; unflagged values carry no interpretation (misreading 9). */
export function writeReports(pen: Pen): void {
  for (const report of pen.life.reports) {
    // A result is known some hours after the sample was taken.
    const issued = report.taken + 5 * hour;
    if (!report.tellers.includes(pen.source) || issued > pen.asAt) continue;
    const results = report.results.map((measurement, index) => resultOf(pen, report, measurement, index));
    for (const result of results) pen.add(result);
    pen.add({
      resourceType: 'DiagnosticReport',
      id: report.id,
      ...metaOf(report.labels),
      status: report.status,
      category: [hl7('v2-0074', 'LAB', 'Laboratory')],
      code: { text: report.name.text },
      subject: pen.patient,
      encounter: encounterReference(pen, report.at),
      effectiveDateTime: dateTime(report.taken),
      issued: dateTime(issued),
      performer: [organisationReference(report.laboratory)],
      resultsInterpreter: report.requester.startsWith(report.laboratory)
        ? [staffReference(report.requester)]
        : undefined,
      result: results.map(({ id, code }) => ({ reference: `Observation/${id}`, display: code.text })),
    });
  }
}

function resultOf(pen: Pen, report: Report, m: Measurement, index: number): Observation {
  const range = m.low === undefined && m.high === undefined ? undefined : [rangeOf(m)];
  return {
    resourceType: 'Observation',
    id: `${report.id}-${index + 1}`,
    ...metaOf(report.labels),
    status: report.status,
    category: [hl7('observation-category', 'laboratory', 'Laboratory')],
    code: { coding: codingsOf(m), text: m.name.text },
    subject: pen.patient,
    encounter: encounterReference(pen, report.at),
    effectiveDateTime: dateTime(report.taken),
    performer: [organisationReference(report.laboratory)],
    valueQuantity: { value: m.value, comparator: m.comparator, unit: m.unit, system: ucum, code: m.unit },
    interpretation: m.flag === undefined ? undefined : [hl7('v3-ObservationInterpretation', m.flag)],
    referenceRange: range,
  };
}

function rangeOf({ low, high, unit }: Measurement): { low?: object; high?: object } {
  return {
    low: low === undefined ? undefined : { value: low, unit, system: ucum, code: unit },
    high: high === undefined ? undefined : { value: high, unit, system: ucum, code: unit },
  };
}

/** A laboratory's own code, and the practice's, where either is certain. */
function codingsOf({ loinc: code, name }: Measurement): Coding[] | undefined {
  const codings = [...(code === undefined ? [] : [{ system: loinc, code }]), ...(concept(name).coding ?? [])];
  return codings.length === 0 ? undefined : codings;
}
