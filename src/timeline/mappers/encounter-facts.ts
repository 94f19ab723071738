import type { Encounter } from 'fhir/r4';
import { ukCoreExtension } from '../../../fhir/systems.ts';
import { formatDate, formatTime, hasDay, nightsBetween } from '../dates.ts';
import type { Entry, Kind, State } from '../entry.ts';
import { concept, date, extension, hasCode, items, text } from '../read.ts';
import { channelWords, count, phrases } from '../words.ts';

/** Up to three short facts, each only where the source states it (look.md, Rows); when it began is the date's to say. */
export function factsOf(encounter: Encounter, kind: Kind, state: State, typeWords: readonly string[]): string[] {
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
  } else if (kind === 'urgent-visit') {
    if (end !== undefined) facts.push(leftWords(start, end));
  } else if (kind === 'gp-call') {
    const minutes = minutesOf(encounter);
    facts.push(minutes === undefined ? undefined : count(minutes, 'minute'));
  } else if (kind !== 'urgent-call') {
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
  if (/\bonline\b|e-?consult/i.test(words)) return 'online';
  if (/telephone|phone/i.test(words)) return 'phone';
  const code = text(encounter.class?.code)?.toUpperCase();
  if (code === 'HH' || items(encounter.location).some((place) => hasCode(place.physicalType, 'A01'))) return 'at home';
  if (/face[- ]to[- ]face|in[- ]person/i.test(words)) return 'in person';
  return code === 'VR' ? 'phone or video' : undefined;
}
