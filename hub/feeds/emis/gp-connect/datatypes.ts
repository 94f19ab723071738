import type {
  Annotation,
  CodeableConcept,
  Coding,
  Dosage,
  Extension,
  Identifier,
  Period,
  Quantity,
  Range,
  Ratio,
} from 'fhir/r4';
import { snomed, ukCoreExtension } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { code, extension, numeric, object, objects, oneOf, some, truth, uri, words } from './read.ts';
import { r4System } from './systems.ts';

// FHIR STU3 data types as R4 has them: each copies what R4 knows of, checked, so that one odd element spoils no resource.

/** A code with its system; the SNOMED CT description that the clinician chose comes along (UK Core CodingSCTDescId). */
export function coding(value: JsonObject): Coding | undefined {
  const [system, own, display] = [uri(value['system']), code(value['code']), words(value['display'])];
  if (own === undefined && display === undefined) return undefined;
  return {
    extension: description(value),
    system: system === undefined ? undefined : r4System(system),
    version: words(value['version']),
    code: own,
    display,
    userSelected: truth(value['userSelected']),
  };
}

function description(value: JsonObject): Extension[] | undefined {
  const sent = extension(value, 'coding-sctdescid');
  if (sent === undefined) return undefined;
  const [id, display] = [part(sent, 'descriptionid')?.['valueId'], part(sent, 'descriptiondisplay')?.['valueString']];
  const parts = some<Extension>([
    words(id) === undefined
      ? undefined
      : { url: 'descriptionId', valueIdentifier: { system: snomed, value: words(id) } },
    words(display) === undefined ? undefined : { url: 'descriptionDisplay', valueString: words(display) },
  ]);
  return parts === undefined ? undefined : [{ url: `${ukCoreExtension}CodingSCTDescId`, extension: parts }];
}

/** A part of a nested extension by its name in lower case: the examples write `DescriptionID`, EMIS `descriptionId`. */
function part(owner: JsonObject, name: string): JsonObject | undefined {
  return objects(owner['extension']).find(({ url }) => words(url)?.toLowerCase() === name);
}

/**
 * A coded thing with all its codes, Read and SNOMED CT alike. Its text is what the clinician saw: their own words, else the
 * description they chose, else the name of the code they picked (GP Connect, CodeableConcept).
 */
export function concept(value: unknown): CodeableConcept | undefined {
  const sent = object(value);
  if (sent === undefined) return words(value) === undefined ? undefined : { text: words(value) };
  const codes = objects(sent['coding']);
  const text = words(sent['text']) ?? chosenWords(codes);
  const coded = some(codes.map(coding));
  return text === undefined && coded === undefined ? undefined : { coding: coded, text };
}

function chosenWords(codes: readonly JsonObject[]): string | undefined {
  for (const code of codes) {
    const sent = extension(code, 'coding-sctdescid');
    const chosen = sent === undefined ? undefined : words(part(sent, 'descriptiondisplay')?.['valueString']);
    if (chosen !== undefined) return chosen;
  }
  const picked = codes.find(({ userSelected }) => userSelected === true);
  return words(picked?.['display']) ?? codes.map(({ display }) => words(display)).find((name) => name !== undefined);
}

export function concepts(value: unknown): CodeableConcept[] | undefined {
  return some(objects(value).map(concept));
}

/** What a coded thing says in words. */
export function conceptWords(value: unknown): string | undefined {
  return concept(value)?.text;
}

export function identifier(value: unknown): Identifier | undefined {
  const sent = object(value);
  const number = words(sent?.['value']);
  if (sent === undefined || number === undefined) return undefined;
  return {
    use: oneOf(sent['use'], ['usual', 'official', 'temp', 'secondary']),
    type: concept(sent['type']),
    system: uri(sent['system']),
    value: number,
    period: period(sent['period']),
  };
}

export function identifiers(value: unknown): Identifier[] | undefined {
  return some(objects(value).map(identifier));
}

export function period(value: unknown): Period | undefined {
  const sent = object(value);
  const [start, end] = [words(sent?.['start']), words(sent?.['end'])];
  return start === undefined && end === undefined ? undefined : { start, end };
}

export function quantity(value: unknown): Quantity | undefined {
  const sent = object(value);
  if (sent === undefined) return undefined;
  const told = words(extension(sent, 'MedicationQuantityText')?.['valueString']);
  const unit = words(sent['unit']) ?? told;
  const amount = numeric(sent['value']);
  if (amount === undefined && unit === undefined) return undefined;
  const system = uri(sent['system']);
  return {
    value: amount,
    comparator: oneOf(sent['comparator'], ['<', '<=', '>=', '>']),
    unit,
    // A code needs its system (FHIR qty-3).
    system,
    code: system === undefined ? undefined : code(sent['code']),
  };
}

export function range(value: unknown): Range | undefined {
  const sent = object(value);
  const [low, high] = [quantity(sent?.['low']), quantity(sent?.['high'])];
  return low === undefined && high === undefined ? undefined : { low, high };
}

export function ratio(value: unknown): Ratio | undefined {
  const sent = object(value);
  const [numerator, denominator] = [quantity(sent?.['numerator']), quantity(sent?.['denominator'])];
  return numerator === undefined && denominator === undefined ? undefined : { numerator, denominator };
}

/** Notes as they were written, line breaks too. */
export function notes(...values: unknown[]): Annotation[] | undefined {
  return some(
    values.flatMap((value) =>
      typeof value === 'string'
        ? [note(value)]
        : objects(value).map((sent) => note(words(sent['text']), words(sent['time']))),
    ),
  );
}

function note(text: string | undefined, time?: string): Annotation | undefined {
  return text === undefined || text.trim() === '' ? undefined : { text, time };
}

/** Directions as the practice wrote them: never shortened, never worked out from structured parts. */
export function dosages(value: unknown): Dosage[] | undefined {
  return some(
    objects(value).map((sent) => {
      const [text, instruction] = [words(sent['text']), words(sent['patientInstruction'])];
      if (text === undefined && instruction === undefined) return undefined;
      return { text, patientInstruction: instruction, asNeededBoolean: truth(sent['asNeededBoolean']) };
    }),
  );
}
