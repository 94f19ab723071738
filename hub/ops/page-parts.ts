import { markup, type Markup } from '../markup.ts';
import type { StaffSession } from './session.ts';

// What the hub's own pages for staff are made of.

/** As many as a page lists. Who reads a list asks for one more, so that its page can say that there are more. */
export const mostListed = 200;

/** The items in their order, or that there are `none`. Of more than a page lists it says so: none is left out silently. */
export function list<Item>(items: readonly Item[], none: string, one: (item: Item, place: number) => Markup): Markup {
  if (items.length === 0) return markup`<p>${none}</p>`;
  const more = `These are the first ${mostListed}. There are more.`;
  return markup`${items.length > mostListed ? markup`<p><strong>${more}</strong></p>` : undefined}
    ${items.slice(0, mostListed).map(one)}`;
}

/** A form of this very session, sent by POST. */
export function form({ formKey }: StaffSession, action: string, body: Markup): Markup {
  return markup`<form method="post" action="${action}"><input type="hidden" name="key" value="${formKey}" />${body}</form>`;
}

/** A line to fill in. */
export function field(name: string, label: string): Markup {
  return markup`<div class="field"><label for="${name}">${label}</label><input type="text" id="${name}" name="${name}" required /></div>`;
}
