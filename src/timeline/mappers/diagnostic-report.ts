import type { DiagnosticReport, Observation, Specimen } from 'fhir/r4';
import { type LookContext, nameOf, resolveAs } from '../context.ts';
import type { Entry } from '../entry.ts';
import { laneOf } from '../lane.ts';
import { concept, date, firstConcept, hasCode, items, keyOf, text } from '../read.ts';
import { sourceOf, statementOf } from '../source.ts';
import { count, lowerStart, phrases, titled } from '../words.ts';
import { timeCautions } from './times.ts';

/** Results that belong to no encounter above. What is not flagged is never called normal (misreading 9). */
export function mapDiagnosticReport(report: DiagnosticReport, context: LookContext): Entry {
  const status = text(report.status);
  const categories = items(report.category).map(concept);
  const performers = items(report.performer).map((performer) => nameOf(performer, report, context));
  const { lane } = laneOf({
    source: sourceOf(report),
    classCode: undefined,
    typeWords: [concept(report.code), ...categories].filter((word) => word !== undefined),
    placeWords: performers.filter((word) => word !== undefined),
    placeCodes: [],
  });
  const period = report.effectivePeriod;
  const stated =
    report.effectiveDateTime ??
    items(report.specimen)
      .map((item) => collected(item, report, context))
      .find(Boolean);
  const start = date(period?.start) ?? date(stated);
  return {
    key: keyOf(report),
    kind: 'results',
    lane,
    state: status === 'cancelled' ? 'cancelled' : 'closed',
    title: titleOf(report, lane, status, context),
    detail: phrases(...performers),
    facts: factsOf(report, context),
    cautions: [...statusCautions(status), ...timeCautions(period, stated)],
    start,
    end: date(period?.end),
    lasting: false,
    moves: [],
    children: [],
    statements: [statementOf(report)],
  };
}

/** When the sample was taken: an event. When the report was issued is not (T1). */
function collected(
  reference: NonNullable<DiagnosticReport['specimen']>[number],
  report: DiagnosticReport,
  context: LookContext,
): string | undefined {
  const specimen = resolveAs<Specimen>('Specimen', reference, report, context);
  return text(specimen?.collection?.collectedDateTime) ?? text(specimen?.collection?.collectedPeriod?.start);
}

function titleOf(
  report: DiagnosticReport,
  lane: Entry['lane'],
  status: string | undefined,
  context: LookContext,
): string {
  const name = lane === 'mental-health' ? undefined : (concept(report.code) ?? firstConcept(report.category));
  const title = titled(kindWords(report, context), name);
  return status === 'cancelled' ? `Cancelled: ${lowerStart(title)}` : title;
}

/** `Blood results` only where the specimen or the source says that it was blood. */
function kindWords(report: DiagnosticReport, context: LookContext): string {
  const specimens = items(report.specimen).map((reference) => {
    const specimen = resolveAs<Specimen>('Specimen', reference, report, context);
    return concept(specimen?.type) ?? nameOf(reference, report, context) ?? '';
  });
  const words = [...specimens, ...items(report.category).map((item) => concept(item) ?? '')].join(' | ');
  if (/\bblood|serum|plasma|haematolog|hematolog/i.test(words)) return 'Blood results';
  if (/urine/i.test(words)) return 'Urine results';
  if (hasCode(report.category, 'RAD', 'IMG', 'CT', 'NMR', 'XRC', 'RUS') || /imaging|radiolog/i.test(words)) {
    return 'Imaging report';
  }
  return hasCode(report.category, 'LAB') || /laborator/i.test(words) ? 'Laboratory results' : 'Results';
}

const outsideCodes = ['H', 'HH', 'HU', 'L', 'LL', 'LU', 'A', 'AA', '>', '<'];

/** Counts over the results that were read; where not all of them were, only how many there are. */
function factsOf(report: DiagnosticReport, context: LookContext): string[] {
  const results = items(report.result);
  if (results.length === 0) return [];
  const read = results
    .map((reference) => resolveAs<Observation>('Observation', reference, report, context))
    .filter((observation) => observation !== undefined);
  if (read.length < results.length) return [count(results.length, 'result')];
  const flagged = read.filter((item) => hasCode(item.interpretation, ...outsideCodes)).length;
  const unflagged = read.filter((item) => items(item.interpretation).length === 0).length;
  const preliminary = read.filter((item) => ['preliminary', 'registered'].includes(text(item.status) ?? '')).length;
  return phrases(
    flagged > 0 ? `outside range ${flagged}` : undefined,
    unflagged > 0 ? `not flagged by lab ${unflagged}` : undefined,
    preliminary > 0 ? `preliminary ${preliminary}` : undefined,
  );
}

function statusCautions(status: string | undefined): string[] {
  switch (status ?? '') {
    case 'registered':
      return ['No result yet'];
    case 'partial':
      return ['Preliminary: part of the results'];
    case 'preliminary':
      return ['Preliminary'];
    case 'amended':
    case 'corrected':
    case 'appended':
      return ['Changed after it was first sent'];
    case 'final':
    case 'cancelled':
      return [];
    default:
      return ['Not known if final'];
  }
}
