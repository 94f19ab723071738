import type { DiagnosticReport, FhirResource, Observation } from 'fhir/r4';
import { dateTime } from '../../mocks/borough/clock.ts';
import type { Measurement, Report } from '../../mocks/borough/facts.ts';
import { organisationOf } from '../../mocks/borough/places.ts';
import { professionalOf, spokenName } from '../../mocks/borough/professionals.ts';
import { habitsOf } from '../../mocks/writers/hospital/native/habits.ts';
import { visitNumberOf, type Hand } from '../../mocks/writers/hospital/native/hand.ts';
import { isCorrected, reportedAfter } from '../../mocks/writers/hospital/native/results.ts';
import type { Compared } from './adastra.ts';
import { labelsTold, sameAs } from './hospital-same.ts';
import { isVital } from './hospital-vitals.ts';

/** Every laboratory report this hospital holds of a person against what the hub holds of it, item by item. */
export function compareResults(hand: Hand, resources: readonly FhirResource[]): Compared[] {
  const observations = resources.filter((each): each is Observation => each.resourceType === 'Observation');
  const values = observations.filter((each) => !isVital(each));
  const measured = new Set(observations.filter(isVital).map(({ id }) => `Observation/${id ?? ''}`));
  const told = resources
    .filter((each): each is DiagnosticReport => each.resourceType === 'DiagnosticReport')
    .filter(({ result = [] }) => !result.some(({ reference }) => measured.has(reference ?? '')));
  const reports = hand.life.reports.filter(
    ({ tellers, taken }) => tellers.includes(habitsOf(hand.hospital).source) && taken + reportedAfter <= hand.asAt,
  );
  const results = reports.flatMap((report) => report.results);
  return [
    ...reports.flatMap((report) => compareReport(report, hand, told, values)),
    {
      item: 'report: none that was never made',
      lost:
        told.length === reports.length && values.length === results.length ? undefined : 'another number of results',
    },
  ];
}

function compareReport(
  report: Report,
  hand: Hand,
  all: readonly DiagnosticReport[],
  values: readonly Observation[],
): Compared[] {
  const told = all.find(({ identifier }) => identifier?.[0]?.value === `${hand.hospital}-${report.id}`);
  const named = new Set(told?.result?.map(({ reference }) => reference));
  const own = values.filter(({ id }) => named.has(`Observation/${id ?? ''}`));
  const visit = visitNumberOf(hand, report.at);
  return [
    sameAs('report: name', report.name.text.toLowerCase(), told?.code.text?.toLowerCase()),
    sameAs(
      'report: status',
      report.status,
      told?.status,
      isCorrected(report) && told?.status === 'corrected'
        ? 'habit: a wrong value was sent first, so it says corrected'
        : undefined,
    ),
    sameAs('report: sample taken', dateTime(report.taken), told?.effectiveDateTime),
    sameAs('report: issued', dateTime(report.taken + reportedAfter), told?.issued),
    sameAs('report: laboratory', organisationOf(report.laboratory).name, told?.performer?.[0]?.display),
    sameAs(
      'report: asked for by',
      `Asked for by ${spokenName(professionalOf(report.requester))}`,
      told?.basedOn?.[0]?.display,
    ),
    sameAs('report: is a laboratory’s', 'LAB', told?.category?.[0]?.coding?.[0]?.code),
    sameAs(
      'report: its visit',
      visit === '' ? undefined : `Encounter/${hand.mrn}-visit-${visit}`,
      told?.encounter?.reference,
    ),
    labelsTold('report: labels', report.labels, told),
    ...report.results.flatMap((result) => compareResult(result, own)),
  ];
}

function compareResult(result: Measurement, own: readonly Observation[]): Compared[] {
  const told = own.find(({ code }) => code.text === result.name.text);
  const quantity = told?.valueQuantity;
  const range = told?.referenceRange?.[0];
  return [
    sameAs('result: value', result.value, quantity?.value),
    sameAs('result: sign', result.comparator, quantity?.comparator),
    sameAs('result: unit', result.unit, quantity?.code),
    sameAs('result: range', `${result.low} ${result.high}`, `${range?.low?.value} ${range?.high?.value}`),
    sameAs('result: flag', result.flag, told?.interpretation?.[0]?.coding?.[0]?.code),
    sameAs(
      'result: as a code',
      result.loinc,
      told?.code.coding?.find(({ system }) => system === 'http://loinc.org')?.code,
    ),
    sameAs('result: is a laboratory’s', 'laboratory', told?.category?.[0]?.coding?.[0]?.code),
  ];
}
