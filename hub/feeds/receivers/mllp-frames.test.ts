import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MllpFrames, type MllpEvent } from './mllp-frames.ts';

const limit = 200;
const admit = 'MSH|^~\\&|PAS|RKE|HUB|ISL|20261102||ADT^A01|1|P|2.4\rPID|1';

function framed(message: string): string {
  return `\u000b${message}\u001c\r`;
}

/** Everything that comes out of a stream that arrives in these pieces. */
function take(pieces: readonly Buffer[], most = limit): { frames: MllpFrames; events: MllpEvent[] } {
  const frames = new MllpFrames(most);
  const events: MllpEvent[] = [];
  for (const piece of pieces) {
    frames.push(piece);
    for (let event = frames.next(); event !== undefined; event = frames.next()) events.push(event);
  }
  return { frames, events };
}

function texts(events: readonly MllpEvent[]): string[] {
  return events.map((event) => (event.kind === 'frame' ? event.bytes.toString('latin1') : 'too long'));
}

function bytewise(stream: string): Buffer[] {
  return Array.from(Buffer.from(stream, 'latin1'), (byte) => Buffer.from([byte]));
}

describe('MLLP frames', () => {
  it('come out whole when they dribble in byte by byte, and when three lie in one packet', () => {
    const stream = [admit, 'two', 'three'].map(framed).join('');
    expect(texts(take(bytewise(stream)).events)).toEqual([admit, 'two', 'three']);
    expect(texts(take([Buffer.from(stream, 'latin1')]).events)).toEqual([admit, 'two', 'three']);
  });

  it('do not depend on how the network cuts the stream', () => {
    // Every byte a message may have, those that frame it among them, as long as it does not hold an end or a new start.
    const message = fc
      .uint8Array({ minLength: 1, maxLength: limit })
      .map((bytes) =>
        Buffer.from(bytes).toString('latin1').replaceAll('\u001c\r', '\u001c').replaceAll('\u000bMSH', ''),
      )
      .filter((text) => !text.endsWith('\u001c'));
    const between = fc.constantFrom('', '\r', '\r\n', 'noise');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(message, between), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
        (sent, sizes) => {
          const stream = Buffer.from(sent.map(([text, gap]) => framed(text) + gap).join(''), 'latin1');
          const pieces: Buffer[] = [];
          for (let from = 0, step = 0; from < stream.length; step += 1) {
            const size = sizes[step % sizes.length]!;
            pieces.push(stream.subarray(from, from + size));
            from += size;
          }
          const { frames, events } = take(pieces);
          expect(texts(events)).toEqual(sent.map(([text]) => text));
          expect(frames.strayBytes).toBe(sent.filter(([, gap]) => gap === 'noise').length * 'noise'.length);
          expect(frames.midFrame).toBe(false);
        },
      ),
    );
  });

  it('are not cut short by the end byte alone, wherever the network cuts', () => {
    const note = 'NTE|1||a byte \u001c in a text';
    expect(texts(take(bytewise(framed(note))).events)).toEqual([note]);
    expect(texts(take([Buffer.from(framed(note), 'latin1')]).events)).toEqual([note]);
  });

  it('keep a line break that a word processor left in a text', () => {
    const note = 'MSH|^~\\&|PAS\rNTE|1||one line\u000banother';
    expect(take([Buffer.from(framed(note), 'latin1')]).frames.abandoned).toBe(0);
    expect(texts(take([Buffer.from(framed(note), 'latin1')]).events)).toEqual([note]);
  });

  it('leave out a message that its sender gave up halfway and began again', () => {
    const { frames, events } = take(bytewise(`\u000bMSH|^~\\&|PAS\rPID|1||99${framed(admit)}`));
    expect([texts(events), frames.abandoned]).toEqual([[admit], 1]);
  });

  it('count what stands outside of them, and take what comes after', () => {
    const { frames, events } = take([Buffer.from(`GET / HTTP/1.1\r\n\r\n${framed(admit)}`, 'latin1')]);
    expect([texts(events), frames.strayBytes]).toEqual([[admit], 'GET / HTTP/1.1'.length]);
  });

  it('may be exactly as long as the limit, and not a byte longer, in whatever pieces', () => {
    for (const [length, outcome] of [
      [limit, 'x'.repeat(limit)],
      [limit + 1, 'too long'],
    ] as const) {
      const stream = framed('x'.repeat(length));
      expect(texts(take(bytewise(stream)).events)).toEqual([outcome]);
      expect(texts(take([Buffer.from(stream)]).events)).toEqual([outcome]);
      expect(texts(take([Buffer.from(stream.slice(0, -1)), Buffer.from('\r')]).events)).toEqual([outcome]);
    }
  });

  it('that are too long leave their head for the answer, and nothing comes after them', () => {
    const stream = framed(admit + 'x'.repeat(limit)) + framed('next');
    for (const pieces of [bytewise(stream), [Buffer.from(stream, 'latin1')]]) {
      const { events } = take(pieces);
      expect(events).toHaveLength(1);
      const [event] = events;
      expect(event?.kind === 'too-long' && event.head.toString('latin1').startsWith(admit)).toBe(true);
    }
  });

  it('that are empty are told as empty', () => {
    expect(texts(take(bytewise(framed(''))).events)).toEqual(['']);
  });
});
