import { parsePartialDate } from '../../fhir/partial-date.ts';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { defaultCount, maximumCount } from './capabilities.ts';
import { badRequest, notSupported, quoted } from './fhir-error.ts';

/** The parameters of a history or of `$everything`, each given once. */
export class PageParameters {
  readonly #given = new Map<string, string>();

  /** Throws 400 for a parameter that is not among `known`, is given twice, or is empty. */
  constructor(what: string, known: readonly string[], given: readonly [string, string][]) {
    for (const [name, value] of given) {
      if (name === '_format') continue;
      if (!known.includes(name)) {
        throw notSupported(
          `The parameter ${quoted(name)} is not supported for ${what}. Supported: ${known.join(', ')}.`,
        );
      }
      if (this.#given.has(name)) throw badRequest(`The parameter ${name} is given more than once.`);
      if (value === '') throw badRequest(`The parameter ${quoted(name)} has an empty value.`);
      this.#given.set(name, value);
    }
  }

  text(name: string): string | undefined {
    return this.#given.get(name);
  }

  /** `_count`, at most the most of a page; undefined when it is not given. Throws 400 unless it is a whole number from 1. */
  count(): number | undefined {
    return readCount(this.text('_count'));
  }

  /** `_since` as an ISO 8601 instant. Throws 400 unless it is a date. */
  since(): string | undefined {
    const text = this.text('_since');
    if (text === undefined) return undefined;
    const date = parsePartialDate(text);
    if (date === undefined)
      throw badRequest('The parameter _since is not an instant. In an address a + is written %2B.');
    return new Date(date.start).toISOString();
  }

  /** The address of this very request without `_after`, for its `self` and `next` links. */
  address(base: string, path: string, defaults: Record<string, string> = {}): string {
    const query = new URLSearchParams(
      [...Object.entries(defaults), ...this.#given].filter(([name]) => name !== '_after'),
    );
    const text = new URLSearchParams([...new Map(query)]).toString();
    return `${base}/${path}${text === '' ? '' : `?${text}`}`;
  }
}

/** Reads `_count`; undefined when it is not given. Throws 400 unless it is a whole number from 1. */
export function readCount(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value) || Number(value) < 1) {
    throw badRequest(`The parameter _count is a whole number from 1 to ${maximumCount}.`);
  }
  return Math.min(Number(value), maximumCount);
}

/** How many to a page. */
export function countOr(value: number | undefined): number {
  return value ?? defaultCount;
}

/** `Type/id`. */
export function pathOf(type: ResourceType, id: string | undefined): string {
  return id === undefined ? type : `${type}/${id}`;
}
