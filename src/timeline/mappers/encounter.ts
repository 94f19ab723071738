import type { Encounter, EncounterLocation, Location } from 'fhir/r4';
import { ukCoreExtension } from '../../../fhir/systems.ts';
import { type MapContext, nameOf, participantWords, resolveAs } from '../context.ts';
import { formatDate, formatInstant, formatTime, hasDay, nightsBetween } from '../dates.ts';
import type { Entry, Kind, Lane, State, WardMove } from '../entry.ts';
import { laneOf, type SettingSigns } from '../lane.ts';
import { concept, date, extension, firstConcept, hasCode, items, keyOf, text } from '../read.ts';
import { sourceOf, statementOf } from '../source.ts';
import { capital, channelWords, count, inWords, phrases, plainCase, titled } from '../words.ts';
import { diagnosisWords } from './diagnosis.ts';
import { timeCautions } from './times.ts';

/** A visit, stay, call or consultation (timeline.md, What is in it; look.md, Rows). */
export function mapEncounter(encounter: Encounter, context: MapContext): Entry {
  const signs = encounterSigns(encounter, context);
  const { lane } = laneOf(signs);
  const kind = kindOf(lane, signs);
  const start = date(encounter.period?.start);
  const end = date(encounter.period?.end);
  const lasting = kind === 'stay';
  const state = stateOf(encounter, kind, context.now);
  const { title, rest } = titleOf(encounter, kind, lane, context);
  const moves = kind === 'stay' || kind === 'emergency' ? movesOf(encounter, context) : [];
  return {
    key: keyOf(encounter),
    kind,
    lane,
    state,
    title: stateTitle(state, title),
    detail: detailOf(encounter, kind, lane, rest, moves, state, context),
    facts: factsOf(encounter, kind, state, signs.typeWords),
    cautions: [...cautionsOf(encounter, kind, state, context), ...timeCautions(encounter.period)],
    start,
    end,
    lasting: lasting || (kind === 'emergency' && state === 'open'),
    moves,
    children: [],
    statements: [statementOf(encounter)],
  };
}

function encounterSigns(encounter: Encounter, context: MapContext): SettingSigns {
  const places = items(encounter.location);
  const typeWords = [
    ...items(encounter.type).map(concept),
    concept(encounter.serviceType),
    text(encounter.class?.display),
  ].filter((word) => word !== undefined);
  return {
    source: sourceOf(encounter),
    classCode: text(encounter.class?.code)?.toUpperCase(),
    typeWords,
    placeWords: [
      nameOf(encounter.serviceProvider, encounter, context),
      ...places.map((place) => nameOf(place.location, encounter, context)),
    ].filter((word) => word !== undefined),
    placeCodes: places
      .flatMap((place) => items(place.physicalType?.coding))
      .map((coding) => text(coding.code))
      .filter((code) => code !== undefined),
  };
}

const callWords = /telephone|phone|\bcall\b|\btriage\b|\bremote\b/i;

function kindOf(lane: Lane, { source, classCode, typeWords }: SettingSigns): Kind {
  const words = typeWords.join(' | ');
  const stays = ['IMP', 'ACUTE', 'NONAC', 'SS', 'OBSENC'];
  if (classCode !== undefined && stays.includes(classCode)) return 'stay';
  if (lane === 'urgent') {
    const remote = classCode === '111' || classCode === 'VR' || classCode === '999-CAD';
    return remote || callWords.test(words) || /\b111\b/.test(words) ? 'urgent-call' : 'urgent-visit';
  }
  if (classCode === 'EMER') return 'emergency';
  if (lane === 'mental-health') return 'mental-health-contact';
  if (lane === 'gp') {
    // Only a GP's system, or words that name a GP, make a visit a GP's: a check-up elsewhere is a visit.
    if (source !== 'emis' && !/general pract|\bgp\b|primary care|family (?:doctor|medicine)/i.test(words))
      return 'visit';
    return /telephone|phone/i.test(words) ? 'gp-call' : 'gp-consultation';
  }
  if (lane === 'community') return 'community-visit';
  if (lane !== 'hospital') return 'visit';
  if (/out-?patient/i.test(words)) return 'outpatient';
  if (classCode === undefined) {
    if (/emergency (?:department|room|care)|accident and emergency|\ba&e\b/i.test(words)) return 'emergency';
    if (/in-?patient|hospital stay|admission to (?:hospital|ward)|hospital admission/i.test(words)) return 'stay';
  }
  return 'visit';
}

const kindWords: Record<Kind, string> = {
  'gp-consultation': 'GP consultation',
  'gp-call': 'GP phone call',
  emergency: 'Emergency department',
  stay: 'Hospital stay',
  outpatient: 'Outpatient',
  'urgent-call': 'Out-of-hours call',
  'urgent-visit': 'Out-of-hours visit',
  'community-visit': 'Community visit',
  'mental-health-contact': 'Mental health contact',
  visit: 'Visit',
  booking: 'Booked',
  'care-request': 'Request',
  assessment: 'Assessment',
  review: 'Review',
  package: 'Service',
  letter: 'Letter',
  results: 'Results',
  'home-reading': 'Home reading',
};

/** Types that only repeat what the kind already says, and so are no reason. */
const plainType =
  /^(?:gp (?:surgery|consultation|visit|surgery consultation|telephone consultation|phone call)|(?:face[- ]to[- ]face |telephone |video |home |surgery |patient |initial )*(?:consultation|visit|call|contact|appointment|encounter)(?: procedure| inpatient| for (?:problem|symptom|['‘]?check[- ]?up['’]?))?|in-?patient(?: stay| encounter| admission)?|out-?patient(?: visit| clinic| appointment| encounter| attendance)?|emergency(?: department| room)?(?: admission| visit| attendance| encounter)?|hospital (?:admission|stay|inpatient)|follow-?up (?:encounter|visit)|seen in (?:hospital ward|gp surgery|.*clinic)|externally entered|(?:nhs )?111(?: call)?|out[- ]of[- ]hours(?: visit| call| service)?|ambulatory|urgent care clinic|community (?:nurse |nursing )?(?:visit|contact)|district nurs\w*(?: visit)?|accident and emergency(?: attendance)?)$/i;

function titleOf(
  encounter: Encounter,
  kind: Kind,
  lane: Lane,
  context: MapContext,
): { title: string; rest: string | undefined } {
  const type = firstConcept(encounter.type) ?? text(encounter.class?.display);
  const named = concept(encounter.serviceType);
  // Where the kind already names the service, its name would only repeat it.
  const service = kind.startsWith('gp') || kind === 'emergency' || kind.startsWith('urgent') ? undefined : named;
  const words = kindWord(kind, lane, encounter, `${type ?? ''} | ${named ?? ''}`);
  // Mental health rows never say why (look.md).
  if (lane === 'mental-health') return { title: words, rest: undefined };
  const reason = firstConcept(encounter.reasonCode) ?? reasonName(encounter, context);
  const ownType = type !== undefined && !plainType.test(type) ? type : undefined;
  if (kind === 'outpatient') {
    const specialty = service ?? ownType?.replace(/out-?patient(?: clinic| visit)?[:, -]*/i, '');
    if (specialty !== undefined && specialty !== '') {
      return {
        title: titled(words, plainCase(specialty)),
        rest: reason === undefined ? undefined : `Reason: ${inWords(reason)}`,
      };
    }
  }
  if (reason === undefined) return { title: titled(words, ownType), rest: service };
  const further = ownType !== undefined && ownType.toLowerCase() !== reason.toLowerCase() ? ownType : undefined;
  return { title: titled(words, reason), rest: further ?? (kind === 'visit' ? type : service) };
}

function kindWord(kind: Kind, lane: Lane, encounter: Encounter, words: string): string {
  const code = text(encounter.class?.code)?.toUpperCase();
  if (kind === 'stay' && lane === 'mental-health') return 'Mental health hospital stay';
  if (kind === 'gp-consultation' && (code === 'HH' || /home visit/i.test(words))) return 'GP home visit';
  if (kind === 'urgent-call' && (code === '111' || /\b111\b/.test(words))) return '111 call';
  if (code === '999-CAD' || code === '999-EPR' || (kind.startsWith('urgent') && /ambulance|\b999\b/i.test(words))) {
    return code === '999-CAD' ? 'Ambulance call' : 'Ambulance';
  }
  if (kind === 'urgent-visit' && /urgent (?:care|treatment)|walk[- ]in/i.test(words)) return 'Urgent care visit';
  if (kind === 'community-visit' && /nurs/i.test(words)) return 'Community nurse visit';
  if (code === 'PTS') return 'Patient transport';
  return kindWords[kind];
}

/** A reason given as a reference: its words, unless it was ruled out, entered in error, or is a relative's (misreading 7). */
function reasonName(encounter: Encounter, context: MapContext): string | undefined {
  for (const reference of items(encounter.reasonReference)) {
    if (/FamilyMemberHistory\//.test(text(reference.reference) ?? '')) continue;
    const words = diagnosisWords(reference, encounter, context);
    if (words !== undefined) return words.name;
  }
  return undefined;
}

function stateTitle(state: State, title: string): string {
  if (state === 'cancelled') return `Cancelled: ${lowerStart(title)}`;
  if (state === 'planned') return `Planned: ${lowerStart(title)}`;
  return title;
}

function lowerStart(title: string): string {
  return /^(?:GP|111)\b/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/** An encounter without an end is open only where somebody can still be there, or it began within the last day. */
function stateOf(encounter: Encounter, kind: Kind, now: number): State {
  const status = text(encounter.status);
  const start = date(encounter.period?.start);
  const end = date(encounter.period?.end);
  if (status === 'cancelled') return 'cancelled';
  if (status === 'planned') return start === undefined || start.end > now ? 'planned' : 'unknown';
  if (status === 'finished' || end !== undefined) return 'closed';
  if (kind === 'stay' || kind === 'emergency') return 'open';
  const saysOpen = ['arrived', 'triaged', 'in-progress', 'onleave'].includes(status ?? '');
  return saysOpen && start !== undefined && now - start.start < 86_400_000 ? 'open' : 'closed';
}

function detailOf(
  encounter: Encounter,
  kind: Kind,
  lane: Lane,
  rest: string | undefined,
  moves: readonly WardMove[],
  state: State,
  context: MapContext,
): string[] {
  const provider = nameOf(encounter.serviceProvider, encounter, context);
  const place = kind === 'stay' ? moves.at(-1)?.place : placeOf(encounter, context);
  const seenBy = items(encounter.participant).map((who) =>
    participantWords(who.individual, roleWords(firstConcept(who.type)), encounter, context),
  );
  const permitted = lane === 'mental-health';
  const diagnoses = permitted ? [] : diagnosesOf(encounter, context);
  return phrases(
    provider,
    place,
    rest,
    kind === 'stay' ? undefined : seenBy.find(Boolean),
    ...diagnoses,
    kind === 'stay' && state === 'closed' ? dischargeWords(encounter) : undefined,
    permitted ? undefined : outcomeWords(encounter),
  );
}

/** FHIR's technical participation types (`primary performer`) are no roles anybody would read. */
function roleWords(role: string | undefined): string | undefined {
  return role !== undefined && /performer|participation|attender|consultant$|referrer|admitter|discharger/i.test(role)
    ? undefined
    : role;
}

function diagnosesOf(encounter: Encounter, context: MapContext): string[] {
  const words: string[] = [];
  for (const diagnosis of items(encounter.diagnosis)) {
    // Billing and comorbidity lines say nothing of why somebody was there.
    if (hasCode(diagnosis.use, 'billing', 'CM')) continue;
    const found = diagnosisWords(diagnosis.condition, encounter, context);
    if (found !== undefined) words.push(`${found.label}: ${found.name}`);
  }
  return words.slice(0, 2);
}

function dischargeWords(encounter: Encounter): string | undefined {
  const method = extension(encounter, `${ukCoreExtension}DischargeMethod`)?.valueCodeableConcept;
  if (hasCode(method, '4')) return 'Died in hospital';
  const where = concept(encounter.hospitalization?.dischargeDisposition);
  if (where === undefined) return undefined;
  if (hasCode(encounter.hospitalization?.dischargeDisposition, '19', 'home', '306689006')) return 'Discharged home';
  if (hasCode(encounter.hospitalization?.dischargeDisposition, '98')) return undefined;
  return `Discharged to: ${where.replace(/^(?:discharged?|discharge) to /i, '')}`;
}

function outcomeWords(encounter: Encounter): string | undefined {
  const outcome = extension(encounter, `${ukCoreExtension}OutcomeOfAttendance`)?.valueCodeableConcept;
  const emergency = extension(encounter, `${ukCoreExtension}EmergencyCareDischargeStatus`)?.valueCodeableConcept;
  if (hasCode(outcome, '1')) return 'Discharged from the clinic';
  return concept(outcome) ?? concept(emergency);
}

function factsOf(encounter: Encounter, kind: Kind, state: State, typeWords: readonly string[]): string[] {
  const start = date(encounter.period?.start);
  const end = date(encounter.period?.end);
  const facts: (string | undefined)[] = [];
  if (kind === 'stay') {
    const nights = start !== undefined && end !== undefined ? nightsBetween(start, end) : undefined;
    facts.push(
      state === 'closed' && nights !== undefined ? count(nights, 'night') : undefined,
      admissionWords(encounter),
    );
  } else if (kind === 'emergency') {
    if (end !== undefined && state === 'closed') facts.push(leftWords(start, end));
    facts.push(concept(encounter.hospitalization?.dischargeDisposition));
  } else if (kind === 'urgent-call') {
    const called = start === undefined ? undefined : formatTime(start);
    facts.push(called === undefined ? undefined : `called ${called}`);
  } else if (kind === 'urgent-visit') {
    const arrived = start === undefined ? undefined : formatTime(start);
    facts.push(arrived === undefined ? undefined : `arrived ${arrived}`);
    if (end !== undefined) facts.push(leftWords(start, end));
  } else if (kind === 'gp-call') {
    const minutes = minutesOf(encounter);
    facts.push(minutes === undefined ? undefined : count(minutes, 'minute'));
  } else {
    facts.push(howWords(encounter, typeWords));
  }
  if (kind === 'stay' && state === 'open' && text(encounter.status) === 'onleave') facts.push('on leave');
  return phrases(...facts).slice(0, 3);
}

function leftWords(start: Entry['start'], end: NonNullable<Entry['end']>): string | undefined {
  const time = formatTime(end);
  if (time === undefined || (start !== undefined && end.start < start.start)) return undefined;
  const sameDay = start !== undefined && hasDay(start) && formatDate(start) === formatDate(end);
  return sameDay ? `left ${time}` : `left ${formatDate(end)} ${time}`;
}

/** A source's own length, else the time between start and end when both state a time. */
function minutesOf(encounter: Encounter): number | undefined {
  const length = encounter.length;
  const code = text(length?.code) ?? text(length?.unit);
  if (typeof length?.value === 'number' && (code === 'min' || code === 'minutes')) return Math.round(length.value);
  const start = date(encounter.period?.start);
  const end = date(encounter.period?.end);
  if (start?.precision !== 'time' || end?.precision !== 'time' || end.start <= start.start) return undefined;
  return Math.round((end.start - start.start) / 60_000);
}

function admissionWords(encounter: Encounter): string | undefined {
  const method =
    extension(encounter.hospitalization, `${ukCoreExtension}AdmissionMethod`) ??
    extension(encounter, `${ukCoreExtension}AdmissionMethod`);
  const code = text(items(method?.valueCodeableConcept?.coding)[0]?.code);
  if (code === undefined) return undefined;
  if (/^1[123]$/.test(code)) return 'planned';
  if (/^2[1-8ABCD]$/.test(code)) return 'emergency';
  if (/^3[12]$/.test(code)) return 'maternity';
  if (/^8[23]$/.test(code)) return 'birth';
  return code === '81' ? 'transfer' : undefined;
}

function howWords(encounter: Encounter, typeWords: readonly string[]): string | undefined {
  const channel = concept(extension(encounter, `${ukCoreExtension}DeliveryChannel`)?.valueCodeableConcept);
  if (channel !== undefined) return channelWords(channel);
  const words = typeWords.join(' | ');
  if (/video/i.test(words)) return 'video';
  if (/telephone|phone/i.test(words)) return 'phone';
  const code = text(encounter.class?.code)?.toUpperCase();
  if (code === 'HH' || items(encounter.location).some((place) => hasCode(place.physicalType, 'A01'))) return 'at home';
  if (/face[- ]to[- ]face|in[- ]person/i.test(words)) return 'in person';
  return code === 'VR' ? 'phone or video' : undefined;
}

function cautionsOf(encounter: Encounter, kind: Kind, state: State, context: MapContext): string[] {
  const cautions: string[] = [];
  if (state === 'unknown') cautions.push('Not known if attended');
  if (state === 'open' && kind === 'stay')
    cautions.push(`No discharge recorded, as at ${asAtWords(encounter, context)}`);
  if (state === 'open' && kind === 'emergency') {
    cautions.push(`No departure recorded, as at ${asAtWords(encounter, context)}`);
  }
  if (state === 'closed' && date(encounter.period?.end) === undefined && kind === 'stay') {
    cautions.push('Discharge date not recorded');
  }
  const status = text(encounter.status);
  if (state === 'closed' && ['arrived', 'triaged', 'in-progress', 'onleave'].includes(status ?? '')) {
    cautions.push(date(encounter.period?.end) === undefined ? 'End not recorded' : 'Not marked as finished');
  }
  return cautions;
}

/** How old the words of this source are: its own data age where known, else the moment it was read (misreading 4). */
function asAtWords(encounter: Encounter, context: MapContext): string {
  const source = sourceOf(encounter);
  const known = source === undefined ? undefined : context.asAt?.get(source);
  return formatInstant(known ?? context.now);
}

/** Wards with their times, in the order they were lived in. Planned places are no moves. */
function movesOf(encounter: Encounter, context: MapContext): WardMove[] {
  const moves: WardMove[] = [];
  for (const stop of items(encounter.location)) {
    const place = placeName(stop, encounter, context);
    const status = text(stop.status);
    if (place === undefined || status === 'planned' || status === 'reserved') continue;
    moves.push({ place: inWords(capital(place)), start: date(stop.period?.start), end: date(stop.period?.end) });
  }
  return moves.sort((a, b) => (a.start?.start ?? -Infinity) - (b.start?.start ?? -Infinity) || 0);
}

function placeName(stop: EncounterLocation, encounter: Encounter, context: MapContext): string | undefined {
  const location = resolveAs<Location>('Location', stop.location, encounter, context);
  // A person's own address is never a place name in a row (look.md: never the address).
  const home = hasCode(stop.physicalType, 'A01') || hasCode(location?.physicalType, 'A01', 'ho');
  return home ? 'At home' : nameOf(stop.location, encounter, context);
}

function placeOf(encounter: Encounter, context: MapContext): string | undefined {
  for (const stop of items(encounter.location)) {
    const place = placeName(stop, encounter, context);
    if (place !== undefined) return place;
  }
  return undefined;
}
