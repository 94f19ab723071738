import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerTo, readHeader } from './mllp-answer.ts';

const at = Date.UTC(2026, 10, 2, 9, 30, 5);

function answer(message: string, code: 'AA' | 'AE' | 'AR' = 'AA', words = ''): string[] {
  const bytes = Buffer.from(message, 'latin1');
  const text = answerTo(readHeader(bytes), code, words, at).toString('latin1');
  expect(text.startsWith('\u000b') && text.endsWith('\r\u001c\r')).toBe(true);
  return text.slice(1, -3).split('\r');
}

describe('an answer to a hospital', () => {
  it('names its message, goes back where it came from, and says the version', () => {
    const [msh, msa] = answer('MSH|^~\\&|PAS|RKE|HUB|ISL|202611020930||ADT^A01^ADT_A01|MSG00001|T|2.3\rPID|1');
    expect(msh).toMatch(/^MSH\|\^~\\&\|HUB\|ISL\|PAS\|RKE\|20261102093005\+0000\|\|ACK\^A01\|[0-9a-f]{20}\|T\|2\.3$/);
    expect(msa).toBe('MSA|AA|MSG00001');
  });

  it('uses the separators of the sender', () => {
    const [msh, msa] = answer('MSH#*~\\&#PAS#RKE#HUB#ISL#2026##ADT*A08#7#P#2.4', 'AE', 'no # or * here');
    expect(msh).toContain('#ACK*A08#');
    expect(msa).toBe('MSA#AE#7#no   or   here');
  });

  it('gives names back in the bytes they came in, and says the character set', () => {
    const fields = [
      'MSH',
      '^~\\&',
      'P\u00c3\u00a9',
      'RKE',
      '',
      '',
      '',
      '',
      'ADT^A01',
      'N\u00ba7',
      'P',
      '2.4',
      '',
      '',
      '',
      '',
      '',
      'UNICODE UTF-8',
    ];
    const [msh, msa] = answer(fields.join('|'));
    expect(msh).toContain('|P\u00c3\u00a9|RKE|');
    expect(msh?.endsWith('||||||UNICODE UTF-8')).toBe(true);
    expect(msa).toBe('MSA|AA|N\u00ba7');
  });

  it('reads past a byte order mark and line ends before the header', () => {
    expect(readHeader(Buffer.from('\u00ef\u00bb\u00bf\r\nMSH|^~\\&|||||||ADT^A01|9', 'latin1'))?.controlId).toBe('9');
  });

  it('is given, without a name, even to what is no message', () => {
    for (const text of ['', 'hello', 'MSH', 'MSHA^~', 'PID|1', '\u0000\u0001']) {
      expect(readHeader(Buffer.from(text, 'latin1'))).toBeUndefined();
      expect(answer(text, 'AE', 'No MSH')[1]).toBe('MSA|AE||No MSH');
    }
  });

  it('is one frame of two segments, whatever came', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, headed) => {
        const message = headed ? Buffer.concat([Buffer.from('MSH|^~\\&|'), bytes]) : Buffer.from(bytes);
        const text = answerTo(readHeader(message), 'AR', 'Not kept', at).toString('latin1');
        expect(Array.from(text).filter((byte) => byte === '\u000b' || byte === '\u001c')).toHaveLength(2);
        expect(text.split('\r')).toHaveLength(4);
      }),
    );
  });
});
