import { dateTime, hour } from '../../../../borough/clock.ts';
import type { Measurement, VitalType } from '../../../../borough/facts.ts';
import { observationGuid } from '../csv/cells.ts';
import { type Chart, context, fileUnder, lists, mayLeave, put } from './chart.ts';
import { correspondent, correspondentId } from './people.ts';
import { bare, coded, reference, snomedCode, type Stu3 } from './stu3.ts';

const vitals: Record<Exclude<VitalType, 'blood-pressure'>, { text: string; code?: string; unit: string }> = {
  weight: { text: 'Body weight', code: '27113001', unit: 'kg' },
  oxygen: { text: 'Oxygen saturation', code: '431314004', unit: '%' },
  glucose: { text: 'Blood glucose', unit: 'mmol/L' },
  pulse: { text: 'Heart rate', code: '364075005', unit: '/min' },
  temperature: { text: 'Body temperature', code: '386725007', unit: 'Cel' },
  bmi: { text: 'Body mass index', code: '60621009', unit: 'kg/m2' },
};

/** What was measured at a contact, under its heading "Examination". */
export function writeVitals(chart: Chart): void {
  for (const vital of chart.life.vitals) {
    if (!vital.tellers.includes('emis') || vital.taken > chart.asAt) continue;
    if (!mayLeave(chart, vital.labels, lists.other)) continue;
    const key = put(chart, 'Observation', bare(observationGuid(vital.id)), lists.other, {
      status: 'final',
      ...measured(vital.type, vital.values),
      context: context(chart, vital.at),
      effectiveDateTime: dateTime(vital.taken),
    });
    fileUnder(chart, vital.at, 'Examination', key);
  }
}

function measured(type: VitalType, values: readonly number[]): Stu3 {
  if (type !== 'blood-pressure') {
    const { unit, ...term } = vitals[type];
    return { code: coded(term), valueQuantity: { value: values[0], unit } };
  }
  const part = (text: string, code: string, value: number | undefined) => ({
    code: { ...coded({ text, code }), text },
    valueQuantity: { value, unit: 'mm[Hg]' },
  });
  return {
    code: coded({ text: 'Blood pressure', code: '75367002' }),
    component: [
      part('Systolic blood pressure', '72313002', values[0]),
      part('Diastolic blood pressure', '1091811000000102', values[1]),
    ],
  };
}

/** Laboratory reports. EMIS does not say whether one is final (`unknown`), and names none for what it tests. */
export function writeReports(chart: Chart): void {
  for (const report of chart.life.reports) {
    const issued = report.taken + 5 * hour;
    if (!report.tellers.includes('emis') || issued > chart.asAt) continue;
    if (!mayLeave(chart, report.labels, lists.investigations)) continue;
    const laboratory = reference('Organization', correspondentId(report.laboratory));
    const about = { context: context(chart, report.at), performer: [laboratory] };
    const header = bare(observationGuid(`${report.id} group`));
    const results = report.results.map((measurement, place) =>
      put(chart, 'Observation', bare(observationGuid(`${report.id}-${place + 1}`)), undefined, {
        status: 'unknown',
        ...resultOf(measurement),
        ...about,
        effectiveDateTime: dateTime(report.taken),
        issued: dateTime(issued),
      }),
    );
    put(chart, 'Observation', header, undefined, {
      status: 'unknown',
      code: coded(report.name),
      ...about,
      effectiveDateTime: dateTime(report.taken),
      issued: dateTime(issued),
      related: results.map((target) => ({ type: 'has-member', target: { reference: target } })),
    });
    if (!chart.resources.some(({ id }) => id === correspondentId(report.laboratory))) {
      chart.resources.push(correspondent(report.laboratory));
    }
    put(chart, 'DiagnosticReport', bare(observationGuid(report.id)), lists.investigations, {
      status: 'unknown',
      code: snomedCode('721981007', 'Diagnostic studies report'),
      context: context(chart, report.at),
      issued: dateTime(issued),
      performer: [{ actor: laboratory }],
      result: [{ reference: `Observation/${header}` }],
    });
  }
}

function resultOf(m: Measurement): Stu3 {
  const limit = (value: number | undefined) => (value === undefined ? undefined : { value, unit: m.unit });
  const range = { low: limit(m.low), high: limit(m.high) };
  return {
    code: coded(m.name),
    valueQuantity: {
      value: m.value,
      unit: m.unit,
      ...(m.comparator === undefined ? {} : { comparator: m.comparator }),
    },
    interpretation:
      m.flag === undefined ? undefined : { coding: [{ system: 'http://hl7.org/fhir/v2/0078', code: m.flag }] },
    referenceRange: range.low === undefined && range.high === undefined ? undefined : [range],
  };
}
