import type { DocumentReference } from 'fhir/r4';
import { textDocument } from './case-documents.ts';
import type { Contact } from './contacts.ts';
import { organisationOf } from './encounter-parts.ts';
import type { PagePart } from './page.ts';
import type { Report, ReportPerson, ReportSection } from './report.ts';
import { readCdaTime } from './stated-time.ts';
import { digestOf } from './case-key.ts';
import { heldBack, isAccessNote } from './access-codes.ts';
import { specialNotes } from './report-sections.ts';
import type { SaidReport, ToldCase } from './told-case.ts';

/** A report as its sender wrote it, section by section, to be read in the entry of its call. */
export function reportDocument(told: ToldCase, contact: Contact, { said }: SaidReport): DocumentReference {
  const written = readCdaTime(said.written ?? '');
  if (written.doubt !== undefined) told.doubts.add(written.doubt);
  const notes = specialNotes(said);
  const title = said.title ?? 'NHS 111 report';
  const document = textDocument(told, contact, {
    id: `${told.key}-report-${digestOf(said.setId)}`,
    title,
    parts: [...said.sections.map((section) => partOf(section, notes)), aboutReport(said)],
    written: written.value,
    by: said.authors.at(-1)?.name,
  });
  return {
    ...document,
    custodian: organisationOf(told, said.custodian.ods, said.custodian.name),
  };
}

/** A section as everybody may read it: special notes are told as such, and apart from the report where they open a door. */
function partOf(section: ReportSection, notes: readonly ReportSection[]): PagePart {
  const { title: heading, lines } = section;
  const opens = notes.includes(section) && isAccessNote(lines.join(' '));
  return { heading, lines: opens ? [heldBack] : lines };
}

/** Who told it, to whom it went, and what it leaves out. */
function aboutReport(said: Report): PagePart {
  const person = (words: string, { name, role, organisation }: ReportPerson) => {
    const who = [name, role, organisation].filter((part) => part !== undefined);
    return who.length === 0 ? [] : [`${words}: ${who.join(', ')}`];
  };
  const { disposition, consent } = said;
  return {
    heading: 'About this report',
    lines: [
      ...(said.number === undefined ? [] : [`Case number: ${said.number}`]),
      ...(disposition === undefined
        ? []
        : [`Disposition: ${[disposition.words, disposition.code].filter(Boolean).join(', ')}`]),
      ...said.authors.flatMap((author) => person('Written by', author)),
      ...said.informants.flatMap((informant) => person('Information from', informant)),
      ...(said.responsible === undefined ? [] : person('Responsible', said.responsible)),
      ...(said.place === undefined ? [] : [`Place: ${said.place}`]),
      ...said.recipients.map((recipient) => `Sent to: ${recipient}`),
      ...(consent === undefined ? [] : [`Consent: ${consent.words ?? consent.code ?? ''}`]),
      ...(said.version === undefined || said.version === '1' ? [] : [`Version ${said.version}`]),
      ...(said.enclosed
        ? ['Its sender also enclosed the questions and answers as data, which are not shown here.']
        : []),
    ],
  };
}
