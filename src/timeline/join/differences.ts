import type { Encounter, Resource } from 'fhir/r4';
import { ukCoreExtension } from '../../../fhir/systems.ts';
import { daysBetween, formatDateTime, hasDay } from '../dates.ts';
import type { Difference, Entry } from '../entry.ts';
import { concept, extension, firstConcept, hasCode, items } from '../read.ts';
import { signsOf } from './signs.ts';
import { agree, sameReason } from './words.ts';

type Said = { key: string; words: string };

/** Where the witnesses of one event say different things, each in its own words; silence is no difference (T4). */
export function differencesOf(entries: readonly Entry[]): Difference[] {
  const what = (name: Difference['what'], of: (entry: Entry) => string | undefined, same: Same): Difference[] => {
    const said = entries.map((entry) => ({ entry, words: of(entry) })).filter(isSaid);
    const differ = said.some((x, place) => said.slice(place + 1).some((y) => !same(x, y)));
    return differ ? [{ what: name, said: said.map(({ entry, words }): Said => ({ key: entry.key, words })) }] : [];
  };
  // A letter and a booking say when they were written and made, and what was planned: not how it went.
  const events = (of: (entry: Entry) => string | undefined) => (entry: Entry) =>
    entry.kind === 'letter' || entry.kind === 'results' || entry.kind === 'booking' ? undefined : of(entry);
  const open = entries.every(({ lane }) => lane !== 'mental-health');
  return [
    ...what('time', events(timeWords), (x, y) => sameTimes(x.entry, y.entry)),
    ...what('place', events(placeWords), (x, y) => x.words === y.words),
    ...what(
      'kind',
      events(({ title }) => title.split(':')[0]),
      (x, y) => x.entry.kind === y.entry.kind,
    ),
    // Why somebody was seen by mental health is never told in passing (look.md).
    ...(open ? what('reason', events(reasonWords), (x, y) => sameReasons(x.entry, y.entry)) : []),
    ...what('outcome', events(outcomeWords), (x, y) => outcomeClass(x.words) === outcomeClass(y.words)),
    ...what('state', stateWords, (x, y) => x.words === y.words),
  ];
}

type Same = (x: { entry: Entry; words: string }, y: { entry: Entry; words: string }) => boolean;

function isSaid(said: { entry: Entry; words: string | undefined }): said is { entry: Entry; words: string } {
  return said.words !== undefined;
}

function resourceOf(entry: Entry): Resource | undefined {
  return entry.statements[0]?.resource;
}

function timeWords({ start, end }: Entry): string | undefined {
  if (start === undefined) return undefined;
  return end === undefined ? formatDateTime(start) : `${formatDateTime(start)} to ${formatDateTime(end)}`;
}

/** Minutes that two clocks may differ without a reader being told. */
const clocks = 15 * 60_000;

function sameTimes(a: Entry, b: Entry): boolean {
  return sameInstant(a.start, b.start) && sameInstant(a.end, b.end);
}

function sameInstant(a: Entry['start'], b: Entry['start']): boolean {
  if (a === undefined || b === undefined) return true;
  if (a.precision === 'time' && b.precision === 'time') return Math.abs(a.start - b.start) <= clocks;
  if (hasDay(a) && hasDay(b)) return daysBetween(a.start, b.start) === 0;
  return a.start < b.end && b.start < a.end;
}

function placeWords(entry: Entry): string | undefined {
  const home = entry.detail.includes('At home') || /home visit/i.test(entry.title);
  if (home) return 'At home';
  // Places that could not be one were never joined: only home and elsewhere is left to tell apart.
  return items((resourceOf(entry) as Encounter | undefined)?.location).length > 0 ? 'Not at home' : undefined;
}

function reasonWords(entry: Entry): string | undefined {
  return firstConcept((resourceOf(entry) as Encounter | undefined)?.reasonCode);
}

function sameReasons(a: Entry, b: Entry): boolean {
  return agree(signsOf(a).reasons, signsOf(b).reasons, sameReason) !== false;
}

function outcomeWords(entry: Entry): string | undefined {
  const encounter = resourceOf(entry) as Encounter | undefined;
  if (encounter?.resourceType !== 'Encounter') return undefined;
  const by = (name: string) => extension(encounter, `${ukCoreExtension}${name}`)?.valueCodeableConcept;
  if (hasCode(by('DischargeMethod'), '4')) return 'Died';
  return (
    concept(encounter.hospitalization?.dischargeDisposition) ??
    concept(by('EmergencyCareDischargeStatus')) ??
    concept(by('OutcomeOfAttendance'))
  );
}

const outcomes: readonly [string, RegExp][] = [
  ['died', /\bdied|\bdeath|deceased/],
  ['admitted', /admi(?:t|ss)/],
  ['elsewhere', /transfer|another hospital|other (?:hospital|provider)/],
  ['left', /left before|self.?discharge|against (?:medical )?advice|did not wait/],
  ['care home', /care home|nursing home|residential (?:accommodation|care|home)/],
  ['home', /\bhome\b|usual place of residence|own residence/],
];

/** Ends told in other words are one end; what no class knows is itself. */
function outcomeClass(words: string): string {
  const plain = words.toLowerCase();
  return outcomes.find(([, pattern]) => pattern.test(plain))?.[0] ?? plain;
}

/** Whether two tell of other days, and not only of other times: that is said on the row. */
export function daysDiffer(entries: readonly Entry[]): boolean {
  const differ = (a: Entry['start'], b: Entry['start']) =>
    a !== undefined && b !== undefined && hasDay(a) && hasDay(b) && daysBetween(a.start, b.start) !== 0;
  const events = entries.filter(({ kind }) => kind !== 'letter' && kind !== 'results' && kind !== 'booking');
  return events.some((x) => events.some((y) => differ(x.start, y.start) || differ(x.end, y.end)));
}

/** Where one says that it is over, open, missed or cancelled, and another does not. What is not known is no statement. */
function stateWords(entry: Entry): string | undefined {
  if (entry.kind === 'letter' || entry.kind === 'results' || entry.state === 'unknown' || entry.state === 'planned') {
    return undefined;
  }
  if (entry.state === 'open') return entry.lasting ? 'No end recorded' : undefined;
  if (entry.state === 'missed') return 'Not attended';
  if (entry.state === 'cancelled') return 'Cancelled';
  return entry.lasting || entry.kind === 'emergency' ? 'Ended' : 'Took place';
}
