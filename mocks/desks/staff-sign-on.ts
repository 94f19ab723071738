import { html, page } from './html.ts';
import type { HubSignOn } from './registrations.ts';
import type { SignOnStandIn } from './sign-on.ts';

/** Somebody who may sign on at the intranet. */
export interface SignOnUser {
  id: string;
  name: string;
  role: string;
  roleName: string;
  organisation: string;
  organisationName: string;
}

const prefix = '/sso';

/** The borough's own sign-on, whose claims are shaped as NHS Care Identity Service 2 shapes them. */
export function staffSignOn(signOn: HubSignOn, users: readonly SignOnUser[]): SignOnStandIn {
  return {
    prefix,
    signOn,
    accounts: users.map((user) => ({
      id: user.id,
      name: user.name,
      about: `${user.roleName}, ${user.organisationName}`,
      claims: claimsOf(user),
    })),
    claims: ['nhsid_useruid', 'selected_roleid', 'nhsid_nrbac_roles', 'authentication_assurance_level'],
    amr: ['smartcard'],
    choicePage: (uid) => choicePage(uid, users),
  };
}

function claimsOf(user: SignOnUser): Record<string, unknown> {
  const roleId = `${user.id}-1`;
  return {
    nhsid_useruid: user.id,
    selected_roleid: roleId,
    authentication_assurance_level: '3',
    nhsid_nrbac_roles: [
      {
        person_roleid: roleId,
        org_code: user.organisation,
        org_name: user.organisationName,
        role_name: user.roleName,
        role_code: user.role,
      },
    ],
  };
}

function choicePage(uid: string, users: readonly SignOnUser[]): string {
  const css = `body{font:16px/1.5 Arial,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#212b32}
    h1{font-size:1.4rem}button{display:block;width:100%;text-align:left;font:inherit;padding:.7rem 1rem;margin:.5rem 0;border:1px solid #768692;border-radius:4px;background:#fff;cursor:pointer}
    button:focus-visible{outline:3px solid #ffeb3b;box-shadow:0 0 0 5px #212b32}small{color:#4c6272;display:block}`;
  return page(
    'Borough sign-on',
    css,
    html`<main>
      <h1>Borough sign-on</h1>
      <p>The real one asks for a smartcard. Here, choose who you are.</p>
      <form method="post" action="${prefix}/interaction/${uid}">
        ${users.map(
          (user) =>
            html`<button name="user" value="${user.id}">
              ${user.name}<small>${user.roleName}, ${user.organisationName}</small>
            </button>`,
        )}
      </form>
    </main>`,
  );
}
