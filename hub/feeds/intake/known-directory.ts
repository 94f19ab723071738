import { hash } from 'node:crypto';

/** Services and staff remembered at most; then it begins anew. */
const most = 50_000;

/**
 * Services and staff as they were last found in the store, unchanged by what told of them: every message of a hospital names
 * its doctors and wards again, and need not ask the store about them each time. Only what stood there already is noted, so
 * that a transaction that is taken back leaves nothing here that is not there.
 */
export class KnownDirectory {
  readonly #known = new Map<string, string>();

  isKnown(key: string, said: string): boolean {
    return this.#known.get(key) === digestOf(said);
  }

  note(key: string, said: string): void {
    if (this.#known.size >= most) this.#known.clear();
    this.#known.set(key, digestOf(said));
  }
}

function digestOf(said: string): string {
  return hash('sha256', said, 'base64');
}
