import { addresses, type HubConfig } from '../config.ts';
import { markup, type Markup } from '../markup.ts';

/** A page and the content security policy it must be sent with. */
export interface Page {
  html: string;
  policy: string;
}

interface PageOptions {
  config: HubConfig;
  title: string;
  body: Markup;
  /** Who may frame it; nobody when empty: a page that asks for something is never shown inside another one. */
  framedBy?: readonly string[];
  /** Origins a form's answer may lead to, besides the hub. */
  formsLeadTo?: readonly string[];
}

/** A whole page in the hub's own look, without script. */
export function page({ config, title, body, framedBy = [], formsLeadTo = [] }: PageOptions): Page {
  const { issuer } = addresses(config);
  const document = markup`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Care Timeline</title>
        <link rel="stylesheet" href="${issuer}/pages.css" />
      </head>
      <body>
        <header>
          <div><p class="product">Care Timeline</p></div>
        </header>
        <main>${body}</main>
      </body>
    </html> `;
  const ancestors = framedBy.length === 0 ? "'none'" : ["'self'", ...framedBy].join(' ');
  return {
    html: document.text,
    policy: [
      "default-src 'none'",
      "style-src 'self'",
      `form-action ${["'self'", ...formsLeadTo].join(' ')}`,
      "base-uri 'none'",
      `frame-ancestors ${ancestors}`,
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
  };
}

/** Why it cannot go on, in words, and the way back to the start. */
export function errorPage(config: HubConfig, status: number, words: string, framedBy: readonly string[] = []): Page {
  const title = status >= 500 ? 'Something went wrong' : 'The record was not opened';
  const body = markup`<h1>${title}</h1>
    <p>${status >= 500 ? 'The record could not be opened because of a fault here. Try again in a moment.' : words}</p>
    <p>
      <a href="${config.publicUrl}/">Start again at Care Timeline</a>, or open the record again from your clinical
      system.
    </p>`;
  return page({ config, title, body, framedBy });
}

/** Sign-on that did not end well, in words, with the way to try again. */
export function signOnProblemPage(options: {
  config: HubConfig;
  words: string;
  again: string | undefined;
  /** Whose sign-on it was: each goes back to their own way in. */
  audience: 'staff' | 'person';
}): Page {
  const title = 'You are not signed on';
  const body = markup`<h1>${title}</h1>
    <div class="problem" role="alert"><p>${options.words}</p></div>
    ${options.again === undefined ? undefined : markup`<p><a href="${options.again}">Sign on again</a></p>`}
    <p><a href="${options.config.publicUrl}/${options.audience === 'person' ? '?as=person' : ''}">Back to Care Timeline</a></p>`;
  return page({ config: options.config, title, body });
}

/** For staff whose phase has not come: that it is not them, and whom to ask. */
export function notOpenYetPage(config: HubConfig, words: string): Page {
  const title = 'Care Timeline is not open to you yet';
  const body = markup`<h1>${title}</h1>
    <p>${words}</p>`;
  return page({ config, title, body });
}
