import type { Coding, DocumentReference, Reference } from 'fhir/r4';
import { snomed } from '../../../../fhir/systems.ts';
import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { conceptWords } from './datatypes.ts';
import type { Consultation, Topic } from './consultation.ts';
import { heldBack, opensDoor } from './door-code.ts';
import { entryWords } from './entry-words.ts';
import { derivedId } from './own-ids.ts';
import { object, objects, some, words } from './read.ts';
import type { Reading } from './reading.ts';
import { securityOf } from './security.ts';

/**
 * What was written in a consultation, as one page with its topics and headings, beside the Encounter. R4 could keep the Lists,
 * but no reader would lay them out: the page reads as it read at the practice. It names every entry it quotes, so that it is
 * as private as the most private of them (leaked record). Undefined where nothing was written but the documents filed with it.
 */
export function consultationNotes(consultation: Consultation, reading: Reading): DocumentReference | undefined {
  const { list, topics, remarks } = consultation;
  const entries = topics.flatMap(({ sections }) => sections.flatMap((section) => section.entries));
  const isFilingOnly = entries.every((entry) => entry !== undefined && typeOf(entry) === 'DocumentReference');
  if (isFilingOnly && remarks.length === 0) return undefined;
  const encounter = reading.find(consultation.encounter);
  const at = words(object(encounter?.['period'])?.['start']) ?? words(list['date']);
  const page = Buffer.from(pageOf(topics, remarks, reading), 'utf8');
  const quoted = uniqueReferences(
    entries.flatMap((entry) => (entry === undefined ? [] : quotedReference(entry, reading))),
  );
  const about = reading.refer(consultation.encounter);
  const security = labelsOf([list, ...(encounter === undefined ? [] : [encounter]), ...entries]);
  return {
    resourceType: 'DocumentReference',
    id: derivedId(reading.idOf(list), 'notes'),
    meta: security === undefined ? undefined : { security },
    status: 'current',
    docStatus: 'final',
    type: {
      coding: [{ system: snomed, code: '325851000000107', display: 'Consultation' }],
      text: 'Consultation notes',
    },
    category: [{ text: 'Consultation notes' }],
    subject: reading.patient,
    date: instantOf(list['date']),
    author: reading.referAll(objects(encounter?.['participant'])[0]?.['individual']),
    custodian: reading.refer(encounter?.['serviceProvider']),
    description: 'Consultation notes',
    content: [
      {
        attachment: {
          contentType: 'application/xhtml+xml',
          data: page.toString('base64'),
          size: page.length,
          title: 'Consultation notes',
          creation: at,
        },
      },
    ],
    context: { encounter: some([about]), related: some(quoted) },
  };
}

function quotedReference(entry: JsonObject, reading: Reading): Reference[] {
  const id = words(entry['id']);
  // What is not quoted does not make the page as private as itself.
  if (opensDoor(entry)) return [];
  const told = id === undefined ? undefined : reading.refer({ reference: `${typeOf(entry)}/${id}` });
  return told?.reference === undefined ? [] : [{ reference: told.reference }];
}

function uniqueReferences(references: readonly Reference[]): Reference[] {
  return [...new Map(references.map((one) => [one.reference, one])).values()];
}

function labelsOf(resources: readonly (JsonObject | undefined)[]): Coding[] | undefined {
  const labels = resources.flatMap((one) => (one === undefined ? [] : (securityOf(one) ?? [])));
  return some([...new Map(labels.map((label) => [`${label.system ?? ''}|${label.code ?? ''}`, label])).values()]);
}

/** `DocumentReference.date` is an instant; a List's date may be a day. */
function instantOf(value: unknown): string | undefined {
  const text = words(value);
  return text !== undefined && /T\d{2}:\d{2}:\d{2}.*(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : undefined;
}

function pageOf(topics: readonly Topic[], remarks: readonly string[], reading: Reading): string {
  const first = remarks.map((remark) => `<p><strong>${paragraphs(remark)}</strong></p>`).join('');
  const body = topics.map((topic) => topicOf(topic, reading)).join('');
  return (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Consultation notes</title></head>' +
    `<body>${first}${body}</body></html>`
  );
}

function topicOf({ title, problems, sections }: Topic, reading: Reading): string {
  const problem = problems.map((one) => conceptWords(reading.find(one)?.['code'])).find((name) => name !== undefined);
  const about = title ?? problem;
  const name = about === undefined ? '' : `<h2>${escaped(problem === undefined ? about : `Problem: ${about}`)}</h2>`;
  const parts = sections.map(({ heading, entries }) => {
    const lines = entries.map((entry) => `<li>${paragraphs(wordsOf(entry, reading))}</li>`).join('');
    return `${heading === undefined ? '' : `<h3>${escaped(heading)}</h3>`}<ul>${lines}</ul>`;
  });
  return name + parts.join('');
}

function wordsOf(entry: JsonObject | undefined, reading: Reading): string {
  if (entry === undefined) return 'An entry that the practice’s system named and did not send.';
  return opensDoor(entry) ? heldBack : entryWords(entry, reading);
}

/** Line breaks stay: clinicians lay out what they write. */
function paragraphs(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(escaped)
    .join('<br/>');
}

function escaped(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
