import type { Extension, List, ListEntry } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, notes } from './datatypes.ts';
import { consultationPart, listCodes } from './list-codes.ts';
import { derivedId } from './own-ids.ts';
import { extensions, object, objects, oneOf, some, words } from './read.ts';
import { keyOf } from './keys.ts';
import type { Reading } from './reading.ts';
import { ukCoreCodes } from './systems.ts';

const warningNames = new Map<string, string>([
  ['confidential-items', 'Confidential Items'],
  ['data-in-transit', 'Data in Transit'],
  ['data-awaiting-filing', 'Data Awaiting Filing'],
]);

/**
 * A list of the record, above all what it says of itself: items left out, a record still under way from another practice
 * (UK Core ListWarningCode, with the practice's own words). Its entries are named without words, so that one sensitive item
 * does not hide the warning.
 */
export function list(sent: JsonObject, reading: Reading): List {
  const entries = objects(sent['entry']);
  const absent = entries.filter(({ item }) => !isThere(item, reading)).length;
  if (absent > 0) reading.doubt(`A list names ${absent} of its ${entries.length} entries without sending them.`);
  return {
    resourceType: 'List',
    id: derivedId(reading.subject, `list-${listCodes(sent)[0] ?? 'other'}`),
    extension: some(extensions(sent, 'ListWarningCode').map(warning)),
    status: oneOf(sent['status'], ['current', 'retired', 'entered-in-error']) ?? 'current',
    mode: oneOf(sent['mode'], ['working', 'snapshot', 'changes']) ?? 'snapshot',
    title: words(sent['title']),
    code: concept(sent['code']),
    subject: reading.patient,
    date: words(sent['date']),
    source: reading.refer(sent['source']),
    orderedBy: concept(sent['orderedBy']),
    note: notes(sent['note'], absent === 0 ? undefined : absentWords(absent)),
    entry: some(entries.map((one) => entryOf(one, reading))),
    // FHIR lst-1: a list is empty for a reason, or has entries.
    emptyReason: entries.length === 0 ? concept(sent['emptyReason']) : undefined,
  };
}

/** In words, for a reader who would take the list for whole (T3). */
function absentWords(absent: number): string {
  return absent === 1
    ? 'One entry of this list is missing: the practice’s system named it and did not send it.'
    : `${absent} entries of this list are missing: the practice’s system named them and did not send them.`;
}

function isThere(item: unknown, reading: Reading): boolean {
  const reference = words(object(item)?.['reference']);
  return reference === undefined || keyOf(reference) === undefined || reading.find(item) !== undefined;
}

function warning(sent: JsonObject): Extension | undefined {
  const code =
    words(sent['valueCode']) ?? words(objects(object(sent['valueCodeableConcept'])?.['coding'])[0]?.['code']);
  if (code === undefined) return undefined;
  const display = warningNames.get(code);
  return {
    url: `${ukCoreExtension}ListWarningCode`,
    valueCodeableConcept: { coding: [{ system: `${ukCoreCodes}ListWarningCode`, code, display }], text: display },
  };
}

/** A consultation is listed by its List; what is told of it is the Encounter. */
function entryOf(sent: JsonObject, reading: Reading): ListEntry | undefined {
  const target = reading.find(sent['item']);
  const told = target !== undefined && consultationPart(target) !== undefined ? target['encounter'] : sent['item'];
  const reference = reading.refer(told);
  if (reference === undefined) return undefined;
  const item = reference.reference === undefined ? reference : { reference: reference.reference };
  return {
    item,
    date: words(sent['date']),
    flag: concept(sent['flag']),
    deleted: sent['deleted'] === true ? true : undefined,
  };
}

/** A notice of our own about the practice's record, in the form of a list's warning, which is where a reader meets it. */
export function notice(id: string, text: string, reading: Reading, confidential = false): List {
  return {
    resourceType: 'List',
    id: derivedId(reading.subject, id),
    extension: confidential
      ? [
          {
            url: `${ukCoreExtension}ListWarningCode`,
            valueCodeableConcept: {
              coding: [
                {
                  system: `${ukCoreCodes}ListWarningCode`,
                  code: 'confidential-items',
                  display: warningNames.get('confidential-items'),
                },
              ],
              text: warningNames.get('confidential-items'),
            },
          },
        ]
      : undefined,
    status: 'current',
    mode: 'snapshot',
    title: 'GP record',
    code: { text: 'GP record' },
    subject: reading.patient,
    note: [{ text }],
  };
}
