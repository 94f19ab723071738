const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `22-Nov-2026 19:05:11` in London (T10), of an ISO 8601 instant. */
export function moment(iso: string | undefined): string {
  return iso === undefined ? 'never' : told(new Date(iso));
}

/** `22-Nov-2026 19:05` in London, of epoch milliseconds: where the second tells nothing. */
export function minute(instant: number): string {
  return told(new Date(instant)).slice(0, -':00'.length);
}

function told(instant: Date): string {
  const parts = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  const [day, month, year] = ['day', 'month', 'year'].map((part) => parts.get(part as 'day'));
  return `${day}-${month?.slice(0, 3)}-${year} ${parts.get('hour')}:${parts.get('minute')}:${parts.get('second')}`;
}
