import { formatNhsNumber } from '../../fhir/nhs-number.ts';
import { html, page, type Html } from './html.ts';
import type { DeskPerson } from './pages/shared.ts';
import type { HubSignOn } from './registrations.ts';
import type { SignOnStandIn } from './sign-on.ts';

const prefix = '/citizen';

/** How the people themselves sign in: an OpenID provider whose claims are shaped as NHS login shapes them. */
export function citizenSignIn(signOn: HubSignOn, people: readonly DeskPerson[]): SignOnStandIn {
  return {
    prefix,
    signOn,
    accounts: people.map((person) => ({
      id: subjectOf(person),
      name: person.name,
      about: formatNhsNumber(person.nhsNumber),
      claims: {
        nhs_number: person.nhsNumber,
        birthdate: person.birthDate,
        family_name: person.family,
        identity_proofing_level: 'P9',
        vot: 'P9.Cp.Cd',
        vtm: `${signOn.issuer}/trustmark`,
      },
    })),
    claims: ['nhs_number', 'birthdate', 'family_name', 'identity_proofing_level', 'vot', 'vtm'],
    amr: ['mfa'],
    choicePage: (uid) => choicePage(uid, people),
  };
}

/** NHS login's own id of a person says nothing of their NHS number. */
function subjectOf({ nhsNumber }: DeskPerson): string {
  return `citizen-${Number(nhsNumber.slice(3, 9))}`;
}

const css = `*{box-sizing:border-box}body{margin:0;font:16px/1.5 Arial,sans-serif;color:#212b32;background:#d8dde0}
  .phone{max-width:25rem;min-height:100vh;margin:0 auto;background:#fff;border:solid #4c6272;border-width:0 1px}
  header{background:#005eb8;color:#fff;padding:1rem}header p{margin:0;font-weight:700}main{padding:1rem}h1{font-size:1.3rem;margin:.2rem 0 1rem}
  .way{display:block;width:100%;text-align:left;font:inherit;padding:.8rem 1rem;margin:.5rem 0;border:1px solid #768692;border-radius:4px;background:#fff;color:#212b32;cursor:pointer;text-decoration:none}
  .go{background:#007f3b;color:#fff;border-color:#007f3b;font-weight:700}a:focus-visible,button:focus-visible{outline:3px solid #ffeb3b;box-shadow:0 0 0 5px #212b32}
  a{color:#005eb8}small{display:block;color:#4c6272}`;

/** A person's own phone, with the way to their record. */
export function phonePage(appUrl: string): string {
  return phone(
    'My phone',
    'Health and care',
    html`<h1>Your own record</h1>
      <p>See what hospitals, your GP, social care and others hold about you, who looked at it, and choose who may.</p>
      <p><a class="way go" href="${appUrl}/?as=person" rel="noopener">Open my care record</a></p>
      <p><a href="/">All desks</a></p>`,
  );
}

function choicePage(uid: string, people: readonly DeskPerson[]): string {
  return phone(
    'Citizen sign-in',
    'Citizen sign-in',
    html`<h1>Who are you?</h1>
      <p>The real one asks for a password and a code, and has seen your passport. Here, choose who you are.</p>
      <form method="post" action="${prefix}/interaction/${uid}">
        ${people.map(
          (person) =>
            html`<button class="way" name="user" value="${subjectOf(person)}">
              ${person.name}<small>NHS No. ${formatNhsNumber(person.nhsNumber)}</small>
            </button>`,
        )}
      </form>`,
  );
}

function phone(title: string, head: string, body: Html): string {
  return page(
    title,
    css,
    html`<div class="phone">
      <header><p>${head}</p></header>
      <main>${body}</main>
    </div>`,
  );
}
