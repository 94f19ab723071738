import { formatNhsNumber } from '../../../fhir/nhs-number.ts';
import { html, type Html } from '../html.ts';
import type { DeskUser } from '../ask-for-launch.ts';
import type { DeskSystemInfo } from '../systems.ts';

/** A person on a desk's list. */
export interface DeskPerson {
  nhsNumber: string;
  name: string;
  family: string;
  /** ISO 8601. */
  birthDate: string;
  /** Why this person is among the demonstration people. */
  why: string;
  systems: string[];
}

/** What a desk's page is made from. */
export interface DeskPage {
  system: DeskSystemInfo;
  user: DeskUser;
  people: readonly DeskPerson[];
}

/** Where the icon leads. */
function launchHref(page: DeskPage, person: DeskPerson): string {
  const query = new URLSearchParams({ system: page.system.id, patient: person.nhsNumber, user: page.user.id });
  if (page.system.opens === 'frame') query.set('frame', '1');
  return `/launch?${query.toString()}`;
}

/** The icon itself: a link whose name says whose record it opens. `noopener`, so that no storage is copied along. */
export function icon(page: DeskPage, person: DeskPerson): Html {
  const href = launchHref(page, person);
  const target = page.system.opens === 'frame' ? '_self' : '_blank';
  return html`<a class="icon" href="${href}" target="${target}" rel="noopener"
    ><svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
      <path d="M3 4h14M3 10h14M3 16h9" stroke="currentColor" stroke-width="2.4" fill="none" />
    </svg>
    Care Timeline<span class="hide"> for ${person.name}</span></a
  >`;
}

export function nhsNumber(person: DeskPerson): string {
  return formatNhsNumber(person.nhsNumber);
}

export const sharedCss = `*{box-sizing:border-box}body{margin:0}.hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.icon{display:inline-flex;gap:.4rem;align-items:center;white-space:nowrap}a:focus-visible{outline:3px solid #ffeb3b;box-shadow:0 0 0 5px #212b32}`;
