import { type JsonObject, typeOf } from '../../../resource/json.ts';
import type { Quantity } from 'fhir/r4';
import { conceptWords, dosages, quantity } from './datatypes.ts';
import { medicineOf } from './medicine.ts';
import { observation } from './observation.ts';
import { objects, words } from './read.ts';
import type { Reading } from './reading.ts';

/** Codes by which a bare comment goes: its text says all. */
const comments = new Set(['37331000000100']);

/** An entry of a consultation as it reads in its notes: what it is, its value, what was written beside it. */
export function entryWords(entry: JsonObject, reading: Reading): string {
  const said = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(': ');
  const beside = objects(entry['note']).flatMap(({ text }) => words(text) ?? []);
  const withNotes = (line: string) => [line, ...beside].join('. ');
  switch (typeOf(entry)) {
    case 'Observation':
      return observationWords(entry, reading);
    case 'Condition':
      return withNotes(said('Problem', conceptWords(entry['code'])));
    case 'AllergyIntolerance':
      return withNotes(said('Allergy', conceptWords(entry['code'])));
    case 'MedicationRequest':
    case 'MedicationStatement':
      return withNotes(medicineWords(entry, reading));
    case 'Immunization':
      return withNotes(
        said('Immunisation', conceptWords(objects(entry['extension']).find(isProcedure)?.['valueCodeableConcept'])),
      );
    case 'ReferralRequest':
      return withNotes(said('Referral', conceptWords(entry['reasonCode']), words(entry['description'])));
    case 'ProcedureRequest':
      return withNotes(said('Planned', conceptWords(entry['code']), dayOf(entry['occurrenceDateTime'])));
    case 'DocumentReference':
      return said('Document', words(entry['description']) ?? conceptWords(entry['type']));
    case 'DiagnosticReport':
      return said('Report', conceptWords(entry['code']), words(entry['conclusion']));
    case 'QuestionnaireResponse':
      return 'A template was filled in';
    default:
      return conceptWords(entry['code']) ?? 'An entry without words';
  }
}

function isProcedure({ url }: JsonObject): boolean {
  return /VaccinationProcedure/.test(words(url) ?? '');
}

function observationWords(entry: JsonObject, reading: Reading): string {
  const { code, component = [], valueQuantity, valueString, note = [], ...told } = observation(entry, reading);
  const isComment = code.coding?.some((one) => comments.has(one.code ?? '')) ?? false;
  const value =
    amount(valueQuantity) ??
    valueString ??
    told.valueCodeableConcept?.text ??
    dayOf(told.valueDateTime) ??
    asWord(told.valueBoolean);
  if (isComment && value !== undefined) return value;
  const parts = component.map((part) =>
    [part.code.text, amount(part.valueQuantity) ?? part.valueString ?? part.valueCodeableConcept?.text]
      .filter((one) => one !== undefined)
      .join(' '),
  );
  const name = code.text ?? 'Entry';
  const line = [name, ...(value === undefined ? [] : [value]), ...(parts.length === 0 ? [] : [parts.join(', ')])].join(
    ': ',
  );
  return [line, ...note.map(({ text }) => text)].join('. ');
}

function asWord(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'Yes' : 'No';
}

function amount(value: Quantity | undefined): string | undefined {
  if (value?.value === undefined) return value?.unit;
  return `${value.comparator ?? ''}${value.value}${value.unit === undefined ? '' : ` ${value.unit}`}`;
}

function medicineWords(entry: JsonObject, reading: Reading): string {
  const named = medicineOf(entry, reading);
  const name =
    'medicationCodeableConcept' in named ? named.medicationCodeableConcept.text : named.medicationReference.display;
  const directions = (dosages(entry['dosageInstruction']) ?? dosages(entry['dosage']) ?? []).flatMap(
    ({ text, patientInstruction }) => text ?? patientInstruction ?? [],
  );
  const dispensed = objects(entry['dispenseRequest']).map((one) => amount(quantity(one['quantity'])));
  return ['Medicine', [name, ...directions, ...dispensed].filter((part) => part !== undefined).join(', ')].join(': ');
}

/** The day of a date, for words in a line. */
function dayOf(value: unknown): string | undefined {
  return words(value)?.slice(0, 10);
}
