import { UnusableMessage } from '../format.ts';
import { at, attribute, child, childrenOf, lineOf, type XmlElement } from '../xml-element.ts';
import { narrativeLines } from './narrative.ts';
import { odsOf } from './ods.ts';
import type { Report, ReportCode, ReportPerson, ReportSection } from './report.ts';
import { nameOf, readReportPatient } from './read-report-patient.ts';

const caseGuid = '2.16.840.1.113883.2.1.3.2.4.18.34';
const caseNumber = '2.16.840.1.113883.2.1.3.2.4.18.35';

/** Every report in a message: bare, or in an ITK envelope that may hold a repeat caller's earlier ones too. */
export function clinicalDocuments(root: XmlElement): XmlElement[] {
  if (root.name === 'ClinicalDocument') return [root];
  return childrenOf(root).flatMap((part) =>
    // Enclosed data is no place to look for documents.
    ['Envelope', 'Body', 'DistributionEnvelope', 'payloads', 'payload', 'ClinicalDocument'].includes(part.name)
      ? clinicalDocuments(part)
      : [],
  );
}

/** Reads one report. @throws UnusableMessage when it is of no NHS 111 call, or names no case */
export function readReport(document: XmlElement): { said: Report; doubts: string[] } {
  const encounter = at(document, 'componentOf', 'encompassingEncounter');
  const ids = childrenOf(encounter, 'id');
  const byRoot = (root: string) =>
    attribute(
      ids.find((id) => attribute(id, 'root') === root),
      'extension',
    );
  const number = byRoot(caseNumber);
  const reference = byRoot(caseGuid) ?? number;
  if (encounter === undefined || reference === undefined) throw new UnusableMessage('A report names no case.');
  const set = child(document, 'setId') ?? child(document, 'id');
  const custodian = at(document, 'custodian', 'assignedCustodian', 'representedCustodianOrganization');
  const time = child(encounter, 'effectiveTime');
  const doubts: string[] = [];
  const said: Report = {
    kind: 'report',
    reference,
    number,
    setId: [attribute(set, 'root'), attribute(set, 'extension')].filter((part) => part !== undefined).join('.'),
    version: attribute(child(document, 'versionNumber'), 'value'),
    title: lineOf(child(document, 'title')),
    written: attribute(child(document, 'effectiveTime'), 'value'),
    confidentiality: codeOf(child(document, 'confidentialityCode')),
    patient: readReportPatient(at(document, 'recordTarget', 'patientRole')),
    authors: childrenOf(document, 'author').map((author) => personOf(child(author, 'assignedAuthor'))),
    informants: childrenOf(document, 'informant').map((informant) =>
      personOf(child(informant, 'relatedEntity') ?? child(informant, 'assignedEntity')),
    ),
    responsible: optionalPerson(at(encounter, 'responsibleParty', 'assignedEntity')),
    custodian: { ods: odsOf(custodian), name: lineOf(child(custodian, 'name')) },
    recipients: childrenOf(document, 'informationRecipient').flatMap(
      (recipient) => lineOf(at(recipient, 'intendedRecipient', 'receivedOrganization', 'name')) ?? [],
    ),
    consent: codeOf(at(document, 'authorization', 'consent', 'code')),
    low: attribute(child(time, 'low'), 'value') ?? attribute(time, 'value'),
    high: attribute(child(time, 'high'), 'value'),
    disposition: codeOf(child(encounter, 'dischargeDispositionCode')),
    place: lineOf(at(encounter, 'location', 'healthCareFacility', 'location', 'name')),
    sections: sectionsOf(at(document, 'component', 'structuredBody')),
    enclosed: holds(document, 'observationMedia'),
  };
  if (said.setId === '') throw new UnusableMessage('A report has no id.');
  if (at(document, 'component', 'nonXMLBody') !== undefined) doubts.push('A report with a body that is no text');
  return { said, doubts };
}

/** The report that this one takes the place of, where that has another set id. */
export function replacedSets(document: XmlElement): string[] {
  return childrenOf(document, 'relatedDocument')
    .filter((related) => attribute(related, 'typeCode') === 'RPLC')
    .flatMap((related) => attribute(at(related, 'parentDocument', 'setId'), 'root') ?? []);
}

/** Sections within sections, in the order in which they are read. */
function sectionsOf(within: XmlElement | undefined): ReportSection[] {
  return childrenOf(within, 'component').flatMap((component) =>
    childrenOf(component, 'section').flatMap((section) => {
      const text = child(section, 'text');
      const title = lineOf(child(section, 'title'));
      const lines = text === undefined ? [] : narrativeLines(text);
      const own = lines.length === 0 ? [] : [{ title, code: attribute(child(section, 'code'), 'code'), lines }];
      return [...own, ...sectionsOf(section)];
    }),
  );
}

function codeOf(element: XmlElement | undefined): ReportCode | undefined {
  const [code, words] = [attribute(element, 'code'), attribute(element, 'displayName')];
  if (code === undefined && words === undefined) return undefined;
  return { code, words, system: attribute(element, 'codeSystem') };
}

function optionalPerson(entity: XmlElement | undefined): ReportPerson | undefined {
  return entity === undefined ? undefined : personOf(entity);
}

function personOf(entity: XmlElement | undefined): ReportPerson {
  const person = child(entity, 'assignedPerson') ?? child(entity, 'relatedPerson');
  return {
    name: nameOf(child(person, 'name')).text,
    role: codeOf(child(entity, 'code'))?.words,
    organisation: lineOf(at(entity, 'representedOrganization', 'name')),
  };
}

function holds(element: XmlElement, name: string): boolean {
  return childrenOf(element).some((part) => part.name === name || holds(part, name));
}
