import type { CodeableConcept, Encounter, EncounterLocation, Identifier } from 'fhir/r4';
import type { CaseExport, Coded } from './case-export.ts';
import type { Contact } from './contacts.ts';
import { organisationOf, reasonsOf, seenBy, statedPeriod } from './encounter-parts.ts';
import { classes, classNotStated, localIdentifier, outcomeOf, placeType } from './fhir-words.ts';
import type { Report, ReportCode } from './report.ts';
import { reportedCondition } from './report-sections.ts';
import type { ToldCase } from './told-case.ts';

/** One contact as an Encounter: what it was, who, why and what came of it, linked to its case and to the call that raised it. */
export function contactEncounter(told: ToldCase, contact: Contact, all: readonly Contact[]): Encounter {
  const exported = told.export?.said;
  const report = contact.reports.at(-1)?.said;
  const { consultation, how } = contact;
  for (const { doubt } of [contact.start, contact.end]) if (doubt !== undefined) told.doubts.add(doubt);
  const call = `${told.key}-call`;
  const author = report?.authors.at(-1);
  return {
    resourceType: 'Encounter',
    id: contact.id,
    identifier: [localIdentifier('encounter', `${told.organisation}-${contact.id}`), ...caseIdentifiers(told)],
    extension: outcomeExtension(told, contact, all, report),
    status: contact.status,
    class: how === 'unknown' ? classNotStated : classes[how],
    type: typesOf(contact, exported),
    serviceType: { text: how === '111' ? 'NHS 111' : 'GP out-of-hours service' },
    priority: exported?.priority === undefined ? undefined : { text: wordsOf(exported.priority) },
    subject: told.patient,
    participant: seenBy(consultation?.by, consultation?.byType) ?? seenBy(author?.name, author?.role),
    period: statedPeriod(contact.start, contact.end),
    reasonCode: reasonsOf(exported?.symptoms ?? reportedCondition(report), consultation?.codes ?? []),
    location: placeOf(contact),
    serviceProvider: organisationOf(told, report?.custodian.ods ?? told.organisation, report?.custodian.name),
    partOf: contact.id !== call && all.some(({ id }) => id === call) ? { reference: `Encounter/${call}` } : undefined,
  };
}

/** The case's own number, and its GUID: the number alone may be given again. */
function caseIdentifiers({ key, organisation, export: exported, reports }: ToldCase): Identifier[] {
  const numbers = new Set([
    ...(exported?.said.number === undefined ? [] : [`${organisation}-${exported.said.number}`]),
    ...reports.flatMap(({ said }) =>
      said.number === undefined ? [] : [`${said.custodian.ods ?? organisation}-${said.number}`],
    ),
    `${organisation}-${key}`,
  ]);
  return [...numbers].map((number) => localIdentifier('case', number));
}

const typeWords = {
  '111': 'NHS 111 call',
  call: 'Out-of-hours call',
  base: 'Out-of-hours visit',
  home: 'Out-of-hours visit',
  unknown: 'Out-of-hours contact',
} as const;

function typesOf({ how }: Contact, exported: CaseExport | undefined): CodeableConcept[] {
  const own = { text: typeWords[how] };
  return exported?.caseType === undefined ? [own] : [own, { text: wordsOf(exported.caseType) }];
}

function wordsOf({ words, code }: Coded): string {
  return words ?? code ?? '';
}

/** Each contact's own outcomes; those of the whole case belong to its last contact, unless that has its own. */
function outcomeExtension(
  { export: exported }: ToldCase,
  contact: Contact,
  all: readonly Contact[],
  report: Report | undefined,
): Encounter['extension'] {
  const own = contact.consultation?.outcomes ?? [];
  const last = contact === all.at(-1);
  const stated = own.length === 0 && last ? (exported?.said.outcomes ?? []) : own;
  if (stated.length > 0) return [outcomeOf({ text: stated.map(wordsOf).join('; ') })];
  return report?.disposition === undefined ? undefined : [outcomeOf(disposition(report.disposition))];
}

/** Where 111 sent somebody: a Pathways disposition (Dx code) and its words. */
function disposition({ code, words, system }: ReportCode): CodeableConcept {
  const coded =
    code === undefined || system === undefined ? undefined : [{ system: `urn:oid:${system}`, code, display: words }];
  return { coding: coded, text: words ?? code };
}

/** An address is never told: a home is a home (look.md), a base has its name. */
function placeOf({ how, consultation, reports }: Contact): EncounterLocation[] | undefined {
  if (how === 'home') return [{ location: { display: "Person's home" }, physicalType: placeType('A01') }];
  const place = consultation?.place;
  if (how === 'base' && place !== undefined) return [{ location: { display: place }, physicalType: placeType('D02') }];
  if (how === 'unknown' && place !== undefined) return [{ location: { display: place } }];
  // Where somebody rang from is in the report; it is no place of care.
  return reports.length > 0 || place === undefined || how === '111' ? undefined : [{ location: { display: place } }];
}
