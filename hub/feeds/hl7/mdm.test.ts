import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { UnusableMessage } from '../format.ts';
import { tellMessages } from './testing.ts';

let sent = 0;

/** TXA by field number. */
function txa(fields: Record<number, string>): string {
  const last = Math.max(...Object.keys(fields).map(Number));
  return ['TXA', ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|');
}

/** An MDM of the Whittington about Grace Okafor; `at` is MSH-7. */
function mdm(event: string, at: string, ...lines: string[]): string {
  sent += 1;
  return [
    `MSH|^~\\&|WINDIP|RKE|ROUTE|RKE|${at}||MDM^${event}|DOC${sent}|P|2.4`,
    `EVN||${at}`,
    'PID|1||44120^^^RKE^MR~9990000018^^^NHS^NH||Okafor^Grace||19480312|2',
    `PV1|1|I|RKE^COYLE${'|'.repeat(16)}2139^^^VISITID`,
    ...lines,
  ].join('\r');
}

const letter = {
  1: '1',
  2: 'DS^Discharge summary',
  4: '202611051100',
  6: '202611051600',
  9: 'C3456789^Okello^Ruth^^^Dr^^^GMC',
  12: 'D700',
  17: 'AU',
};
const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const file = (data: string, type = 'application^pdf') =>
  `OBX|1|ED|DS^Discharge summary||^${type}^Base64^${data}||||||F`;
const first = mdm('T02', '20261105160500', txa(letter), file(base64('%PDF-1.4 first')));
const signed = mdm('T02', '20261106090000', txa({ ...letter, 8: '202611060850' }), file(base64('%PDF-1.4 second')));
const cancelled = mdm('T11', '20261106100000', txa({ 1: '1', 2: 'DS', 12: 'D700' }));

async function told(...messages: string[]) {
  const { resources, doubts } = await tellMessages(messages);
  for (const resource of resources) {
    expect(checkStructure(JSON.parse(JSON.stringify(resource))).problems).toEqual([]);
  }
  return {
    letters: resources.filter((each) => each.resourceType === 'DocumentReference'),
    files: resources.filter((each) => each.resourceType === 'Binary'),
    doubts,
  };
}

const words = ({ data = '' }: { data?: string } = {}) => Buffer.from(data, 'base64').toString('latin1');

describe('a letter told by MDM messages', () => {
  it('says what it is, who wrote it, when, and of which visit', async () => {
    const { letters, files } = await told(first);
    expect(letters).toMatchObject([
      {
        id: '44120-document-D700',
        masterIdentifier: { value: 'RKE-D700' },
        status: 'current',
        docStatus: 'final',
        type: { coding: [{ code: 'DS' }], text: 'Discharge summary' },
        date: '2026-11-05T16:00:00+00:00',
        author: [{ display: 'Dr Ruth Okello' }],
        custodian: { display: 'Whittington Health NHS Trust' },
        content: [{ attachment: { contentType: 'application/pdf', creation: '2026-11-05T16:00:00+00:00' } }],
        context: {
          encounter: [{ reference: 'Encounter/44120-visit-2139' }],
          period: { start: '2026-11-05T11:00:00+00:00' },
          related: [{ identifier: { value: 'RKE-2139' } }],
        },
      },
    ]);
    expect(letters[0]?.content[0]?.attachment.url).toBe(`Binary/${files[0]?.id}`);
    expect(words(files[0])).toBe('%PDF-1.4 first');
  });

  it('sent again replaces itself, and is dated by its last edit', async () => {
    const { letters, files } = await told(signed, first);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.date).toBe('2026-11-06T08:50:00+00:00');
    expect(files.map(words)).toEqual(['%PDF-1.4 second']);
  });

  it('that was cancelled is told as an error, whichever came first', async () => {
    const { letters } = await told(cancelled, first);
    expect(letters).toMatchObject([{ status: 'entered-in-error', docStatus: 'entered-in-error' }]);
  });

  it('that another one replaces is superseded, and stands again when that one is cancelled', async () => {
    const newer = mdm(
      'T10',
      '20261107090000',
      txa({ ...letter, 12: 'D701', 13: 'D700' }),
      file(base64('%PDF-1.4 new')),
    );
    const taken = mdm('T11', '20261108090000', txa({ ...letter, 12: 'D701', 13: 'D700' }));
    const status = async (...messages: string[]) => {
      const { letters } = await told(...messages);
      return letters.map(({ id, status: is }) => [id, is]);
    };
    expect(await status(newer, first)).toEqual([
      ['44120-document-D700', 'superseded'],
      ['44120-document-D701', 'current'],
    ]);
    expect((await told(first, newer)).letters[1]?.relatesTo).toMatchObject([{ code: 'replaces' }]);
    expect(await status(taken, newer, first)).toEqual([
      ['44120-document-D700', 'current'],
      ['44120-document-D701', 'entered-in-error'],
    ]);
  });

  it('keeps its content when only its status changes', async () => {
    const draft = mdm('T02', '20261105160500', txa({ ...letter, 17: 'DI' }), file(base64('%PDF-1.4 first')));
    const status = mdm('T03', '20261105170000', txa({ ...letter, 17: 'LA' }));
    expect((await told(draft)).letters[0]?.docStatus).toBe('preliminary');
    const { letters, files } = await told(draft, status);
    expect(letters[0]?.docStatus).toBe('final');
    expect(files.map(words)).toEqual(['%PDF-1.4 first']);
  });

  it('of lines of text is one text', async () => {
    const lines = mdm(
      'T02',
      '20261105160500',
      txa(letter),
      'OBX|1|TX|DS^Discharge summary||Dear colleague,||||||F',
      'OBX|2|TX|DS||R\\T\\D at 38\\S\\C||||||F',
    );
    const { letters } = await told(lines);
    const [{ attachment } = { attachment: {} }] = letters[0]?.content ?? [];
    expect(attachment.contentType).toBe('text/plain; charset=utf-8');
    expect(words(attachment)).toBe('Dear colleague,\nR&D at 38^C');
  });

  it('is told as what its file is, whatever its sender calls it', async () => {
    const scan = mdm(
      'T02',
      '20261105160500',
      txa({ ...letter, 16: 'letter.tif' }),
      file(base64('\u0089PNG\r\n\u001a\n'), 'IM^TIFF'),
    );
    const { letters, doubts } = await told(scan);
    expect(letters[0]?.content[0]?.attachment.contentType).toBe('image/png');
    expect(doubts).toContain('A file that is not of the kind it is said to be: told as what it is');
    const rich = mdm('T02', '20261105160500', txa(letter), file(base64('{\\rtf1 x}'), 'TEXT^RTF'));
    expect((await told(rich)).letters[0]?.content[0]?.attachment.contentType).toBe('application/rtf');
  });

  it('whose file was cut short is told without it, never with its end missing', async () => {
    const cut = mdm('T02', '20261105160500', txa(letter), file('JVBERi0xLj'));
    const { letters, files, doubts } = await told(cut);
    expect(letters[0]?.content).toEqual([{ attachment: expect.not.objectContaining({ data: expect.anything() }) }]);
    expect(files).toEqual([]);
    expect(doubts).toContain('A file that cannot be decoded: kept without it');
  });

  it('takes a day for a day: no time is made up for it', async () => {
    const { letters } = await told(mdm('T02', '20261105160500', txa({ ...letter, 4: '', 6: '20261105' }), file('')));
    expect(letters[0]?.date).toBeUndefined();
    expect(letters[0]?.content[0]?.attachment.creation).toBe('2026-11-05');
  });

  it('that is restricted is labelled, and its file with it', async () => {
    const { letters, files } = await told(
      mdm('T02', '20261105160500', txa({ ...letter, 18: 'V' }), file(base64('%PDF-1.4'))),
    );
    expect([letters[0], files[0]].map((each) => each?.meta?.security?.map(({ code }) => code))).toEqual([['V'], ['V']]);
  });

  it('without a number is known by its content; without TXA it is refused', async () => {
    const bare = mdm('T02', '20261105160500', txa({ ...letter, 12: '' }), file(base64('%PDF-1.4')));
    expect((await told(bare, bare)).letters).toHaveLength(1);
    await expect(tellMessages([mdm('T02', '20261105160500')])).rejects.toThrow(UnusableMessage);
  });

  it('comes to the same in any order of its messages, each any number of times', async () => {
    const all = [first, signed, cancelled];
    const { resources: expected } = await tellMessages(all);
    const order = fc.array(fc.constantFrom(...all), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(order, fc.shuffledSubarray(all, { minLength: all.length }), async (extra, shuffled) => {
        expect((await tellMessages([...extra, ...shuffled])).resources).toEqual(expected);
      }),
    );
  });
});
