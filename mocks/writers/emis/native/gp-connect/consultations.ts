import { date, dateTime } from '../../../../borough/clock.ts';
import type { Term } from '../../../../borough/facts.ts';
import type { GpContact, HappeningOf } from '../../../../borough/happenings.ts';
import { organisationOf } from '../../../../borough/places.ts';
import { isReported, numberOf, type Reported } from '../../entered.ts';
import { consultationGuid, observationGuid } from '../csv/cells.ts';
import {
  type Chart,
  commentNote,
  context,
  fileUnder,
  lists,
  mayLeave,
  practiceReference,
  put,
  staff,
  type Visit,
} from './chart.ts';
import { surgeryId } from './people.ts';
import {
  bare,
  bareGuid,
  careConnectExtension,
  coded,
  profile,
  reference,
  snomedCode,
  stated,
  type Stu3,
} from './stu3.ts';

/** What a practice's staff pick as the kind of consultation. */
const sources: Record<GpContact['mode'], string> = {
  surgery: 'GP Surgery',
  nurse: 'Nurse consultation',
  phone: 'Telephone consultation',
  video: 'Video consultation',
  home: 'Home visit note',
  online: 'Online consultation',
};

const reports: Record<Reported['kind'], string> = {
  stay: 'Hospital inpatient report',
  emergency: 'Hospital A+E report',
  outpatient: 'Hospital outpatient report',
  'urgent-call': '111 report',
  'urgent-visit': 'Out of hours report',
};

/** Contacts with the practice: EMIS states when one began and never when it ended, and the surgery as the place of every one. */
export function writeContacts(chart: Chart): void {
  for (const contact of chart.life.happenings) {
    if (contact.kind !== 'gp' || contact.start > chart.asAt) continue;
    if (!mayLeave(chart, contact.labels, lists.consultations)) continue;
    const omitted = contact.recorded?.omit ?? [];
    const start = omitted.includes('period') ? undefined : (contact.recorded?.start ?? dateTime(contact.start));
    const who = contact.recorded?.unknownStaff === true ? 'left-before-2016' : contact.staff;
    const visit = openVisit(chart, contact.id, {
      title: omitted.includes('type') ? undefined : sources[contact.mode],
      start,
      typed: dateTime(contact.end ?? contact.start),
      who: staff(chart, who),
    });
    const problem = chart.life.problems.find(
      ({ at, tellers, labels, term }) =>
        at === contact.id &&
        tellers.includes('emis') &&
        (labels ?? []).length === 0 &&
        term.text === contact.reason.text,
    );
    if (problem !== undefined) {
      visit.problem = { condition: `${bare(observationGuid(problem.id))}-PROB`, title: problem.term.text };
    } else if (!omitted.includes('reason')) {
      entry(chart, contact.id, 'Problem', `${contact.id} reason`, contact.reason, start, undefined, who);
    }
    if (contact.outcome !== undefined) {
      entry(chart, contact.id, 'Follow up', `${contact.id} outcome`, undefined, start, contact.outcome, who);
    }
  }
}

/** What others did, entered from a letter: the kind of report, the day, and in words who sent it and their number. */
export function writeEntered(chart: Chart): void {
  for (const letter of chart.life.happenings) {
    if (letter.kind !== 'letter' || !isEntered(letter, chart.asAt)) continue;
    const event = chart.life.happenings.find(({ id }) => id === letter.about);
    const { filed } = letter;
    if (!isReported(event) || filed?.entry === undefined) continue;
    if (!mayLeave(chart, event.labels, lists.consultations)) continue;
    const id = `${event.id}-entered`;
    const who = chart.life.person.usualGp;
    openVisit(chart, id, {
      title: reports[event.kind],
      start: filed.entry.start,
      typed: dateTime(filed.at),
      who: staff(chart, who),
    });
    const diagnosis =
      event.kind === 'stay' ? event.diagnoses[0]?.term : event.kind === 'emergency' ? event.diagnosis?.term : undefined;
    entry(chart, id, 'Problem', `${id} reason`, diagnosis ?? event.reason, filed.entry.start, undefined, who);
    const number = filed.entry.quotesVisitNumber ? ` Number ${numberOf(event).value ?? ''}.` : '';
    const words = `From ${organisationOf(letter.from).name}, ${date(letter.start)}.${number}`;
    entry(chart, id, 'Comment', `${id} sender`, undefined, filed.entry.start, words, who);
  }
}

function isEntered({ filed, tellers, labels }: HappeningOf<'letter'>, asAt: number): boolean {
  return filed?.entry !== undefined && filed.at <= asAt && tellers.includes('emis') && (labels ?? []).length === 0;
}

function openVisit(
  chart: Chart,
  event: string,
  { title, start, typed, who }: { title: string | undefined; start: string | undefined; typed: string; who: Stu3 },
): Visit {
  const encounter = bare(consultationGuid(event));
  const visit: Visit = { encounter, title: title ?? 'Consultation', date: typed, headings: [], problem: undefined };
  chart.visits.set(event, visit);
  const part = (system: string, code: string, display: string) => ({
    type: [{ coding: [{ system, code, display }] }],
    individual: who,
  });
  put(chart, 'Encounter', encounter, undefined, {
    status: 'finished',
    type: title === undefined ? undefined : [{ text: title }],
    participant: [
      part('http://hl7.org/fhir/v3/ParticipationType', 'PPRF', 'primary performer'),
      part('https://fhir.nhs.uk/STU3/CodeSystem/GPConnect-ParticipantType-1', 'REC', 'recorder'),
    ],
    period: start === undefined ? undefined : { start },
    location: [{ location: reference('Location', surgeryId(chart.practice)) }],
    serviceProvider: practiceReference(chart),
  });
  return visit;
}

/** One entry of a consultation: a code, or with none what was typed. */
function entry(
  chart: Chart,
  event: string,
  heading: string,
  fact: string,
  term: Term | undefined,
  at: string | undefined,
  typed: string | undefined,
  who: string,
): void {
  const key = put(chart, 'Observation', bare(observationGuid(fact)), lists.other, {
    status: 'final',
    code: term === undefined ? commentNote : coded(term),
    context: context(chart, event),
    effectiveDateTime: at,
    performer: [staff(chart, who)],
    comment: typed,
  });
  fileUnder(chart, event, heading, key);
}

/** The Lists that hold each consultation together: consultation, one topic, its headings. */
export function consultationLists(chart: Chart): Stu3[] {
  return [...chart.visits.values()].flatMap((visit) => {
    const part = (id: string, code: string, display: string, entries: string[], more: Stu3): Stu3 =>
      stated({
        resourceType: 'List',
        id,
        meta: profile('List'),
        ...more,
        status: 'current',
        mode: 'snapshot',
        code: snomedCode(code, display),
        subject: reference('Patient', chart.patient),
        encounter: reference('Encounter', visit.encounter),
        date: visit.date,
        entry: entries.map((entry) => ({ item: { reference: entry } })),
      });
    const headings = visit.headings.map(({ title, entries }) =>
      part(bareGuid(`${visit.encounter} ${title}`), '24781000000107', 'Category (EHR)', entries, { title }),
    );
    const topic = `${visit.encounter}-PG0`;
    chart.lists.set(lists.consultations, [
      ...(chart.lists.get(lists.consultations) ?? []),
      `List/${visit.encounter}-LST`,
    ]);
    return [
      part(`${visit.encounter}-LST`, '325851000000107', 'Consultation', [`List/${topic}`], { title: visit.title }),
      part(
        topic,
        '25851000000105',
        'Topic (EHR)',
        headings.map(({ id }) => `List/${String(id)}`),
        visit.problem === undefined
          ? {}
          : {
              title: visit.problem.title,
              extension: [
                {
                  url: careConnectExtension('RelatedProblemHeader'),
                  extension: [{ url: 'target', valueReference: reference('Condition', visit.problem.condition) }],
                },
              ],
            },
      ),
      ...headings,
    ];
  });
}
