import { markup, type Markup } from '../markup.ts';
import type { StaffSession } from './session.ts';

// What the hub's own pages for staff are made of.

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `22-Nov-2026 19:05:11` in London (T10). */
export function moment(iso: string | undefined): string {
  if (iso === undefined) return 'never';
  const parts = new Map(clock.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const [day, month, year] = ['day', 'month', 'year'].map((part) => parts.get(part as 'day'));
  return `${day}-${month?.slice(0, 3)}-${year} ${parts.get('hour')}:${parts.get('minute')}:${parts.get('second')}`;
}

/** A form of this very session, sent by POST. */
export function form({ formKey }: StaffSession, action: string, body: Markup): Markup {
  return markup`<form method="post" action="${action}"><input type="hidden" name="key" value="${formKey}" />${body}</form>`;
}

/** A line to fill in. */
export function field(name: string, label: string): Markup {
  return markup`<div class="field"><label for="${name}">${label}</label><input type="text" id="${name}" name="${name}" required /></div>`;
}
