import type { Annotation, CodeableConcept, Observation } from 'fhir/r4';
import { hl7Code } from './concepts.ts';
import type { Dialect } from './dialect.ts';
import type { Segment } from './message.ts';
import { testConcept } from './oru-concept.ts';
import type { Panel, Result } from './oru-fold.ts';
import { rangeOf } from './oru-quantity.ts';
import { isLaboratory } from './oru-section.ts';
import { resultStatus } from './oru-status.ts';
import { readable, vitalCategory } from './oru-vitals.ts';
import { isProse, textOf, unitIn, valueOf, type Value } from './oru-value.ts';
import { ownId } from './own-ids.ts';
import { statedTime } from './stated-time.ts';

/** What the results of a report share. */
export interface Report {
  subject: string;
  dialect: Dialect;
  /** The report's own id. */
  id: string;
  panel: Panel;
  /** What each result takes from its report. */
  common: Pick<Observation, 'meta' | 'encounter' | 'performer'>;
  /** When the sample was taken, where a result does not say it itself. */
  taken: string | undefined;
  /** OBR-25's own status, for results that state none. */
  status: Observation['status'];
}

/** One result as UK Core's Observation, with what was odd about it. */
export function observationOf(result: Result, report: Report): { observation: Observation; doubts: string[] } {
  const [obx] = result.lines;
  const order = report.panel.orders[0];
  if (obx === undefined || order === undefined) throw new Error('a result has at least one line, and an order');
  const status = resultStatus(result.status);
  const taken = statedTime(obx.at(14), report.dialect);
  const doubts = [taken.doubt, status === undefined ? 'A result without a known status' : undefined];
  const effective = taken.value ?? report.taken;
  const unit = unitIn(obx);
  const range = rangeOf(obx.text(7), unit);
  const flags = interpretationOf(obx);
  const code = nameOf(result, order.obr);
  const laboratory = isLaboratory(order.obr, obx, isProse(obx));
  const category = laboratory ? laboratoryResult : vitalCategory(code);
  const method = testConcept(obx.values(17)[0]);
  const notes = notesOf(result.notes);
  const observation: Observation = {
    resourceType: 'Observation',
    // The blank asks for a digest: names of tests and results hold dashes, and must not run into one another.
    id: ownId(report.id, ' ', result.key),
    ...report.common,
    status: status ?? report.status,
    ...(category === undefined ? {} : { category: [category] }),
    code,
    subject: { reference: `Patient/${report.subject}` },
    ...(effective === undefined ? {} : { effectiveDateTime: effective }),
    ...valueOrReason(result),
    ...(flags.length === 0 ? {} : { interpretation: flags }),
    ...(range === undefined ? {} : { referenceRange: [range] }),
    ...(method === undefined ? {} : { method }),
    ...(notes.length === 0 ? {} : { note: notes }),
  };
  return { observation, doubts: doubts.filter((doubt) => doubt !== undefined) };
}

const laboratoryResult = hl7Code('observation-category', 'laboratory', 'Laboratory');

/** What the result is called; numbered lines of prose (`Report Line 7`) are the report's own text. */
function nameOf({ lines }: Result, obr: Segment): CodeableConcept {
  const [obx] = lines;
  const own = readable(testConcept(obx?.values(3)[0]));
  const counted = obx !== undefined && isProse(obx) && obx.at(3) === '';
  return (counted ? undefined : own) ?? testConcept(obr.values(4)[0]) ?? own ?? { text: 'Result' };
}

function valueOrReason({ lines, status }: Result): Value | Pick<Observation, 'dataAbsentReason'> {
  const [obx] = lines;
  const value =
    obx !== undefined && !isProse(obx)
      ? valueOf(obx, (segment, field) => testConcept(segment.values(field)[0]))
      : undefined;
  // Lines keep their places, empty ones between them too: a table of antibiotics is read by them.
  const prose = obx !== undefined && isProse(obx) ? lines.map(textOf).join('\n').trim() : '';
  if (value !== undefined) return value;
  if (prose !== '') return { valueString: prose };
  const words = { X: 'Result cannot be obtained', N: 'Not asked for', I: 'Specimen in the laboratory, result pending' }[
    status
  ];
  const unknown = hl7Code('data-absent-reason', 'unknown', 'Unknown');
  return { dataAbsentReason: words === undefined ? unknown : { ...unknown, text: words } };
}

/** OBX-8 (HL7 table 0078): the laboratory's flags, those of v3 ObservationInterpretation with their code. */
function interpretationOf(obx: Segment): CodeableConcept[] {
  return obx
    .values(8)
    .map((value) => value.at(1).toUpperCase())
    .map((flag) => (flags.has(flag) ? hl7Code('v3-ObservationInterpretation', flag) : { text: flag }));
}

const flags = new Set([
  'H',
  'HH',
  'HU',
  'L',
  'LL',
  'LU',
  'N',
  'A',
  'AA',
  '<',
  '>',
  'U',
  'D',
  'B',
  'W',
  'R',
  'S',
  'I',
  'MS',
  'VS',
  'POS',
  'NEG',
  'IND',
]);

/** NTE-3, one annotation for a run of lines. */
export function notesOf(notes: readonly Segment[]): Annotation[] {
  const text = notes
    .map((note) => note.text(3))
    .join('\n')
    .trim();
  return text === '' ? [] : [{ text }];
}
