import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnusableMessage } from '../format.ts';
import { readMessage, readText } from './message.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array => Buffer.from(text, encoding);
const header = (set = ''): string => `MSH|^~\\&|PAS|RKE|HUB|NCL|202611021430||ADT^A01^ADT_A01|77|P|2.4||||||${set}`;

describe('reading an HL7 v2 message', () => {
  it('finds fields, components, repetitions and subcomponents where the standard counts them', () => {
    const message = readMessage(
      bytes(`${header()}\rPID|1||9990000018^^^NHS~44120^^^RKE&Whittington^MR||OKAFOR^GRACE^ADA`),
    );
    expect([message.code, message.event, message.controlId, message.sentAt]).toEqual([
      'ADT',
      'A01',
      '77',
      '202611021430',
    ]);
    const pid = message.first('PID');
    expect(pid?.values(3).map((value) => [value.at(1), value.at(4, 1), value.at(5)])).toEqual([
      ['9990000018', 'NHS', ''],
      ['44120', 'RKE', 'MR'],
    ]);
    expect([pid?.at(5), pid?.at(5, 2), pid?.at(5, 3), pid?.at(99)]).toEqual(['OKAFOR', 'GRACE', 'ADA', '']);
    expect(message.doubts).toEqual([]);
  });

  it('tells an empty field, which says nothing, from a null one, which says that there is nothing', () => {
    const pid = readMessage(bytes(`${header()}\rPID|1||44^^^RKE^MR||||""`)).first('PID');
    expect([pid?.states(6), pid?.isNull(6), pid?.states(7), pid?.isNull(7), pid?.at(7)]).toEqual([
      false,
      false,
      true,
      true,
      '',
    ]);
  });

  it.each([
    ['what divides a message', String.raw`A \T\ E, 5\S\3, a\R\b, c\F\d, e\E\f`, 'A & E, 5^3, a~b, c|d, e\\f'],
    ['a line break', String.raw`Fell\.br\at home`, 'Fell\nat home'],
    ['a byte in hexadecimal', String.raw`Temp 37\XC2B0\C`, 'Temp 37°C'],
    ['highlighting', String.raw`\H\Allergic\N\ to latex`, 'Allergic to latex'],
    ['what nobody knows', String.raw`C:\temp and \Q\ stay`, String.raw`C:\temp and \Q\ stay`],
  ])('reads escapes: %s', (_what, written, meant) => {
    expect(
      readMessage(bytes(`${header()}\rNTE|1||${written}`))
        .first('NTE')
        ?.text(3),
    ).toBe(meant);
  });

  it.each([
    ['UTF-8 without saying so', header(), 'utf8' as const, 0],
    ['UTF-8 where MSH-18 says so', header('UNICODE UTF-8'), 'utf8' as const, 0],
    ['Latin-1 where MSH-18 says so', header('8859/1'), 'latin1' as const, 0],
    ['Latin-1 without saying so', header(), 'latin1' as const, 1],
    ['Latin-1 that MSH-18 calls ASCII', header('ASCII'), 'latin1' as const, 1],
    ['UTF-8 that MSH-18 calls Latin-1', header('8859/1'), 'utf8' as const, 1],
    ['UTF-16 by its mark', `\uFEFF${header('UNICODE')}`, 'utf16le' as const, 0],
  ])('reads a name with an accent in %s', (_what, head, encoding, doubts) => {
    const message = readMessage(bytes(`${head}\rPID|1||44^^^RKE^MR||MÜLLER^ZOË`, encoding));
    expect([message.first('PID')?.at(5), message.first('PID')?.at(5, 2)]).toEqual(['MÜLLER', 'ZOË']);
    expect(message.doubts).toHaveLength(doubts);
  });

  it('keeps the lines of a comment whose writer broke it, and says so', () => {
    const message = readMessage(bytes(`${header()}\nNTE|1||Lives alone.\nDaughter visits.\n\nKey with neighbour.\n`));
    expect(message.first('NTE')?.text(3)).toBe('Lives alone.\nDaughter visits.\n\nKey with neighbour.');
    expect(message.doubts).toEqual(['A line begins no segment: read as the rest of the line before']);
  });

  it('reads the same with the frame of MLLP around it, and by other separators', () => {
    expect(
      readMessage(bytes(`\u000B${header()}\rPID|1||44\r\u001C\r`))
        .first('PID')
        ?.at(3),
    ).toBe('44');
    const other = readMessage(bytes('MSH#*@!%#PAS#RKE####ADT*A01#7#P#2.3\rPID#1##44***RKE*MR@9990000018***NHS'));
    expect(
      other
        .first('PID')
        ?.values(3)
        .map((value) => value.at(1)),
    ).toEqual(['44', '9990000018']);
  });

  it('keeps parts of a message in its own words', () => {
    const message = readMessage(bytes(`${header()}\rPID|1|x|44^^^RKE^MR||A\\T\\E^^|d`));
    const again = readText(message.excerpt([message.first('PID')?.only([3, 5]) ?? '']));
    expect([again.first('PID')?.at(2), again.first('PID')?.at(3), again.first('PID')?.at(5)]).toEqual([
      '',
      '44',
      'A&E',
    ]);
  });

  it.each([
    ['nothing', '', 'MSH segment'],
    ['no header', 'PID|1||44', 'MSH segment'],
    ['a header cut short', 'MSH|', 'how the message is divided'],
    ['separators that are letters', 'MSHA^~\\&APAS', 'how the message is divided'],
    ['one separator for two purposes', 'MSH|^^\\&|PAS', 'how the message is divided'],
    ['two messages in one frame', `${header()}\rPID|1||44\r${header()}\rPID|1||45`, 'more than one message'],
  ])('refuses %s, and says why', (_what, text, reason) => {
    expect(() => readMessage(bytes(text))).toThrow(reason);
    expect(() => readMessage(bytes(text))).toThrow(UnusableMessage);
  });

  it('never fails otherwise, whatever the bytes', () => {
    const start = fc.constantFrom('', 'MSH', 'MSH|', header(), `${header()}\rPID|1||44^^^RKE^MR\r`, '\uFEFFMSH|^~\\&');
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), fc.nat(200), (text, noise, cut) => {
        const whole = Buffer.concat([Buffer.from(text), noise]);
        for (const part of [whole, whole.subarray(0, cut)]) {
          expect(outcomeOf(part)).toMatch(/^(?:read|refused)$/);
        }
      }),
    );
  });
});

/** Whether it was read to the last component or refused as unusable; any other error goes on up. */
function outcomeOf(part: Uint8Array): string {
  try {
    for (const segment of readMessage(part).segments) segment.values(3).forEach((value) => value.at(1, 2));
    return 'read';
  } catch (error) {
    if (error instanceof UnusableMessage) return 'refused';
    throw error;
  }
}
