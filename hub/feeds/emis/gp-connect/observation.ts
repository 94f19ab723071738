import type { CodeableConcept, Observation, ObservationComponent, ObservationReferenceRange, Reference } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { isVital, laboratoryCategory, vitalCategory, vitalConcept } from '../csv/measured.ts';
import { concept, concepts, identifiers, notes, period, quantity, range, ratio } from './datatypes.ts';
import { opensDoor, restricted } from './door-code.ts';
import { problemExtensions } from './reasons.ts';
import { numeric, object, objects, oneOf, some, truth, words } from './read.ts';
import type { Reading } from './reading.ts';
import { hl7Codes } from './systems.ts';

const statuses = [
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
  'unknown',
] as const;

/**
 * An entry of the record: something measured, found or written. A laboratory's result says so, so that a missing flag is said
 * (misreading 9). What a clinician wrote beside a finding without a value is what was found: it stands as its value, where
 * every reader of results looks; beside a value it is a note.
 */
export function observation(sent: JsonObject, reading: Reading, ofLaboratory = false): Observation {
  const own = valueOf(sent);
  const components = some(objects(sent['component']).map(component));
  const comment = words(sent['comment']);
  const isBare = Object.keys(own).length === 0 && components === undefined;
  const stated = concepts(sent['category']);
  const code = concept(sent['code']) ?? { text: 'Entry without a name' };
  return {
    resourceType: 'Observation',
    id: reading.idOf(sent),
    meta: opensDoor(sent) ? { security: [restricted] } : undefined,
    extension: problemExtensions(sent, reading),
    identifier: identifiers(sent['identifier']),
    basedOn: reading.referAll(sent['basedOn']),
    status: oneOf(sent['status'], statuses) ?? 'unknown',
    category: stated ?? categoryOf(code, ofLaboratory),
    code: vitalConcept(code),
    subject: reading.patient,
    encounter: reading.refer(sent['context']),
    effectiveDateTime: words(sent['effectiveDateTime']),
    effectivePeriod: words(sent['effectiveDateTime']) === undefined ? period(sent['effectivePeriod']) : undefined,
    issued: words(sent['issued']),
    performer: reading.referAll(sent['performer']),
    ...own,
    ...(isBare && comment !== undefined ? { valueString: comment } : {}),
    dataAbsentReason:
      isBare && comment === undefined ? (concept(sent['dataAbsentReason']) ?? withoutValue(sent)) : undefined,
    interpretation: some([concept(sent['interpretation'])]),
    note: notes(isBare ? undefined : comment, ...related(sent)),
    bodySite: concept(sent['bodySite']),
    method: concept(sent['method']),
    specimen: reading.refer(sent['specimen']),
    device: reading.refer(sent['device']),
    referenceRange: some(objects(sent['referenceRange']).map(referenceRange)),
    hasMember: relatedBy(sent, 'has-member', reading),
    derivedFrom: relatedBy(sent, 'derived-from', reading),
    component: components,
  };
}

/** GP Connect has no categories: a report's results are a laboratory's, and the vital signs are known by their codes. */
function categoryOf(code: CodeableConcept, ofLaboratory: boolean): Observation['category'] {
  if (ofLaboratory) return [laboratoryCategory];
  return isVital(code) ? [vitalCategory] : undefined;
}

/** Why there is no value where none belongs: most entries are findings, and "Not recorded" beside one would read as a doubt. */
function withoutValue(sent: JsonObject): CodeableConcept {
  const isGroup = objects(sent['related']).some(({ type }) => type === 'has-member');
  return {
    coding: [{ system: `${hl7Codes}data-absent-reason`, code: 'not-applicable', display: 'Not Applicable' }],
    text: isGroup ? 'Group of tests' : 'Entry without a value',
  };
}

type Value = Pick<
  Observation,
  | 'valueQuantity'
  | 'valueCodeableConcept'
  | 'valueString'
  | 'valueBoolean'
  | 'valueInteger'
  | 'valueRange'
  | 'valueRatio'
  | 'valueTime'
  | 'valueDateTime'
  | 'valuePeriod'
>;

/** The one value, whichever of its forms it came in. */
function valueOf(sent: JsonObject): Value {
  const found: Value[] = [
    { valueQuantity: quantity(sent['valueQuantity']) },
    {
      valueCodeableConcept:
        sent['valueCodeableConcept'] === undefined ? undefined : concept(sent['valueCodeableConcept']),
    },
    { valueString: words(sent['valueString']) },
    { valueBoolean: truth(sent['valueBoolean']) },
    { valueInteger: Number.isInteger(sent['valueInteger']) ? numeric(sent['valueInteger']) : undefined },
    { valueRange: range(sent['valueRange']) },
    { valueRatio: ratio(sent['valueRatio']) },
    { valueTime: /^\d\d:\d\d:\d\d(?:\.\d+)?$/.exec(words(sent['valueTime']) ?? '')?.[0] },
    { valueDateTime: words(sent['valueDateTime']) },
    { valuePeriod: period(sent['valuePeriod']) },
  ];
  return found.find((value) => Object.values(value).some((one) => one !== undefined)) ?? {};
}

function component(sent: JsonObject): ObservationComponent {
  return {
    code: vitalConcept(concept(sent['code']) ?? { text: 'Part without a name' }),
    ...valueOf(sent),
    dataAbsentReason: concept(sent['dataAbsentReason']),
    interpretation: some([concept(sent['interpretation'])]),
    referenceRange: some(objects(sent['referenceRange']).map(referenceRange)),
  };
}

function referenceRange(sent: JsonObject): ObservationReferenceRange | undefined {
  const told = {
    low: quantity(sent['low']),
    high: quantity(sent['high']),
    type: concept(sent['type']),
    appliesTo: concepts(sent['appliesTo']),
    age: range(sent['age']),
    text: words(sent['text']),
  };
  // FHIR obs-3: a range has a limit or words.
  return told.low === undefined && told.high === undefined && told.text === undefined ? undefined : told;
}

function relatedBy(sent: JsonObject, type: string, reading: Reading): Reference[] | undefined {
  return some(
    objects(sent['related'])
      .filter((one) => one['type'] === type)
      .map(({ target }) => reading.refer(target)),
  );
}

/** Relations that R4 has no element for, in words. */
function related(sent: JsonObject): string[] {
  return objects(sent['related']).flatMap(({ type, target }) => {
    const kind = words(type);
    if (kind === undefined || kind === 'has-member' || kind === 'derived-from') return [];
    const what = words(object(target)?.['display']);
    return what === undefined ? [] : [`${kind}: ${what}`];
  });
}
