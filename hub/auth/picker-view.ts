import { addresses, type HubConfig } from '../config.ts';
import type { SignedOnUser } from './authorization.ts';
import { markup, type Markup } from '../markup.ts';
import { page, type Page } from './pages.ts';

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

/** Who is signed on, and the way for somebody else. */
export function signedOn({ config, user, someoneElse }: PickerView): Markup {
  return markup`<div class="user">
    <p>Signed on: <strong>${user.name}</strong>, ${user.roleName}, ${user.organisationName}</p>
    <p><a href="${someoneElse}">Not you? Sign on as someone else</a></p>
    <p><a href="${addresses(config).issuer}/sessions">Where you are signed on, and signing off</a></p>
  </div>`;
}

/** The way out without a record. */
export function leaveForm(view: PickerView): Markup {
  return markup`<form method="post" action="${view.base}/leave">
    <input type="hidden" name="token" value="${view.formToken}" />
    <p><button class="second" type="submit">Leave without opening a record</button></p>
  </form>`;
}

/** A page of the picker; its forms may lead to the app. */
export function pickerFrame(view: PickerView, title: string, body: Markup): Page {
  return page({ config: view.config, title, body, formsLeadTo: [view.appOrigin] });
}
