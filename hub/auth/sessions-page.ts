import type { HubConfig } from '../config.ts';
import { markup, type Markup } from '../markup.ts';
import { minute } from '../moment.ts';
import type { SignedOnUser } from './authorization.ts';
import type { OpenSession } from './list-sessions.ts';
import { page, type Page } from './pages.ts';

/** What the page shows. `endKey` seals one line for its own form; `formKey` the forms about all of them. */
export interface SessionsView {
  config: HubConfig;
  base: string;
  user: SignedOnUser;
  sessions: readonly OpenSession[];
  formKey: string;
  endKey(session: OpenSession): string;
  done?: string | undefined;
}

/** Where a user is signed on and what they have open, each with a button that ends it. */
export function sessionsPage(view: SessionsView): Page {
  const { config, user, sessions, done } = view;
  const title = 'Where you are signed on';
  const body = markup`<div class="user"><p>${user.name}, ${user.roleName}, ${user.organisationName}</p></div>
    <h1>${title}</h1>
    ${done === undefined ? undefined : markup`<p role="status"><strong>${done}</strong></p>`}
    <p>If you do not know one of these, end it, and tell your service desk.</p>
    ${sessions.map((session) => line(view, session))}
    <h2>Leave</h2>
    <div class="actions">
      ${form(view, 'sign-off', view.formKey, 'Sign off in this browser')}
      ${form(view, 'end-all', view.formKey, 'End all of them, everywhere')}
    </div>`;
  return page({ config, title, body });
}

function line(view: SessionsView, session: OpenSession): Markup {
  const what = session.kind === 'sign-on' ? `Signed on by ${session.from}` : `A record opened from ${session.from}`;
  const title = session.isHere ? `${what}, in this browser` : what;
  return markup`<section class="person">
    <h2>${title}</h2>
    <dl>
      <dt>Since</dt><dd>${minute(session.since)}</dd>
      ${session.usedLast === undefined ? undefined : markup`<dt>Last used</dt><dd>${minute(session.usedLast)}</dd>`}
      <dt>Ends by itself at the latest</dt><dd>${minute(session.endsAt)}</dd>
    </dl>
    ${form(view, 'end', view.endKey(session), 'End it')}
  </section>`;
}

function form({ base }: SessionsView, action: string, key: string, words: string): Markup {
  return markup`<form method="post" action="${base}/${action}">
    <input type="hidden" name="key" value="${key}" /><button class="second" type="submit">${words}</button>
  </form>`;
}

/** Nobody is signed on in this browser: nothing to show, or not any more. `upstream` leads to signing off there too. */
export function signedOffPage(config: HubConfig, words: string, upstream?: { name: string; href: string }): Page {
  const title = 'You are not signed on here';
  const body = markup`<h1>${title}</h1>
    <p role="status">${words}</p>
    ${upstream && markup`<p>You may still be signed on at <a href="${upstream.href}">${upstream.name}: sign off there too</a>.</p>`}
    <p><a href="${config.publicUrl}/">Back to Care Timeline</a></p>`;
  return page({ config, title, body });
}
