import type { HubConfig } from '../config.ts';
import { formatNhsNumber } from '../../fhir/nhs-number.ts';
import type { PersonSummary } from '../people/person.ts';
import { markup, type Markup } from './markup.ts';
import { page, type Page } from './pages.ts';
import { reasons, type PickerForm, type Problem, type Reason } from './picker-search.ts';
import type { SignedOnUser } from './authorization.ts';

/** What every page of the picker needs. */
export interface PickerView {
  config: HubConfig;
  user: SignedOnUser;
  /** `…/interaction/<uid>`, where its forms go. */
  base: string;
  /** Starts the authorization again with another sign-on. */
  someoneElse: string;
  /** Where choosing leads in the end: the app. */
  appOrigin: string;
  /** Proves that the form came from this page. */
  formToken: string;
}

const reasonHints: Record<Reason, string> = {
  agrees: 'You asked, and they said yes',
  cannot: 'You act in their best interests',
  absent: 'Say below why you need it; they can read what you write',
};

/** The form that asks for a person and for the reason. */
export function pickerPage(view: PickerView, form: PickerForm, problems: readonly Problem[]): Page {
  const problemOf = (field: string) => problems.find((problem) => problem.field === field);
  const field = (name: 'nhsNumber' | 'family', label: string, hint: string, inputMode: string) =>
    markup` <div class="field">
      <label for="${name}">${label}</label>
      <span class="hint" id="${name}-hint">${hint}</span>
      ${fault(problemOf(name))}
      <input type="text" id="${name}" name="${name}" value="${form[name]}" inputmode="${inputMode}" autocomplete="off"
        spellcheck="false" maxlength="100" aria-describedby="${name}-hint ${name}-fault"${invalid(problemOf(name))}>
    </div>`;
  const date = (name: 'day' | 'month' | 'year', label: string, length: string) =>
    markup` <div class="field ${name}">
      <label for="${name}">${label}</label>
      <input type="text" id="${name}" name="${name}" value="${form[name]}" inputmode="numeric" autocomplete="off"
        maxlength="${length}"${invalid(problemOf('day'))}>
    </div>`;
  const body = markup`${signedOn(view)}
    <h1>Whose record do you need?</h1>
    ${problems.length === 0 ? undefined : problemSummary('There is a problem', problems)}
    <form method="post" action="${view.base}/find" novalidate>
      <input type="hidden" name="token" value="${view.formToken}" />
      <fieldset>
        <legend>The person</legend>
        ${field('nhsNumber', 'NHS number', '10 digits, for example 999 000 0018', 'numeric')}
        <p>or</p>
        ${field('family', 'Family name', 'As it is on their record', 'text')}
        <fieldset aria-describedby="birth-hint day-fault">
          <legend>Date of birth</legend>
          <span class="hint" id="birth-hint">For example, 31 3 1980</span>
          ${fault(problemOf('day'))}
          <div class="dates">${date('day', 'Day', '2')}${date('month', 'Month', '2')}${date('year', 'Year', '4')}</div>
        </fieldset>
      </fieldset>
      <fieldset aria-describedby="reason-agrees-fault">
        <legend>Why you open this record</legend>
        ${fault(problemOf('reason-agrees'))}
        ${(Object.keys(reasons) as Reason[]).map(
          (reason) =>
            markup` <div class="choice">
              <input type="radio" id="reason-${reason}" name="reason" value="${reason}"${form.reason === reason ? markup` checked` : undefined}>
              <label for="reason-${reason}">${reasons[reason]}<span class="hint">${reasonHints[reason]}</span></label>
            </div>`,
        )}
        <div class="field">
          <label for="why">Reason in your own words</label>
          <span class="hint" id="why-hint">Needed when the person is not here</span>
          ${fault(problemOf('why'))}
          <textarea id="why" name="why" rows="3" maxlength="300" aria-describedby="why-hint why-fault"${invalid(problemOf('why'))}>
${form.why}</textarea>
        </div>
      </fieldset>
      <p>It is kept who opened the record, when and why. The person can read it.</p>
      <button type="submit">Find the person</button>
    </form>
    ${leaveForm(view)}`;
  const title = `${problems.length === 0 ? '' : 'Problem: '}Whose record do you need?`;
  return pickerFrame(view, title, body);
}

/** The people found, each with what tells them apart, and a button that opens that person's record. */
export function candidatesPage(
  view: PickerView,
  people: readonly { person: PersonSummary; choice: string }[],
  reason: string,
): Page {
  const several = people.length > 1;
  const title = several ? `${people.length} people found` : 'Is this the right person?';
  const body = markup`${signedOn(view)}
    <h1>${title}</h1>
    ${several ? markup`<p>Check the name, date of birth and NHS number with the person before you choose.</p>` : undefined}
    ${people.map(({ person, choice }, i) => candidate(view, person, choice, String(i)))}
    <p>Your reason: ${reason}</p>
    <div class="actions"><a href="${view.base}">Search for somebody else</a></div>
    ${leaveForm(view)}`;
  return pickerFrame(view, title, body);
}

function candidate(view: PickerView, person: PersonSummary, choice: string, index: string): Markup {
  return markup` <form
    class="person${person.deceased ? ' died' : ''}"
    method="post"
    action="${view.base}/choose"
    aria-labelledby="name-${index}"
  >
    <input type="hidden" name="token" value="${view.formToken}" />
    <input type="hidden" name="choice" value="${choice}" />
    <h2 id="name-${index}">${person.name}</h2>
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
    <button type="submit">Open the record of ${person.name}</button>
  </form>`;
}

/** Sign-on that did not end well, in words, with the way to try again. */
export function signOnProblemPage(options: { config: HubConfig; words: string; again: string | undefined }): Page {
  const title = 'You are not signed on';
  const body = markup`<h1>${title}</h1>
    <div class="problem" role="alert"><p>${options.words}</p></div>
    ${options.again === undefined ? undefined : markup`<p><a href="${options.again}">Sign on again</a></p>`}
    <p><a href="${options.config.publicUrl}/">Back to Care Timeline</a></p>`;
  return page({ config: options.config, title, body });
}

function signedOn({ user, someoneElse }: PickerView): Markup {
  return markup`<div class="user">
    <p>Signed on: <strong>${user.name}</strong>, ${user.roleName}, ${user.organisationName}</p>
    <p><a href="${someoneElse}">Not you? Sign on as someone else</a></p>
  </div>`;
}

function leaveForm(view: PickerView): Markup {
  return markup`<form method="post" action="${view.base}/leave">
    <input type="hidden" name="token" value="${view.formToken}" />
    <p><button class="second" type="submit">Leave without opening a record</button></p>
  </form>`;
}

function problemSummary(title: string, problems: readonly Problem[]): Markup {
  return markup`<div class="problem" role="alert" tabindex="-1" autofocus>
    <h2>${title}</h2>
    <ul>
      ${problems.map(({ field, words }) => markup`<li><a href="#${field}">${words}</a></li>`)}
    </ul>
  </div>`;
}

function invalid(problem: Problem | undefined): Markup | undefined {
  return problem === undefined ? undefined : markup` aria-invalid="true"`;
}

function fault(problem: Problem | undefined): Markup | undefined {
  return problem && markup`<span class="fault" id="${problem.field}-fault">Error: ${problem.words}</span>`;
}

function pickerFrame(view: PickerView, title: string, body: Markup): Page {
  return page({ config: view.config, title, body, formsLeadTo: [view.appOrigin] });
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
