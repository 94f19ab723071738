/**
 * Text as PostgreSQL can hold it: NUL and half a surrogate pair become U+FFFD. Applied alike to what is written and to
 * what is searched for, so that such a text still finds itself.
 */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

/** A value to bind, its texts storable; everything else as it is. */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  return Array.isArray(value) ? value.map(storableValue) : value;
}

/**
 * One side of a span as it is kept: an instant outside the years 1 to 9999, as in the `9999-12-31` by which systems write
 * "no end", bounds nothing.
 */
export function storableInstant(iso: string | undefined): string | undefined {
  return iso === undefined || isOutside(iso) ? undefined : iso;
}

/** The same side of a span that is searched for, which is always bounded. */
export function searchableInstant(iso: string): string {
  if (!isOutside(iso)) return iso;
  return iso.startsWith('+') ? 'infinity' : '-infinity';
}

// ISO 8601 as ECMAScript writes it: years past 9999 and before 0 carry a sign and six digits.
function isOutside(iso: string): boolean {
  return iso.startsWith('+') || iso.startsWith('-') || iso.startsWith('0000');
}
