import type { Encounter, Patient } from 'fhir/r4';
import { UnusableMessage, type Format } from '../../hub/feeds/format.ts';

// A format as plain as can be, in HL7's frame: what is tried with it is the way of a message, not its reading. What a visit
// comes to names every message that was told of it, in the order they came, so that one that is missing, doubled or out of
// order shows in the record itself.

/** One message about one visit of one person. */
export interface VisitMessage {
  id: string;
  person: string;
  visit: string;
  bytes: Buffer;
}

/** @param note makes it as long as messages are: nobody reads it */
export function visitMessage(id: string, person: string, visit: string, note = ''): VisitMessage {
  const segments = [
    `MSH|^~\\&|PAS|RKE|HUB|ISL|20261102093000||ADT^A08|${id}|P|2.4`,
    `PID|1||${person}^^^RKE^MR||Test^Person ${person}`,
    `PV1|1|I|||||||||||||||||${visit}^^^VISITID`,
    ...(note === '' ? [] : [`NTE|1||${note}`]),
  ];
  return { id, person, visit, bytes: Buffer.from(`${segments.join('\r')}\r`) };
}

const person = /\rPID\|[^|]*\|[^|]*\|([^|^\r]+)\^/;
const visit = /\rPV1(?:\|[^|\r]*){18}\|([^|^\r]+)\^/;
const name = /^MSH(?:\|[^|\r]*){8}\|([^|\r]*)/;

export const plainFormat: Format = {
  name: 'hl7-v2',
  subjectOf: (bytes) => person.exec(textOf(bytes))?.[1],
  sort({ bytes }) {
    const text = textOf(bytes);
    const [subject, of, id] = [person, visit, name].map((field) => field.exec(text)?.[1]);
    if (subject === undefined || of === undefined || id === undefined) {
      throw new UnusableMessage('It names no message, no person or no visit.');
    }
    const piece = { subject, at: undefined };
    return {
      pieces: [
        { ...piece, scope: 'person', name: 'person', content: subject },
        { ...piece, scope: `visit ${of}`, name: id, content: id },
      ],
      links: [],
      doubts: [],
    };
  },
  tell({ subject, scope }, pieces) {
    const patient: Patient = { resourceType: 'Patient', id: subject, name: [{ text: `Person ${subject}` }] };
    if (scope === 'person') return Promise.resolve({ resources: [patient], doubts: [] });
    // Pieces that came at one instant are in the order of their places.
    const told = pieces.toSorted((a, b) => a.seq - b.seq);
    const encounter: Encounter = {
      resourceType: 'Encounter',
      id: scope.slice('visit '.length),
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      subject: { reference: `Patient/${subject}` },
      period: { start: '2026-11-02' },
      reasonCode: told.map(({ content }) => ({ text: content })),
    };
    return Promise.resolve({ resources: [encounter], doubts: [] });
  },
};

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
