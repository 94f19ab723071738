import type { Appointment, Coding, DocumentReference, FhirResource } from 'fhir/r4';
import type { SourceId } from '../../fhir/sources.ts';
import { provenanceTagSystem, sourceTagSystem } from '../../fhir/systems.ts';
import { dateTime, day, minute } from '../borough/clock.ts';
import type { Booking, Happening, Letter } from '../borough/happenings.ts';
import { makeBorough } from '../borough/make.ts';
import { organisationOf } from '../borough/places.ts';
import { makeRandom, type Random } from '../borough/random.ts';
import type { Borough, Life } from '../borough/truth.ts';
import { writeAdastra } from '../writers/adastra.ts';
import { enteredFromLetter, isReported } from '../writers/emis/entered.ts';
import { writeEmis } from '../writers/emis/emis.ts';
import { writeHospital } from '../writers/hospital/hospital.ts';
import { penFor } from '../writers/pen.ts';
import { addNearMisses } from './near-misses.ts';
import { notedOn, typedAfter, typedIn } from './noise.ts';
import type { TruthRecord } from './truth.ts';

/** Shares of what is lost on its way: a hospital's message, the link from a visit to its booking or from a visit to its call. */
const lost = { message: 0.01, link: 0.01 } as const;
/** Of other services' events, how many the practice also enters; of clinic bookings, how many it made and holds. */
const share = { entered: 0.45, withLetter: 0.99, bookedByPractice: 0.3, moved: 0.015, bookedNowhere: 0.03 } as const;

/**
 * The borough told twice, with the faults of real records, and the truth beside it (T4): who told what of which event. The same
 * for the same size, seed and instant. Demonstration people are left out: their stories are not for measuring.
 */
export function* makeTruthSet(size: { people: number; seed: number; now: Date }): Generator<TruthRecord> {
  const borough = makeBorough({ ...size, people: size.people + 13 });
  const random = makeRandom(size.seed ^ 0x7a11);
  for (const life of borough.lives.slice(13)) yield tell(life, borough, random.fork(life.person.key));
}

function tell(life: Life, borough: Borough, random: Random): TruthRecord {
  const limit = Math.min(borough.now, life.person.death?.at ?? Infinity) - 2 * day;
  addNearMisses(life, random, limit);
  for (const event of life.happenings) if (event.kind === 'letter') retype(event, life, random);
  const events = new Map<string, Happening>(life.happenings.map((event) => [event.id, event]));
  const noise = new Map<string, string[]>();
  const resources: FhirResource[] = [];
  const written = [
    writeEmis(life, borough),
    writeHospital('RKE', life, borough),
    writeHospital('RRV', life, borough),
    writeAdastra(life, borough),
  ];
  for (const record of written) {
    for (const resource of record?.resources ?? []) {
      if (record === undefined || !isOfTimeline(resource)) continue;
      if (isLost(resource, record.source, random)) continue;
      if (record.source === 'emis' && resource.resourceType === 'DocumentReference') {
        filed(resource, events.get((resource.id ?? '').replace(/-filed$/, '')), events, random, noise);
      } else if (random.chance(lost.link)) loseLink(resource, noise);
      resources.push(tagged(resource, record.source, record.organisation));
    }
  }
  resources.push(...toldByPractice(life, borough, random, noise, resources));
  return { person: life.person.key, resources, labels: labelsOf(life, resources), noise };
}

function isOfTimeline({ resourceType }: FhirResource): boolean {
  return ['Encounter', 'Appointment', 'DocumentReference'].includes(resourceType);
}

/** A letter typed late is dated late; the practice enters events itself below, not through its letters. */
function retype(letter: Letter, life: Life, random: Random): void {
  const about = life.happenings.find(({ id }) => id === letter.about);
  if (about === undefined) return;
  const { after } = typedAfter(about.kind, random);
  letter.start = (about.end ?? about.start) + after + 10 * minute;
  letter.filed = { at: letter.start + day };
}

/**
 * What a practice's clerk notes beside a letter, as document systems ask: the day of the event, its time where the letter was sent
 * by a machine, and the visit's or case's number where it stands on it.
 */
function filed(
  letter: DocumentReference,
  event: Happening | undefined,
  events: ReadonlyMap<string, Happening>,
  random: Random,
  noise: Map<string, string[]>,
): void {
  const about = event?.kind === 'letter' && event.about !== undefined ? events.get(event.about) : undefined;
  if (about === undefined || letter.context?.encounter !== undefined) return;
  const { period, related, words } = notedOn(about, random);
  if (period !== undefined || related !== undefined) letter.context = { period, related };
  if (words.length > 0) noise.set(`DocumentReference/${letter.id ?? ''}`, words);
}

function isLost(resource: FhirResource, source: SourceId, random: Random): boolean {
  if (source === 'emis' || resource.resourceType !== 'Encounter') return false;
  return random.chance(lost.message);
}

function loseLink(resource: FhirResource, noise: Map<string, string[]>): void {
  if (resource.resourceType !== 'Encounter') return;
  if (resource.appointment === undefined && resource.partOf === undefined) return;
  delete resource.appointment;
  delete resource.partOf;
  noise.set(`Encounter/${resource.id ?? ''}`, ['link lost']);
}

/** What the practice enters of other services' events, and what the national booking service holds of its clinics. */
function toldByPractice(
  life: Life,
  borough: Borough,
  random: Random,
  noise: Map<string, string[]>,
  told: readonly FhirResource[],
): FhirResource[] {
  const pen = penFor('emis', life.person.practice, life, borough);
  const letters = new Map(
    life.happenings.flatMap((event) => (event.kind === 'letter' ? [[event.about, event.id]] : [])),
  );
  const bookings: FhirResource[] = [];
  for (const event of life.happenings) {
    if (event.labels !== undefined || event.start > pen.asAt - day) continue;
    // One report comes of a case: where a visit followed the call, it is the visit's.
    if (event.kind === 'urgent-call' && event.visit !== undefined) continue;
    if (isReported(event) && random.chance(share.entered)) {
      const typed = typedIn(event, random);
      const entry = enteredFromLetter(pen, event, typed.entry);
      noise.set(`Encounter/${entry.id ?? ''}`, typed.noise);
      pen.add(entry);
      const letter = told.find(({ id }) => id === `${letters.get(event.id) ?? ''}-filed`);
      // What is entered from a letter has the letter with it, but for the clerk who forgets.
      if (letter?.resourceType === 'DocumentReference' && random.chance(share.withLetter)) {
        letter.context = { ...letter.context, encounter: [{ reference: `Encounter/${entry.id ?? ''}` }] };
      }
    } else if (event.kind === 'booking' && event.organisation.length === 3 && random.chance(share.bookedByPractice)) {
      const { appointment, words } = bookedByPractice(event, life, random);
      if (words.length > 0) noise.set(`Appointment/${appointment.id ?? ''}`, words);
      bookings.push(tagged(appointment, 'e-RS', undefined));
    }
  }
  return [...pen.resources.map((resource) => tagged(resource, 'emis', life.person.practice)), ...bookings];
}

/** A hospital clinic booked through the national referral service: the slot as it was booked, in that service's words. */
function bookedByPractice(booking: Booking, life: Life, random: Random) {
  const words: string[] = [];
  let { start } = booking;
  if (random.chance(share.moved)) {
    start += random.pick([-7 * day, 7 * day, 90 * minute, 30 * minute]);
    words.push('moved since');
  }
  const named = !random.chance(share.bookedNowhere);
  if (!named) words.push('no place');
  const status = booking.status === 'cancelled' ? 'cancelled' : 'booked';
  const appointment: Appointment = {
    resourceType: 'Appointment',
    id: `${booking.id}-referral`,
    status,
    serviceType: [{ text: booking.service }],
    description: booking.service,
    start: dateTime(start),
    participant: [
      { actor: { reference: `Patient/${life.person.key}` }, status: 'accepted' },
      ...(named
        ? [
            {
              actor: { type: 'Organization', display: organisationOf(booking.organisation).name },
              status: 'accepted' as const,
            },
          ]
        : []),
    ],
  };
  return { appointment, words };
}

function tagged<T extends FhirResource>(resource: T, source: SourceId | 'e-RS', organisation: string | undefined): T {
  const tag: Coding[] = [{ system: sourceTagSystem, code: source }];
  if (organisation !== undefined) tag.push({ system: provenanceTagSystem, code: organisation });
  return { ...resource, meta: { ...resource.meta, tag } };
}

/** The event each resource tells of: a letter of what it is about, a kept booking of the visit, anything else of itself. */
function labelsOf(life: Life, resources: readonly FhirResource[]): Map<string, string> {
  const events = new Map<string, Happening>(life.happenings.map((event) => [event.id, event]));
  const labels = new Map<string, string>();
  for (const { resourceType, id = '' } of resources) {
    const event = events.get(id.replace(/-(?:filed|entered|referral)$/, ''));
    if (event === undefined) continue;
    labels.set(`${resourceType}/${id}`, happeningOf(event));
  }
  return labels;
}

function happeningOf(event: Happening): string {
  if (event.kind === 'letter') return event.about ?? event.id;
  return event.kind === 'booking' ? (event.attendance ?? event.id) : event.id;
}
