import type { DiagnosticReport, FhirResource, Observation, Reference } from 'fhir/r4';
import { localIdentifier } from './concepts.ts';
import type { Dialect } from './dialect.ts';
import { securityOf, type Sensitivity } from './labels.ts';
import { lookUp } from './look-up.ts';
import type { Message, Segment } from './message.ts';
import { testConcept } from './oru-concept.ts';
import { reportDocuments } from './oru-documents.ts';
import type { Panel } from './oru-fold.ts';
import { notesOf, observationOf } from './oru-observation.ts';
import { reportCategories } from './oru-section.ts';
import { specimenOf } from './oru-specimen.ts';
import { reportStatus, statusOfAll } from './oru-status.ts';
import { isFile } from './oru-value.ts';
import { encounterId, ownId } from './own-ids.ts';
import { organisationReference, staffReference } from './references.ts';
import { sensitivitiesOf } from './sensitivity.ts';
import { statedTime } from './stated-time.ts';

/** Whose report it is, and what all its tests share. */
export interface Holder {
  subject: string;
  organisation: string;
  /** The laboratory's number (OBR-3), else what stands for it. */
  number: string;
  dialect: Dialect;
  /** PV1-19; '' where none is stated. */
  visit: string;
  /** Its messages, the last first. */
  newest: readonly Message[];
  /** When its last message was sent, ISO 8601 UTC. */
  sent: string | undefined;
}

/** One test of a report as DiagnosticReport with its results, sample and files, and what was odd about it. */
export function reportOf(panel: Panel, holder: Holder): { resources: FhirResource[]; doubts: string[] } {
  const { subject, organisation, dialect, visit } = holder;
  const labels = labelsOf(panel, holder);
  const id = reportId(subject, holder.number, panel.key);
  const obr = (field: number): Segment | undefined =>
    panel.orders.map((order) => order.obr).find((each) => each.states(field));
  const [taken, ended, issued] = [7, 8, 22].map((field) => statedTime(obr(field)?.at(field) ?? '', dialect));
  const stated = reportStatus(obr(25)?.at(25) ?? '');
  const laboratory = organisationReference(
    organisation,
    lookUp(dialect.organisations, organisation) ?? '',
    organisation,
  );
  const common: Pick<Observation, 'meta' | 'encounter' | 'performer'> = {
    meta: labels.length === 0 ? undefined : { security: securityOf(labels) },
    encounter: visit === '' ? undefined : { reference: `Encounter/${encounterId(subject, visit)}` },
    performer: [laboratory],
  };
  const files = panel.results.filter(({ lines }) => lines.some(isFile));
  const results = panel.results
    .filter((result) => !files.includes(result))
    .map((result) =>
      observationOf(result, { subject, dialect, id, panel, common, taken: taken?.value, status: ofResults(stated) }),
    );
  const observations = results.map(({ observation }) => observation);
  const specimen = specimenOf(panel, { id, subject, dialect, meta: common.meta, taken: taken?.value });
  const sampled = taken?.value ?? sharedTime(observations);
  const categories = reportCategories(obr(24), observations);
  const shown = observations.filter(({ status }) => status !== 'entered-in-error');
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id,
    ...common,
    identifier: [localIdentifier('report', `${organisation}-${holder.number}`)],
    basedOn: askedBy(panel, organisation),
    status: stated ?? statusOfAll(observations.map(({ status }) => status)),
    category: categories.length === 0 ? undefined : categories,
    code: testConcept(obr(4)?.values(4)[0]) ?? { text: 'Report' },
    subject: { reference: `Patient/${subject}` },
    ...takenOver(sampled ?? (obr(7)?.at(7) || undefined), ended?.value),
    // FHIR's instant has no days.
    issued: [issued?.value, holder.sent].find((time) => time?.includes('T')),
    resultsInterpreter: readers(obr(32), organisation),
    specimen:
      specimen === undefined
        ? undefined
        : [{ reference: `Specimen/${specimen.id ?? ''}`, display: specimen.type?.text }],
    result: shown.length === 0 ? undefined : shown.map(referenceTo),
    conclusion: notesOf(panel.orders.map(({ notes }) => notes).find((notes) => notes.length > 0) ?? [])[0]?.text,
  };
  const documents = reportDocuments(files, report);
  const doubts = [
    ...results.flatMap((each) => each.doubts),
    ...documents.doubts,
    taken?.doubt,
    issued?.doubt,
    stated === undefined ? 'A report without a known status' : undefined,
    sampled === undefined ? 'A report that does not say when its sample was taken' : undefined,
  ].filter((doubt) => doubt !== undefined);
  const samples = specimen === undefined ? [] : [specimen];
  return { resources: [...observations, ...samples, report, ...documents.resources], doubts };
}

/** A number that holds a dash could end anywhere: a digest (which a blank asks for) keeps two reports from one id. */
function reportId(subject: string, number: string, test: string): string {
  return number.includes('-') ? ownId(subject, 'report', number, ' ', test) : ownId(subject, 'report', number, test);
}

/** The marks of the visit, and those of this test's own orders: another test under the same number takes none off. */
function labelsOf({ orders }: Panel, { newest, dialect }: Holder): Sensitivity[] {
  const own = orders.map(({ orc }) => ({ all: (name: string) => (name === 'ORC' && orc !== undefined ? [orc] : []) }));
  const visits = newest.map((message) => ({ all: (name: string) => (name === 'ORC' ? [] : message.all(name)) }));
  return sensitivitiesOf([...own, ...visits], dialect);
}

/** What a result without a status of its own has by that of its report. */
function ofResults(status: DiagnosticReport['status'] | undefined): Observation['status'] {
  if (status === undefined) return 'unknown';
  return status === 'partial' ? 'preliminary' : status === 'appended' ? 'amended' : status;
}

/** When all results of a report say that their sample was taken, where they agree. */
function sharedTime(results: readonly Observation[]): string | undefined {
  const times = new Set(results.map(({ effectiveDateTime }) => effectiveDateTime));
  return times.size === 1 ? [...times][0] : undefined;
}

/** When the sample was taken, or over which time it was collected; never when it was reported (T1). */
function takenOver(start: string | undefined, end: string | undefined): Partial<DiagnosticReport> {
  if (start === undefined) return {};
  return end === undefined || end === start ? { effectiveDateTime: start } : { effectivePeriod: { start, end } };
}

function referenceTo({ id, code }: Observation): Reference {
  return { reference: `Observation/${id ?? ''}`, display: code.text };
}

/** OBR-32: its first component holds number, family, given and prefix as parts of their own (v2.4, NDL) or as XCN does. */
function readers(obr: Segment | undefined, organisation: string): Reference[] | undefined {
  const [who] = obr?.values(32) ?? [];
  if (who === undefined) return undefined;
  const parts = [6, 3, 2].map((part) => who.at(1, part)).filter((part) => part !== '');
  if (parts.length > 0) return [{ type: 'Practitioner', display: parts.join(' ') }];
  const reader = who.at(2) === '' ? undefined : staffReference(who, organisation);
  return reader === undefined ? undefined : [reader];
}

/** Who asked for it (OBR-16, ORC-12), with the number of their order: words, for nobody tells of the order itself. */
function askedBy({ orders }: Panel, organisation: string): Reference[] | undefined {
  const number = orders.map(({ obr, orc }) => obr.at(2) || orc?.at(2) || '').find((each) => each !== '');
  const [who] = orders.flatMap(({ obr, orc }) => [...obr.values(16), ...(orc?.values(12) ?? [])]);
  const name = who === undefined ? undefined : staffReference(who, organisation)?.display;
  if (number === undefined && name === undefined) return undefined;
  const identifier = number === undefined ? undefined : localIdentifier('order', `${organisation}-${number}`);
  return [{ type: 'ServiceRequest', identifier, display: name === undefined ? 'Order' : `Asked for by ${name}` }];
}
