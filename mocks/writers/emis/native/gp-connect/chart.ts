import type { Label } from '../../../../borough/facts.ts';
import type { Life } from '../../../../borough/truth.ts';
import { organisationGuid, patientGuid, userGuid } from '../csv/cells.ts';
import { bare, emisIdentifier, profile, reference, snomedCode, stated, type Stu3 } from './stu3.ts';

/** What a heading of a consultation holds, in the order it was written. */
export interface Heading {
  title: string;
  /** References: `Observation/…`. */
  entries: string[];
}

/** A consultation while the rest of the record is written: entries made in it are put under its headings. */
export interface Visit {
  encounter: string;
  title: string;
  /** When it was typed, FHIR dateTime. */
  date: string;
  headings: Heading[];
  /** The problem that it was opened for, with its name. */
  problem: { condition: string; title: string } | undefined;
}

/** One person's answer while it is being put together. */
export interface Chart {
  life: Life;
  practice: string;
  /** The person's GUID. */
  patient: string;
  /** Nothing later than this is known. Epoch milliseconds. */
  asAt: number;
  resources: Stu3[];
  /** By the event they are of. */
  visits: Map<string, Visit>;
  /** References of what each list of the record names, by the list's SNOMED CT code. */
  lists: Map<string, string[]>;
  /** Codes of lists that something confidential was left out of. */
  heldBack: Set<string>;
  /** Staff named so far, by our id. */
  staff: Set<string>;
}

export function newChart(life: Life, asAt: number): Chart {
  return {
    life,
    practice: life.person.practice,
    patient: bare(patientGuid(life.person.key)),
    asAt,
    resources: [],
    visits: new Map(),
    lists: new Map(),
    heldBack: new Set(),
    staff: new Set(),
  };
}

/** Adds a resource of the person's, with its profile and EMIS's number, and names it in a list of the record. */
export function put(chart: Chart, type: string, id: string, list: string | undefined, body: Stu3): string {
  const named = type === 'AllergyIntolerance' || type === 'Immunization' ? 'patient' : 'subject';
  chart.resources.push(
    stated({
      resourceType: type,
      id,
      meta: profile(type === 'Condition' ? 'ProblemHeader-Condition' : type),
      identifier: emisIdentifier(chart.practice, chart.patient, id),
      [named]: reference('Patient', chart.patient),
      ...body,
    }),
  );
  const key = `${type}/${id}`;
  if (list !== undefined) chart.lists.set(list, [...(chart.lists.get(list) ?? []), key]);
  return key;
}

/**
 * Whether an entry may leave the practice. GP Connect leaves out whatever is confidential, and says so with the list it would
 * have stood in.
 */
export function mayLeave(chart: Chart, labels: readonly Label[] | undefined, list: string): boolean {
  if (labels === undefined || labels.length === 0) return true;
  chart.heldBack.add(list);
  return false;
}

/** Puts an entry under a heading of the consultation it was made in, where that one is sent. */
export function fileUnder(chart: Chart, event: string | undefined, title: string, entry: string): void {
  const visit = event === undefined ? undefined : chart.visits.get(event);
  if (visit === undefined) return;
  const heading = visit.headings.find((one) => one.title === title);
  if (heading === undefined) visit.headings.push({ title, entries: [entry] });
  else heading.entries.push(entry);
}

/** The consultation an entry was made in, as its `context`. */
export function context(chart: Chart, event: string | undefined): Stu3 | undefined {
  const visit = event === undefined ? undefined : chart.visits.get(event);
  return visit === undefined ? undefined : reference('Encounter', visit.encounter);
}

export function staff(chart: Chart, id: string): Stu3 {
  chart.staff.add(id);
  return reference('Practitioner', bare(userGuid(id)));
}

export function practiceReference(chart: Chart): Stu3 {
  return reference('Organization', bare(organisationGuid(chart.practice)));
}

/** SNOMED CT's code for an entry that is only what was typed. */
export const commentNote = snomedCode('37331000000100', 'Comment note');

/** GP Connect's lists of the record. */
export const lists = {
  allergies: '886921000000105',
  ended: '1103671000000101',
  medications: '933361000000108',
  problems: '717711000000103',
  consultations: '1149501000000101',
  immunisations: '1102181000000102',
  investigations: '887191000000108',
  referrals: '792931000000107',
  diary: '714311000000108',
  other: '826501000000100',
} as const;
