// MLLP (HL7 v2 Transport, Minimal Lower Layer Protocol): 0x0B, the message, 0x1C 0x0D.
const start = 0x0b;
const end = 0x1c;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

const ending = Buffer.from([end, carriageReturn]);
const startedAgain = Buffer.from('\u000bMSH', 'latin1');

/** What bytes beside the message are remembered of a frame that was too long: enough for its header. */
const headBytes = 4096;

/** What comes out of a stream of MLLP. After `too-long` nothing more does: where the next frame starts is not known. */
export type MllpEvent = { kind: 'frame'; bytes: Buffer } | { kind: 'too-long'; head: Buffer };

/**
 * Takes frames out of a stream, in whatever pieces it arrives. Pulled, not pushed: nothing is read ahead of the message
 * that is being kept. Holds at most one frame of `limit` bytes and the chunk that was pushed last.
 *
 * A frame ends with 0x1C 0x0D and nothing less: were 0x1C alone enough, a message with that byte in a text would be taken
 * for whole where it is cut. 0x0B inside a frame is a line break of somebody's word processor and stays; only before `MSH`
 * it is a sender that gave up halfway and began again. What it gave up was never acknowledged, so it is the sender's still:
 * it is left out and counted.
 */
export class MllpFrames {
  /** Bytes that stood outside any frame (line ends between frames not counted). */
  strayBytes = 0;
  /** Frames that their sender gave up halfway. */
  abandoned = 0;
  readonly #limit: number;
  #chunk: Buffer = Buffer.alloc(0);
  #place = 0;
  #inside = false;
  #over = false;
  // One buffer that grows: a frame that dribbles in byte by byte must not cost an object for each byte.
  #gathered: Buffer = Buffer.alloc(0);
  #length = 0;

  /** @param limit bytes of the longest message */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether a frame has begun that has not ended. */
  get midFrame(): boolean {
    return this.#inside;
  }

  /** The next bytes of the stream. Everything before must have been taken by `next`, until that had no more. */
  push(chunk: Buffer): void {
    if (this.#place < this.#chunk.length && !this.#over) throw new Error('frames are left of the chunk before');
    this.#chunk = chunk;
    this.#place = 0;
  }

  /** The next frame in what was pushed; undefined when more bytes are needed. */
  next(): MllpEvent | undefined {
    while (!this.#over && this.#place < this.#chunk.length) {
      if (!this.#inside) this.#seekStart();
      else {
        const event = this.#seekEnd();
        if (event !== undefined) return event;
      }
    }
    return undefined;
  }

  #seekStart(): void {
    const found = this.#chunk.indexOf(start, this.#place);
    const until = found === -1 ? this.#chunk.length : found;
    for (let place = this.#place; place < until; place += 1) {
      const byte = this.#chunk[place];
      if (byte !== carriageReturn && byte !== lineFeed) this.strayBytes += 1;
    }
    this.#inside = found !== -1;
    this.#place = until + 1;
  }

  #seekEnd(): MllpEvent | undefined {
    if (this.#endsHalf() && this.#chunk[this.#place] === carriageReturn) {
      this.#length -= 1;
      return this.#finish(this.#place, this.#place + 1);
    }
    const found = this.#chunk.indexOf(ending, this.#place);
    if (found !== -1) return this.#finish(found, found + ending.length);
    this.#gather(this.#chunk.length);
    this.#place = this.#chunk.length;
    // One byte more than the limit may be the first of the two that end it.
    return this.#length > this.#limit + (this.#endsHalf() ? 1 : 0) ? this.#tooLong() : undefined;
  }

  /** Whether the first of the two bytes that end a frame is the last that was gathered. */
  #endsHalf(): boolean {
    return this.#length > 0 && this.#gathered[this.#length - 1] === end;
  }

  #finish(until: number, after: number): MllpEvent {
    // Most frames lie whole in one chunk and need no copy.
    const whole = this.#length === 0;
    if (!whole) this.#gather(until);
    const bytes = whole ? this.#chunk.subarray(this.#place, until) : this.#gathered.subarray(0, this.#length);
    this.#place = after;
    if (bytes.length > this.#limit) {
      this.#keepHead(bytes);
      return this.#tooLong();
    }
    this.#inside = false;
    this.#forget();
    const again = bytes.lastIndexOf(startedAgain);
    if (again === -1) return { kind: 'frame', bytes };
    this.abandoned += 1;
    return { kind: 'frame', bytes: bytes.subarray(again + 1) };
  }

  #gather(until: number): void {
    // Nothing beyond the limit is kept: what is longer is refused whatever it holds.
    const most = Math.min(until, this.#place + this.#limit + 2 - this.#length);
    const more = this.#chunk.subarray(this.#place, most);
    const needed = this.#length + more.length;
    if (needed > this.#gathered.length) {
      const grown = Buffer.allocUnsafe(Math.min(Math.max(needed, this.#gathered.length * 2, 1024), this.#limit + 2));
      this.#gathered.copy(grown, 0, 0, this.#length);
      this.#gathered = grown;
    }
    more.copy(this.#gathered, this.#length);
    this.#length = needed;
  }

  #tooLong(): MllpEvent {
    const head = Buffer.from(this.#gathered.subarray(0, Math.min(this.#length, headBytes)));
    this.#over = true;
    this.#forget();
    return { kind: 'too-long', head };
  }

  #keepHead(bytes: Buffer): void {
    this.#gathered = bytes;
    this.#length = bytes.length;
  }

  #forget(): void {
    this.#gathered = Buffer.alloc(0);
    this.#length = 0;
  }
}
