import type { DocumentReference } from 'fhir/r4';
import { parsePartialDate } from '../../../fhir/partial-date.ts';
import { heldBack, isAccessNote, openLines } from './access-codes.ts';
import type { CaseExport, Coded } from './case-export.ts';
import type { Contact } from './contacts.ts';
import { organisationOf } from './encounter-parts.ts';
import { linesOf, pageOf, type PagePart } from './page.ts';
import { readXsTime } from './stated-time.ts';
import type { ToldCase } from './told-case.ts';

/** The texts of a case's export: what its first contact was raised with, and the notes of each consultation. */
export function caseDocuments(told: ToldCase, contacts: readonly Contact[]): DocumentReference[] {
  const documents: DocumentReference[] = [];
  const exported = told.export?.said;
  const first = contacts[0];
  if (exported !== undefined && first !== undefined) {
    const parts = caseParts(exported).filter(({ lines }) => lines.length > 0);
    if (parts.length > 0)
      documents.push(
        textDocument(told, first, {
          id: `${told.key}-case`,
          title: 'Out-of-hours case details',
          parts,
          written: readXsTime(exported.active ?? '').value,
        }),
      );
  }
  for (const contact of contacts) {
    const { consultation } = contact;
    if (consultation === undefined) continue;
    const parts: PagePart[] = [
      { heading: 'Summary', lines: linesOf(consultation.summary) },
      { heading: 'Medical history', lines: linesOf(consultation.history) },
      { heading: 'Outcome', lines: consultation.outcomes.map(codeLine) },
      { heading: 'Codes recorded', lines: consultation.codes.map(codeLine) },
    ];
    if (parts.every(({ lines }) => lines.length === 0)) continue;
    const title = 'Out-of-hours consultation notes';
    const written = contact.end.value ?? contact.start.value;
    documents.push(
      textDocument(told, contact, { id: `${contact.id}-notes`, title, parts, written, by: consultation.by }),
    );
  }
  return documents;
}

/** What the case holds that no element of the timeline's has a place for, in the order in which it is asked. */
function caseParts(exported: CaseExport): PagePart[] {
  const { patient } = exported;
  const line = (words: string, value: string | undefined) => (value === undefined ? [] : [`${words}: ${value}`]);
  const coded = (item: Coded | undefined) => (item === undefined ? undefined : codeLine(item));
  const { appointment } = exported;
  return [
    { heading: 'Presenting condition', lines: linesOf(exported.symptoms) },
    { heading: 'Comments', lines: openLines(linesOf(exported.comments)) },
    { heading: 'Questions answered', lines: openLines(linesOf(exported.questions)) },
    {
      heading: 'The case',
      lines: [
        ...line('Number', exported.number),
        ...line('Type', coded(exported.caseType)),
        ...line('Priority', coded(exported.priority)),
        ...line('Status', exported.status),
        ...exported.outcomes.map((item) => `Outcome: ${codeLine(item)}`),
        ...(appointment === undefined
          ? []
          : [
              `Latest appointment: ${[appointment.time, appointment.place, appointment.status].filter(Boolean).join(', ')}`,
            ]),
        ...line('Telephone to ring back', exported.returnPhone),
        ...line('Telephone of the caller', exported.callerPhone),
        ...line('GP registration', patient.registration.status),
        ...line('GP', patient.registration.gp),
        ...(patient.birth?.type === 'AgeOnly'
          ? [`Birth date reckoned from an age, not stated: ${patient.birth.date}`]
          : []),
      ],
    },
    {
      heading: 'Special notes on this case',
      lines: exported.notes.flatMap(({ text }) => (isAccessNote(text) ? [heldBack] : linesOf(text))),
    },
  ];
}

/** Words, with the code behind them. */
function codeLine({ code, words, scheme }: Coded): string {
  const behind = [scheme, code].filter((part) => part !== undefined).join(' ');
  return words === undefined ? behind : behind === '' ? words : `${words} (${behind})`;
}

interface TextOf {
  id: string;
  title: string;
  parts: readonly PagePart[];
  /** FHIR date or dateTime. */
  written: string | undefined;
  by?: string | undefined;
}

/** A text that is read in place, in the entry of its contact. */
export function textDocument(
  told: ToldCase,
  contact: Contact,
  { id, title, parts, written, by }: TextOf,
): DocumentReference {
  const read = parsePartialDate(written);
  return {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    docStatus: 'final',
    type: { text: title },
    category: [{ text: 'Clinical letter' }],
    subject: told.patient,
    date: read?.precision === 'time' ? new Date(read.start).toISOString() : undefined,
    author: by === undefined ? undefined : [{ display: by }],
    custodian: organisationOf(told, told.organisation, undefined),
    description: title,
    content: [{ attachment: { ...pageOf(title, parts), title, creation: written } }],
    context: {
      encounter: [{ reference: `Encounter/${contact.id}` }],
      period: contact.start.value === undefined ? undefined : { start: contact.start.value },
    },
  };
}
