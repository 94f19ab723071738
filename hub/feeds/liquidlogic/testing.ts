import type { FhirResource } from 'fhir/r4';
import type { Format, InboxMessage, KeptPiece, Told } from '../format.ts';
import { clientLevelData } from './client-level-data.ts';
import { socialCareExtension } from './social-care-extension.ts';

const header = [
  'LA Code',
  'Reporting Period Start Date',
  'Reporting Period End Date',
  'NHS Number',
  'LA Person Unique Identifier',
  'First Name',
  'Last Name',
  'Gender',
  'Date of Birth',
  'Client Type',
  'Primary Support Reason',
  'Postcode',
  'Has Unpaid Carer',
  'Event Type',
  'Event Reference',
  'Event Start Date',
  'Event End Date',
  'Event Description',
  'Event Outcome',
  'Request: Route of Access',
  'Assessment Type',
  'Total Hrs Caring per week',
  'Adult 1 Linked Person_ID',
  'Service Type',
  'Service Component',
  'Delivery Mechanism',
  'Provider CQC Location Name',
  'Review Reason',
] as const;
type Header = (typeof header)[number];
export type Line = Partial<Record<Header, string>>;

/** Ida Quill, who has home care. */
export const ida: Line = {
  'LA Code': '706',
  'Reporting Period Start Date': '2026-07-01',
  'Reporting Period End Date': '2026-09-30',
  'NHS Number': '9990000018',
  'LA Person Unique Identifier': '4711',
  'First Name': 'Ida',
  'Last Name': 'Quill',
  Gender: 'Female',
  'Date of Birth': '1941-05-06',
  'Client Type': 'Service User',
  'Primary Support Reason': 'Physical Support: Personal care support',
  Postcode: 'N1 9ZZ',
};

export const homeCare: Line = {
  ...ida,
  'Event Type': 'Service',
  'Event Reference': 'S-1',
  'Event Start Date': '2026-08-03',
  'Event Outcome': 'Provision of service',
  'Service Type': 'Long Term Support: Community',
  'Service Component': 'Home Support',
  'Provider CQC Location Name': 'Sample Home Care',
};

export const assessment: Line = {
  ...ida,
  'Event Type': 'Assessment',
  'Event Reference': 'A-1',
  'Event Start Date': '2026-07-20',
  'Event End Date': '2026-07-24',
  'Event Outcome': 'Progress to Support Planning / Services',
  'Assessment Type': 'Long term assessment',
};

/** Lines as the file that holds them. */
export function csv(lines: readonly Line[]): string {
  const quote = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return [header, ...lines.map((line) => header.map((name) => line[name] ?? 'NULL'))]
    .map((fields) => fields.map(quote).join(','))
    .join('\r\n');
}

export function messageOf(format: Format, text: string, rest: Partial<InboxMessage> = {}): InboxMessage {
  return {
    seq: 1,
    source: 'liquidlogic',
    organisation: '706',
    format: format.name,
    label: 'cld-706.csv',
    receivedAt: '2026-10-01T04:00:00.000Z',
    bytes: new TextEncoder().encode(text),
    ...rest,
  };
}

/** A file of lines as the hub receives it. */
export function file(lines: readonly Line[], rest: Partial<InboxMessage> = {}): InboxMessage {
  return messageOf(clientLevelData, csv(lines), rest);
}

/** One person's part of the extension, as the hub receives it. */
export function extension(
  person: object,
  rest: Partial<InboxMessage> & { asAt?: string; directory?: object } = {},
): InboxMessage {
  const { asAt = '2026-10-02T04:00:00+01:00', directory = {}, ...message } = rest;
  const body = {
    feed: 'social-care-extension',
    version: 1,
    council: '706',
    asAt,
    ...directory,
    people: [{ personId: '4711', ...person }],
  };
  return messageOf(socialCareExtension, JSON.stringify(body), { seq: 2, label: 'extension.json', ...message });
}

/** A hub's table of pieces, in memory: of one name the latest stays. */
export class Pieces {
  readonly doubts: string[] = [];
  readonly #kept = new Map<string, KeptPiece & { subject: string; scope: string }>();

  /** @throws UnusableMessage */
  take(...messages: readonly InboxMessage[]): this {
    for (const message of messages) {
      const format = message.format === 'client-level-data' ? clientLevelData : socialCareExtension;
      const { pieces, doubts } = format.sort(message);
      this.doubts.push(...doubts);
      for (const { subject, scope, name, at = message.receivedAt, content } of pieces) {
        const key = JSON.stringify([subject, scope, name]);
        const other = this.#kept.get(key);
        const later = other === undefined || at > other.at || (at === other.at && message.seq >= other.seq);
        if (later) this.#kept.set(key, { subject, scope, name, at, seq: message.seq, content });
      }
    }
    return this;
  }

  subjects(): string[] {
    return [...new Set([...this.#kept.values()].map(({ subject }) => subject))]
      .filter((subject) => subject !== '')
      .sort();
  }

  tell(subject: string, scope = 'care'): Promise<Told> {
    const own = [...this.#kept.values()]
      .filter((piece) => piece.subject === subject && piece.scope === scope)
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.seq - b.seq || (a.name < b.name ? -1 : 1)));
    const shared = (wanted: string, names: readonly string[]) =>
      Promise.resolve(
        new Map(
          [...this.#kept.values()]
            .filter((piece) => piece.subject === '' && piece.scope === wanted && names.includes(piece.name))
            .map(({ name, content }) => [name, content]),
        ),
      );
    return clientLevelData.tell({ source: 'liquidlogic', organisation: '706', subject, scope }, own, shared);
  }
}

/** The resources of one type among those told. */
export function ofType<T extends FhirResource['resourceType']>(
  { resources }: Told,
  type: T,
): Extract<FhirResource, { resourceType: T }>[] {
  return resources.filter((each): each is Extract<FhirResource, { resourceType: T }> => each.resourceType === type);
}
