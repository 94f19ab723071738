import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnusableMessage } from '../format.ts';
import { adtMessage, onCoyle } from './adt/testing.ts';
import { systemC } from '../system-c/dialect.ts';
import { hl7V2 } from './format.ts';
import { readText } from './message.ts';
import { personPieces } from './person/pieces.ts';
import { inboxMessage, tellMessages } from './testing.ts';

const whittington = { source: 'system-c', organisation: 'RKE' } as const;
const admission = adtMessage('A01', {
  at: '202611021410',
  pv1: onCoyle,
  more: ['NK1|1|OKAFOR^JOSEPH', 'AL1|1|DA|LATEX', 'DG1|1||S72.0^^I10', 'PR1|1||W46.1'],
});

describe('HL7 v2 as a feed', () => {
  it('knows whom a message is about before it is worked on, and never fails to say so', () => {
    expect(hl7V2.subjectOf(Buffer.from(admission))).toBe('44120');
    expect(hl7V2.subjectOf(Buffer.from('nothing'))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array(), (bytes) => hl7V2.subjectOf(bytes) === undefined));
  });

  it.each([
    ['a kind of message nobody reads', admission.replace('ADT^A01', 'BAR^P01'), 'BAR is not a kind'],
    ['a name where the event belongs', admission.replace('ADT^A01', 'ADT^OKAFOR'), 'ADT OKA is not a message'],
    ['another hospital’s message', admission.replace('|PAS|RKE|', '|PAS|RRV|'), 'It is from RRV'],
    ['a message about nobody', admission.replace(/PID[^\r]*\r/, ''), 'there is no PID segment'],
    ['a message about two people', `${admission}\rPID|2||55000^^^RKE^MR`, 'more than one person'],
    [
      'a person without a number',
      admission.replace(/PID\|[^\r]*\r/, 'PID|1||||OKAFOR^GRACE\r'),
      'PID-3 gives no number',
    ],
  ])('refuses %s, and says why without naming the person', (_what, text, reason) => {
    const sort = () => hl7V2.sort(inboxMessage(text, 1, whittington));
    expect(sort).toThrow(reason);
    expect(sort).toThrow(UnusableMessage);
    expect(sort).not.toThrow(/OKAFOR|9990000018/);
  });

  it('says so where a message is for training', () => {
    const doubts = (text: string) => hl7V2.sort(inboxMessage(text, 1, whittington)).doubts;
    expect(doubts(admission)).toEqual([]);
    expect(doubts(admission.replace('|P|2.4', '|T|2.4'))).toEqual([
      'Its sender marks it as a message for training or testing (MSH-11)',
    ]);
  });

  it('a laboratory’s copy of a name or address never stands against the patient system’s own word', async () => {
    const pid = { 5: 'OKAFUR^GRACE', 13: '02079460009' };
    const copy = adtMessage('A08', { at: '202611030900', pid }).replace('ADT^A08', 'ORU^R01');
    const about = { subject: '44120', at: undefined, organisation: 'RKE', dialect: systemC };
    const pieces = [readText(admission), readText(copy)].flatMap((message) => personPieces(message, about));
    const kept = pieces.map(({ name, content }, seq) => ({ name, content, seq, at: '2026-11-03T09:00:00.000Z' }));
    const scope = { ...whittington, subject: '44120', scope: 'person' };
    const { resources } = await hl7V2.tell(scope, kept, () => Promise.resolve(new Map()));
    expect(resources[0]).toMatchObject({ name: [{ family: 'OKAFOR' }], telecom: [{ value: '02079460009' }] });
  });

  it('whatever is cut off or changed on the way: told or refused with a reason, never a crash', async () => {
    const spoilt = fc.oneof(
      fc.nat(admission.length).map((length) => admission.slice(0, length)),
      fc
        .tuple(fc.nat(admission.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 12 }))
        .map(([at, length, noise]) => admission.slice(0, at) + noise + admission.slice(at + length)),
      fc
        .tuple(fc.nat(admission.length), fc.constantFrom('|', '^', '~', '&', '\\', '\r', '""', '\u0000'))
        .map(([at, noise]) => admission.slice(0, at) + noise + admission.slice(at)),
    );
    await fc.assert(
      fc.asyncProperty(spoilt, async (text) => {
        expect(await outcomeOf(text)).toMatch(/^(?:told|refused: .{10,})$/);
      }),
      { numRuns: 200 },
    );
  });
});

async function outcomeOf(text: string): Promise<string> {
  try {
    await tellMessages([text]);
    return 'told';
  } catch (error) {
    if (error instanceof UnusableMessage) return `refused: ${error.message}`;
    throw error;
  }
}
