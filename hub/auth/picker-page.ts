import { markup, type Markup } from '../markup.ts';
import type { Page } from './pages.ts';
import { reasons, type PickerForm, type Problem, type Reason } from './picker-search.ts';
import { leaveForm, pickerFrame, signedOn, type PickerView } from './picker-view.ts';

const reasonHints: Record<Reason, string> = {
  agrees: 'You asked, and they said yes',
  cannot: 'You act in their best interests',
  absent: 'Say below why you need it; the privacy officer can read it',
  standing: 'For somebody whose record you opened so before; it holds for two years',
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
      <fieldset aria-describedby="reason-agrees-fault reason-standing-fault">
        <legend>Why you open this record</legend>
        ${fault(problemOf('reason-agrees'))}${fault(problemOf('reason-standing'))}
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
      <p>It is kept who opened the record, when and why. The person can read who looked and when.</p>
      <button type="submit">Find the person</button>
    </form>
    ${leaveForm(view)}`;
  const title = `${problems.length === 0 ? '' : 'Problem: '}Whose record do you need?`;
  return pickerFrame(view, title, body);
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
