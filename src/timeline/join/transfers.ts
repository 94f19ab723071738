import type { Encounter } from 'fhir/r4';
import { ukCoreExtension } from '../../../fhir/systems.ts';
import { formatDateTime } from '../dates.ts';
import type { Entry } from '../entry.ts';
import { extension, hasCode, text } from '../read.ts';
import { comparePlaces } from './places.ts';
import { signsOf } from './signs.ts';

const hour = 3_600_000;
/** From the door of one hospital to the bed of the other, by two clocks. */
const onTheWay = 12 * hour;

/**
 * One transfer told by two hospitals is two stays: each row says where the other was (T4). Only where one of them states a
 * transfer, and their places differ.
 */
export function sayTransfers(entries: readonly Entry[]): Entry[] {
  const stays = entries
    .filter((entry) => entry.kind === 'stay' && entry.start?.precision === 'time')
    .sort((a, b) => startOf(a) - startOf(b));
  const words = new Map<Entry, string[]>();
  // By when they ended, so that the stays that began about then are passed once.
  const leavers = stays.filter(({ end }) => end?.precision === 'time').sort((a, b) => endOf(a) - endOf(b));
  let first = 0;
  for (const from of leavers) {
    const left = endOf(from);
    while (first < stays.length && startOf(stays[first]) < left - onTheWay) first += 1;
    const next: Entry[] = [];
    for (let place = first; place < stays.length; place += 1) {
      const to = stays[place];
      if (to === undefined || startOf(to) > left + onTheWay) break;
      if (to !== from && isTransfer(from, to)) next.push(to);
    }
    const [to] = next;
    if (to === undefined || next.length > 1) continue;
    add(words, from, `Then in another hospital: ${where(to)}, from ${when(to.start)}`);
    add(words, to, `Came from another hospital: ${where(from)}, until ${when(from.end)}`);
  }
  if (words.size === 0) return [...entries];
  return entries.map((entry) => {
    const own = words.get(entry)?.filter((each) => !entry.detail.includes(each)) ?? [];
    return own.length === 0 ? entry : { ...entry, detail: [...entry.detail, ...own] };
  });
}

function isTransfer(from: Entry, to: Entry): boolean {
  if (!saysLeftFor(from) && !saysCameFrom(to)) return false;
  return comparePlaces(signsOf(from).place, signsOf(to).place) === 'different';
}

function startOf(entry: Entry | undefined): number {
  return entry?.start?.start ?? Infinity;
}

function endOf(entry: Entry): number {
  return entry.end?.start ?? Infinity;
}

function add(words: Map<Entry, string[]>, entry: Entry, said: string): void {
  words.set(entry, [...(words.get(entry) ?? []), said]);
}

function stayOf(entry: Entry): Encounter | undefined {
  const resource = entry.statements[0]?.resource;
  return resource?.resourceType === 'Encounter' ? (resource as Encounter) : undefined;
}

/** Discharge destination 51, 52, 84, 87 of the Data Dictionary: other hospitals; HL7's `other-hcf`. */
function saysLeftFor(entry: Entry): boolean {
  const to = stayOf(entry)?.hospitalization?.dischargeDisposition;
  return hasCode(to, '49', '50', '51', '52', '53', '84', '87', 'other-hcf');
}

/** Admission method 81 is a transfer; sources 51 and 52 are wards of other hospitals; HL7's `hosp-trans`. */
function saysCameFrom(entry: Entry): boolean {
  const hospital = stayOf(entry)?.hospitalization;
  const method = extension(hospital, `${ukCoreExtension}AdmissionMethod`)?.valueCodeableConcept;
  return hasCode(hospital?.admitSource, '51', '52', '53', '87', 'hosp-trans') || hasCode(method, '81', '2B');
}

function where(entry: Entry): string {
  const place = text(stayOf(entry)?.serviceProvider?.display) ?? entry.detail[0];
  return place ?? 'place not recorded';
}

function when(date: Entry['start']): string {
  return date === undefined ? 'Not recorded' : formatDateTime(date);
}
