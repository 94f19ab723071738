import { glyphs } from './scan-letters.ts';

/** Pixels a letter takes, its gap with it, at five by seven dots of this many pixels. */
const dot = 2;
const advance = 6 * dot;
const lineHeight = 11 * dot;
const margin = 24;

/**
 * Lines of writing as a scanner sends them: a black and white picture (PNG, one bit a pixel) with the speckles of a copied sheet. Its
 * words are only to be seen. Answers its bytes.
 */
export function scanOf(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const width = 2 * margin + advance * Math.max(...lines.map((line) => line.length));
  const height = 2 * margin + lineHeight * lines.length;
  const stride = Math.ceil(width / 8);
  // One byte before each row names its filter: none. White is 1.
  const pixels = new Uint8Array((stride + 1) * height).fill(0xff);
  for (let row = 0; row < height; row += 1) pixels[row * (stride + 1)] = 0;
  const black = (x: number, y: number) => {
    const place = y * (stride + 1) + 1 + (x >> 3);
    pixels[place] = (pixels[place] ?? 0) & ~(0x80 >> (x & 7));
  };
  for (const [row, line] of lines.entries()) {
    for (const [column, letter] of line.toUpperCase().split('').entries()) {
      for (const [y, dots] of (glyphs[letter] ?? []).entries()) {
        for (let x = 0; x < 5; x += 1) {
          if ((dots & (0x10 >> x)) === 0) continue;
          for (let part = 0; part < dot * dot; part += 1) {
            black(
              margin + column * advance + x * dot + (part % dot),
              margin + row * lineHeight + y * dot + Math.floor(part / dot),
            );
          }
        }
      }
    }
  }
  for (let speck = 0; speck < 60; speck += 1) black((speck * 7919) % width, (speck * 104_729) % height);
  return png(width, height, pixels);
}

function png(width: number, height: number, pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = [...word(width), ...word(height), 1, 0, 0, 0, 0];
  return Uint8Array.from([
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    ...chunk('IHDR', header),
    ...chunk('IDAT', stored(pixels)),
    ...chunk('IEND', []),
  ]);
}

function chunk(name: string, data: readonly number[]): number[] {
  const named = [...new TextEncoder().encode(name), ...data];
  return [...word(data.length), ...named, ...word(crc32(named))];
}

/** A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4): the same bytes on every machine. */
function stored(bytes: Uint8Array): number[] {
  const out = [0x78, 0x01];
  for (let from = 0; from < bytes.length; from += 65_535) {
    const part = bytes.subarray(from, from + 65_535);
    const last = from + part.length === bytes.length ? 1 : 0;
    out.push(last, part.length & 0xff, part.length >> 8, ~part.length & 0xff, (~part.length >> 8) & 0xff, ...part);
  }
  return [...out, ...word(adler32(bytes))];
}

function word(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
}

function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return ((high << 16) | low) >>> 0;
}
