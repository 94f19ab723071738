import type { CodeableConcept, DiagnosticReport, Observation, ObservationComponent } from 'fhir/r4';
import { asJson } from '../../../resource/json.ts';
import { opensDoor } from '../gp-connect/door-code.ts';
import { hl7 } from './codes.ts';
import { instant } from './dates.ts';
import { isVital, laboratoryCategory, pressureOf, rangeOf, valueOf, vitalCategory, vitalConcept } from './measured.ts';
import { childrenOf, kindOf, observationsUnder } from './observation-kind.ts';
import { guid, type Row } from './row.ts';
import { effectiveOf, encounterOf, head, list, notesOf, restricted, type Telling } from './told.ts';

/** An entry of the record that is told as what was observed: a value, a finding, a relative's illness. */
export function observation(
  telling: Telling,
  id: string,
  row: Row,
  kind: 'value' | 'finding' | 'family-history',
): Observation {
  const { patient, words } = telling;
  const code = words.concept(guid(row['CodeId']));
  const laboratory = isLaboratory(row);
  return {
    resourceType: 'Observation',
    ...guarded(head(id, row), code),
    // EMIS does not say whether a result is final.
    status: laboratory ? 'unknown' : 'final',
    category: kind === 'family-history' ? [{ text: 'Family history' }] : categoryOf(telling, row),
    code: vitalConcept(code),
    subject: patient,
    encounter: encounterOf(telling, row),
    effectiveDateTime: effectiveOf(row),
    issued: instant(row['EnteredDate'], row['EnteredTime']),
    performer: list(words.staff(guid(row['ClinicianUserInRoleGuid']))),
    ...(row['Value'] === undefined ? wordsOf(row) : { ...valueOf(row), note: notesOf(row) }),
    // The laboratory's flag is not in the extract: without a word, a reader would be told that it set none (misreading 9).
    interpretation: laboratory ? [{ text: 'Laboratory flag not in the GP extract' }] : undefined,
    referenceRange: rangeOf(row),
  };
}

/** What is written beside an entry without a value is what was found: it stands where every reader of results looks. */
function wordsOf(row: Row): Pick<Observation, 'valueString' | 'dataAbsentReason' | 'note'> {
  const text = row['AssociatedText'];
  if (text !== undefined) return { valueString: text, note: notesOf({ ...row, AssociatedText: '' }) };
  const coding = [
    {
      system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
      code: 'not-applicable',
      display: 'Not Applicable',
    },
  ];
  // `Not recorded` beside a finding would read as a doubt.
  return { dataAbsentReason: { coding, text: 'Entry without a value' }, note: notesOf(row) };
}

/** The code of a door or a key safe is for nobody who does not need it, whatever its row says (leaked record). */
function guarded(start: ReturnType<typeof head>, code: CodeableConcept): ReturnType<typeof head> {
  return opensDoor(asJson({ code })) ? { ...start, meta: { security: [restricted] } } : start;
}

function categoryOf({ words }: Telling, row: Row): Observation['category'] {
  if (isVital(words.concept(guid(row['CodeId'])))) return [vitalCategory];
  return isLaboratory(row) ? [laboratoryCategory] : undefined;
}

/** A result: it has a value, or is one of several under a heading with its value in words. */
function isLaboratory(row: Row): boolean {
  const stated = row['Value'] ?? row['ParentObservationGuid'];
  return /investigation/i.test(row['ObservationType'] ?? '') && stated !== undefined;
}

/** The children of an entry that are the two halves of one blood pressure, if they are just that. */
export function pressureParts(telling: Telling, id: string): readonly [Row, Row] | undefined {
  const parent = telling.rows.one('CareRecord_Observation', id);
  if (parent === undefined || kindOf(telling, id, parent) !== 'group') return undefined;
  const children = childrenOf(telling, id);
  if (children.length !== 2) return undefined;
  const half = (which: 'systolic' | 'diastolic'): Row | undefined =>
    children.map(([, row]) => row).find((row) => pressureOf(telling.words.concept(guid(row['CodeId']))) === which);
  const [systolic, diastolic] = [half('systolic'), half('diastolic')];
  return systolic === undefined || diastolic === undefined ? undefined : [systolic, diastolic];
}

/** A blood pressure is one Observation with two components (UK Core); EMIS keeps three rows of it. */
export function pressure(telling: Telling, id: string, row: Row, parts: readonly [Row, Row]): Observation {
  const { words } = telling;
  const component = (part: Row): ObservationComponent => ({
    code: vitalConcept(words.concept(guid(part['CodeId']))),
    ...valueOf(part),
    referenceRange: rangeOf(part),
  });
  const [systolic, diastolic] = parts;
  const notes = notesOf(row, systolic['AssociatedText'], diastolic['AssociatedText']);
  return {
    ...observation(telling, id, row, 'value'),
    ...head(id, row, ...parts),
    valueString: undefined,
    dataAbsentReason: undefined,
    category: [vitalCategory],
    component: parts.map(component),
    note: notes,
  };
}

/** Results that were filed together under one heading. EMIS does not say whether a report is final. */
export function report(telling: Telling, id: string, row: Row): DiagnosticReport {
  const { patient, words } = telling;
  const children = observationsUnder(telling, id);
  const notes = notesOf(row);
  return {
    resourceType: 'DiagnosticReport',
    ...head(id, row),
    status: 'unknown',
    category: children.some(([, child]) => child['Value'] !== undefined)
      ? [hl7('v2-0074', 'LAB', 'Laboratory')]
      : undefined,
    code: words.concept(guid(row['CodeId'])),
    subject: patient,
    encounter: encounterOf(telling, row),
    effectiveDateTime: effectiveOf(row),
    issued: instant(row['EnteredDate'], row['EnteredTime']),
    resultsInterpreter: list(words.staff(guid(row['ClinicianUserInRoleGuid']))),
    result: list(
      ...children.map(([child, of]) => ({
        reference: `Observation/${child}`,
        display: words.concept(guid(of['CodeId'])).text,
      })),
    ),
    conclusion: notes?.map(({ text }) => text).join('\n'),
  };
}
