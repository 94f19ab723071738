import { date } from '../../../borough/clock.ts';
import { organisationOf } from '../../../borough/places.ts';
import { hash } from '../../../borough/random.ts';
import type { Borough, Life } from '../../../borough/truth.ts';
import type { Line } from './columns.ts';
import { knownEvents, personIdOf, type CareEvent } from './known-events.ts';

/** One export: the days it is about, what was known when it was made, and the wording of its release. */
export interface Export {
  /** FHIR dates. */
  from: string;
  to: string;
  release: 1 | 2;
}

/** The lines of one person that an export has; none for who is not known to the council by then. */
export function linesOf(life: Life, borough: Borough, made: Export): Line[] {
  const events = knownEvents(life, borough).filter((event) => isIn(event, made));
  const lines = events.map((event) => ({ ...personColumns(life, borough, made, event), ...eventColumns(event, made) }));
  // Every so often a line is exported twice: a join in the council's own query.
  return lines.flatMap((line, place) =>
    hash(`${life.person.key} ${place} ${made.to}`) % 29 === 0 ? [line, line] : [line],
  );
}

/**
 * The return has what came to an end in its period, and services that ran in it. What is under way, arranged or was called
 * off it has not, except services.
 */
function isIn(event: CareEvent, { from, to }: Export): boolean {
  const [start, end] = [date(event.start), endOf(event)];
  if (event.kind === 'care-package') return start <= to && (end === undefined || end >= from);
  return end !== undefined && end >= from && end <= to;
}

function endOf(event: CareEvent): string | undefined {
  if (event.kind === 'care-request') return event.status === 'closed' ? date(event.end ?? event.start) : undefined;
  if (event.kind !== 'care-package' && event.status !== 'completed') return undefined;
  return event.end === undefined ? undefined : date(event.end);
}

function personColumns(life: Life, borough: Borough, made: Export, event: CareEvent): Line {
  const { person } = life;
  const [name] = person.namesIn.liquidlogic ?? person.names;
  const household = borough.households.find(({ id }) => id === person.household);
  const dead = person.death?.confirmedBy.includes('liquidlogic') === true ? date(person.death.at) : undefined;
  const reason = life.supportReasons.find(
    ({ from, until }) => from <= event.start && (until ?? Infinity) > event.start,
  );
  const carer = isCarers(event);
  return {
    'LA Code': '706',
    'Reporting Period Start Date': day(made.from, made),
    'Reporting Period End Date': day(made.to, made),
    // Typed with spaces by some, without by others.
    'NHS Number': hash(person.key) % 5 === 0 ? spaced(person.nhsNumber) : person.nhsNumber,
    'LA Person Unique Identifier': personIdOf(life),
    'First Name': name?.given[0],
    'Last Name': name?.family,
    'GP Practice Name': organisationOf(person.practice).name,
    'GP Practice Code': person.practice,
    Gender: { male: 'Male', female: 'Female', other: 'Other' }[person.gender],
    Ethnicity: person.ethnicity,
    'Date of Birth': day(date(person.birth), made),
    'Date of Death': dead === undefined || dead > made.to ? undefined : day(dead, made),
    'Client Type': carer ? (made.release === 1 ? 'Carer' : 'Unpaid carer') : 'Service User',
    'Primary Support Reason': carer
      ? worded('Social Support: Support to Carer', made)
      : event.kind === 'care-request'
        ? undefined
        : worded(reason?.text.replace('Memory and', 'Memory &') ?? 'Unknown', made),
    Postcode: household?.postcode,
    'Accommodation Status': 'Unknown',
    'Employment Status': 'Unknown',
    'Has Unpaid Carer': 'Unknown',
  };
}

function eventColumns(event: CareEvent, made: Export): Line {
  const end = endOf(event);
  const shared: Line = {
    // The reference is optional, and some of the council's forms do not pass it on.
    'Event Reference': hash(event.id) % 8 === 0 ? undefined : event.id,
    'Event Start Date': day(date(event.start), made),
    'Event End Date': end === undefined || end > made.to ? undefined : day(end, made),
  };
  if (event.kind === 'care-request') {
    return {
      ...shared,
      'Event Type': 'Request',
      'Event Outcome': worded(
        event.outcome === undefined ? 'NFA - Information & Advice / Signposting only' : 'Progress to Assessment',
        made,
      ),
      'Request: Route of Access': worded(
        event.reason.code === 'HD' ? 'Discharge from Hospital' : 'Community/Other route',
        made,
      ),
    };
  }
  if (event.kind === 'care-assessment') {
    return {
      ...shared,
      'Event Type': 'Assessment',
      'Event Outcome': worded(event.outcome?.text ?? 'NFA - Other', made),
      'Assessment Type': assessmentTypes[event.type.code] ?? 'Long term assessment',
      'Eligible Needs Identified': 'Yes',
      'Method of Assessment': 'Face to face',
    };
  }
  if (event.kind === 'care-review') {
    return {
      ...shared,
      'Event Type': 'Review',
      'Event Outcome': worded(event.outcome?.text ?? 'No change in package', made),
      'Review Reason': event.planned ? 'Planned' : 'Unplanned',
    };
  }
  return {
    ...shared,
    'Event Type': 'Service',
    'Event Outcome': worded(
      shared['Event End Date'] === undefined ? 'Provision of service' : 'Service ended as planned',
      made,
    ),
    'Event Description': event.title,
    'Service Type': worded(event.category.text, made),
    'Service Component': worded(event.type.text, made),
    'Delivery Mechanism': worded('CASSR Commissioned Support', made),
    'Provider CQC Location Name': organisationOf(event.provider).name,
    'Provider CQC Location ID': `1-9${String(hash(event.provider) % 10_000_000).padStart(7, '0')}`,
    'Unit Cost': '21.50',
    'Cost Frequency (Unit Type)': 'Hourly',
    'Planned units per week': '14',
  };
}

/** What the return has of the council's own kinds of assessment is less than the council has. */
const assessmentTypes: Record<string, string> = {
  CN: 'Long term assessment',
  HD: 'Short term assessment',
  RA: 'Short term assessment',
  OT: 'Occupational therapy assessment',
  CA: 'Carer assessment',
};

function isCarers(event: CareEvent): boolean {
  return (
    (event.kind === 'care-assessment' && event.asCarer === true) ||
    (event.kind === 'care-package' && event.category.code.startsWith('CS-')) ||
    (event.kind === 'care-request' && event.reason.code === 'REQ-CS')
  );
}

/** The first release is exported with the days of a desk; the second as the specification has them. */
function day(iso: string, { release }: Export): string {
  return release === 2 ? iso : iso.split('-').reverse().join('/');
}

/** The second release writes in sentence case and calls carers unpaid. */
function worded(words: string, { release }: Export): string {
  if (release === 1) return words;
  const sentence = words.charAt(0) + words.slice(1).toLowerCase().replaceAll('nfa', 'NFA').replaceAll('nhs', 'NHS');
  return sentence.replace(/^Carer support/, 'Unpaid carer support');
}

function spaced(number: string): string {
  return `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;
}
