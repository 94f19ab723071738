import { hour } from '../../../../borough/clock.ts';
import type { Measurement, Report, Term, Vital, VitalType } from '../../../../borough/facts.ts';
import { entry, filedIn, observationGuid, type Chart } from './cells.ts';

const vitals: Record<VitalType, { term: Term; unit: string }> = {
  'blood-pressure': { term: { text: 'Blood pressure', code: '75367002' }, unit: 'mmHg' },
  weight: { term: { text: 'Body weight', code: '27113001' }, unit: 'kg' },
  oxygen: { term: { text: 'Oxygen saturation', code: '431314004' }, unit: '%' },
  glucose: { term: { text: 'Blood glucose' }, unit: 'mmol/L' },
  pulse: { term: { text: 'Heart rate', code: '364075005' }, unit: 'beats/min' },
  temperature: { term: { text: 'Body temperature', code: '386725007' }, unit: 'degC' },
  bmi: { term: { text: 'Body mass index', code: '60621009' }, unit: 'kg/m2' },
};
const halves: Term[] = [
  { text: 'Systolic blood pressure', code: '72313002' },
  { text: 'Diastolic blood pressure', code: '1091811000000102' },
];

/** What was measured in a contact: a blood pressure is three rows, one above the other two. */
export function writeVitalRows(chart: Chart): void {
  for (const vital of chart.life.vitals) {
    if (!vital.tellers.includes('emis') || vital.taken > chart.asAt) continue;
    const { term, unit } = vitals[vital.type];
    const common = { ...entry(chart, { at: vital.taken, labels: vital.labels }), ...filedIn(chart, vital.at) };
    const own = observationGuid(vital.id);
    const pressure = vital.type === 'blood-pressure';
    chart.ledger.put('CareRecord_Observation', own, {
      ...common,
      ObservationGuid: own,
      CodeId: chart.ledger.code(term),
      ObservationType: pressure ? 'Observation' : 'Value',
      ...(pressure ? {} : { Value: String(vital.values[0]), NumericUnit: unit }),
    });
    if (pressure) writeHalves(chart, vital, own, { ...common, NumericUnit: unit });
  }
}

function writeHalves(chart: Chart, vital: Vital, parent: string, common: Record<string, string | undefined>): void {
  for (const [index, term] of halves.entries()) {
    const id = observationGuid(`${vital.id} ${index}`);
    chart.ledger.put('CareRecord_Observation', id, {
      ...common,
      ObservationGuid: id,
      ParentObservationGuid: parent,
      CodeId: chart.ledger.code(term),
      ObservationType: 'Value',
      Value: String(vital.values[index]),
    });
  }
}

/** Laboratory results as they were filed: a heading and the values under it. A value is a number here: `<5` goes into words. */
export function writeReportRows(chart: Chart): void {
  for (const report of chart.life.reports) {
    const issued = report.taken + 5 * hour;
    if (!report.tellers.includes('emis') || issued > chart.asAt) continue;
    const common = {
      ...entry(chart, { at: report.taken, entered: issued, labels: report.labels }),
      ...filedIn(chart, report.at),
      ObservationType: 'Investigation',
    };
    const heading = observationGuid(report.id);
    chart.ledger.put('CareRecord_Observation', heading, {
      ...common,
      ObservationGuid: heading,
      CodeId: chart.ledger.code(report.name),
      AssociatedText: report.status === 'preliminary' ? 'Preliminary' : undefined,
    });
    for (const [index, result] of report.results.entries()) {
      const id = observationGuid(resultName(report, index));
      chart.ledger.put('CareRecord_Observation', id, {
        ...common,
        ...valueCells(result),
        ObservationGuid: id,
        ParentObservationGuid: heading,
        CodeId: chart.ledger.code(result.name),
      });
    }
  }
}

export function resultName(report: Pick<Report, 'id'>, index: number): string {
  return `${report.id}-${index + 1}`;
}

function valueCells({ value, comparator, unit, low, high }: Measurement): Record<string, string | undefined> {
  if (comparator !== undefined) return { AssociatedText: `${comparator}${value} ${unit}` };
  return {
    Value: String(value),
    NumericUnit: unit,
    NumericRangeLow: low === undefined ? undefined : String(low),
    NumericRangeHigh: high === undefined ? undefined : String(high),
  };
}
