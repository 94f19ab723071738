import type { CodeList } from './interweave.ts';
import { codeFor, plain } from './words.ts';
import { readDay } from './day.ts';
import type { Row } from './cld-columns.ts';

/** The four events of the return (Client Level Data specification, Event Type). */
export const eventTypes = ['Request', 'Assessment', 'Service', 'Review'] as const;
export type EventType = (typeof eventTypes)[number];

export function eventTypeOf(words: string | undefined): EventType | undefined {
  return eventTypes.find((type) => plain(type) === plain(words ?? ''));
}

/** Whether a line is about somebody as a carer (`Carer`, `Unpaid carer`, `Carer known by association`). */
export function isCarersLine({ clientType = '' }: Row): boolean {
  return plain(clientType).includes('carer');
}

/** How a line of the return is known again: the name of its piece. */
export type StatementName =
  /** Who somebody is, without an event: a carer known by association. */
  | { by: 'person' }
  /** The council's own reference. A service's covers several components; where one file gives it to several lines, what they are about tells them apart. */
  | { by: 'reference'; event: string; reference: string; component: string; among?: { about: string; start: string } }
  /** Without one: what the national processing takes for one event (uk-care D4), and of a service whose it is. */
  | { by: 'key'; event: string; about: string; start: string; end: string; client: string; provider: string };

/** The name of a line. Both releases' words for a thing give the same name. */
export function nameOf(row: Row): StatementName {
  const event = plain(row.eventType ?? '');
  if (event === '') return { by: 'person' };
  if (row.reference !== undefined) {
    return { by: 'reference', event, reference: row.reference, component: event === 'service' ? componentOf(row) : '' };
  }
  return {
    by: 'key',
    event,
    about: aboutOf(row),
    start: dayOf(row.start),
    end: event === 'service' ? '' : dayOf(row.end),
    client: plain(row.clientType ?? '').replace('unpaidcarer', 'carer'),
    provider: event === 'service' ? plain(`${row.providerId ?? row.providerName ?? ''} ${row.mechanism ?? ''}`) : '',
  };
}

/** The same line where its reference names several of its file. */
export function nameAmong(row: Row): StatementName {
  const name = nameOf(row);
  return name.by === 'reference' ? { ...name, among: { about: aboutOf(row), start: dayOf(row.start) } } : name;
}

/** A day as every export writes it; what is none, as it was written. */
function dayOf(written: string | undefined): string {
  return readDay(written) ?? written ?? '';
}

function aboutOf(row: Row): string {
  const type = eventTypeOf(row.eventType);
  if (type === 'Request') return plain(row.route ?? '');
  if (type === 'Assessment') return plain(row.assessmentType ?? '');
  if (type === 'Review') return plain(row.reviewReason ?? '');
  return `${wordOf('SocialCareServiceCategory', row.serviceType)} ${componentOf(row)}`;
}

function componentOf(row: Row): string {
  return wordOf('SocialCareServiceType', row.component);
}

function wordOf(list: CodeList, words: string | undefined): string {
  return words === undefined ? '' : (codeFor(list, words)?.code ?? plain(words));
}
