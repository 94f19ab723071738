import type { Resource } from 'fhir/r4';
import { isNewer, referenceTo } from './page.ts';
import { sortSpanOf } from './sort-key.ts';

/** A server may read a day in another zone than ours. */
const zoneMs = 86_400_000;

/** What a stream has gathered: each resource once, in the order the hub first sent it. */
export class Gathered {
  /** Something came that began only after something sent before it had ended: the order asked for is not kept. */
  isUnordered = false;
  private readonly places = new Map<string, number>();
  private items: readonly Resource[] = [];
  /** What this pass has met, from its first page on: a page that brings nothing new to it repeats itself. */
  private met = new Set<string>();
  private oldest = Infinity;
  private jitter = 0;
  private back: number | undefined;
  /** Nothing that follows in newest-first order can begin after this. */
  private ceiling = Infinity;

  get resources(): readonly Resource[] {
    return this.items;
  }

  /**
   * Everything at or after this instant has been gathered. Never moves towards the present; undefined where the server
   * does not send the newest first, for then only its end is known to be complete.
   */
  get readBackTo(): number | undefined {
    return this.isUnordered ? undefined : this.back;
  }

  /** Starts a pass from the first page again, keeping what is there. */
  startAgain(): void {
    this.met = new Set();
    this.oldest = Infinity;
    this.jitter = 0;
    this.ceiling = Infinity;
  }

  /** Takes a page in; false when it holds matches and every one of them was met in this pass already. */
  add(matches: readonly Resource[]): boolean {
    const fresh = matches.filter((match) => !this.met.has(referenceTo(match)));
    if (matches.length > 0 && fresh.length === 0) return false;
    const items = [...this.items];
    for (const match of matches) {
      const reference = referenceTo(match);
      this.met.add(reference);
      const place = this.places.get(reference);
      const known = place === undefined ? undefined : items[place];
      if (place === undefined || known === undefined) this.places.set(reference, items.push(match) - 1);
      else if (isNewer(match, known)) items[place] = match;
    }
    this.items = items;
    this.moveBack(matches);
    return true;
  }

  /**
   * Every unread item sorts at or before the last one read. Where the hub's order and ours differ (it may sort a period by
   * its end, or a day by another zone), the largest step back towards the present that was seen is left as a margin.
   */
  private moveBack(matches: readonly Resource[]): void {
    for (const match of matches) {
      const span = sortSpanOf(match);
      if (span === undefined) continue;
      const [key, end] = span;
      if (key > this.ceiling + zoneMs) this.isUnordered = true;
      this.ceiling = Math.min(this.ceiling, end);
      this.jitter = Math.max(this.jitter, key - this.oldest);
      this.oldest = Math.min(this.oldest, key);
    }
    if (this.oldest === Infinity) return;
    // Another item with the very same instant may come first on the next page.
    this.back = Math.min(this.back ?? Infinity, this.oldest + this.jitter + 1);
  }
}
