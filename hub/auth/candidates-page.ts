import { formatNhsNumber } from '../../fhir/nhs-number.ts';
import type { PersonSummary } from '../people/person.ts';
import { markup, type Markup } from '../markup.ts';
import { groundWords } from '../access/relationship/grounds.ts';
import type { FoundPerson } from './picker-audit.ts';
import type { Page } from './pages.ts';
import { leaveForm, pickerFrame, signedOn, type PickerView } from './picker-view.ts';

/** Somebody to choose, with what the reader declared about them before and still stands. */
export interface Candidate extends FoundPerson {
  /** The choice, sealed. */
  choice: string;
}

/** The people found, each with what tells them apart, and a button that opens that person's record. */
export function candidatesPage(view: PickerView, people: readonly Candidate[], reason: string): Page {
  const several = people.length > 1;
  const title = several ? `${people.length} people found` : 'Is this the right person?';
  const body = markup`${signedOn(view)}
    <h1>${title}</h1>
    ${several ? markup`<p>Check the name, date of birth and NHS number with the person before you choose.</p>` : undefined}
    ${people.map((each, i) => candidate(view, each, String(i)))}
    <p>Your reason: ${reason}</p>
    <div class="actions"><a href="${view.base}">Search for somebody else</a></div>
    ${leaveForm(view)}`;
  return pickerFrame(view, title, body);
}

function candidate(view: PickerView, { person, standing, choice }: Candidate, index: string): Markup {
  return markup` <form
    class="person${person.deceased ? ' died' : ''}"
    method="post"
    action="${view.base}/choose"
    aria-labelledby="name-${index}"
  >
    <input type="hidden" name="token" value="${view.formToken}" />
    <input type="hidden" name="choice" value="${choice}" />
    <h2 id="name-${index}">${nameOf(person)}</h2>
    <dl>
      <dt>Born</dt>
      <dd>${person.birthDate === undefined ? 'Not recorded' : shownDate(person.birthDate)}</dd>
      <dt>Gender</dt>
      <dd>${person.gender === undefined ? 'Not recorded' : capital(person.gender)}</dd>
      <dt>NHS No.</dt>
      <dd>${person.nhsNumber === undefined ? 'Not recorded' : formatNhsNumber(person.nhsNumber)}</dd>
      ${
        person.deceased
          ? markup`<dt>Died</dt>
              <dd>Recorded as died</dd>`
          : undefined
      }
    </dl>
    ${standing && standingWords(standing)}
    <button type="submit">Open the record of ${nameOf(person)}${numberWords(person)}</button>
  </form>`;
}

/** A person whom no source names is still told apart, and never shown as a blank. */
function nameOf({ name }: PersonSummary): string {
  return name === '' ? 'Name not recorded' : name;
}

/** What the reader said before, so that nobody has to say it again. */
function standingWords({ since, until, ...declared }: NonNullable<Candidate['standing']>): Markup {
  const day = (instant: string) => markup`<span class="date">${shownDate(londonDay(instant))}</span>`;
  const end = until === undefined ? undefined : markup` It holds until ${day(until)}.`;
  return markup`<p>You declared on ${day(since)}: ${groundWords(declared)}.${end}</p>`;
}

/** The day of an instant (ISO 8601) where this is read, as a FHIR date. */
function londonDay(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(new Date(instant));
}

/** Two people may share a name: who only hears or sees the buttons must be able to tell them apart too. */
function numberWords({ nhsNumber }: PersonSummary): string {
  return nhsNumber === undefined ? '' : `, NHS No. ${formatNhsNumber(nhsNumber)}`;
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `dd-Mmm-yyyy`, or as much of it as is stated (NHS CUI, date display). */
function shownDate(date: string): string {
  const [year = '', month, day] = date.slice(0, 10).split('-');
  const name = month === undefined ? undefined : months[Number(month) - 1];
  return [day, name, year].filter((part) => part !== undefined).join('-');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
