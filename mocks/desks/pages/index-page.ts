import { html, page, type Html } from '../html.ts';
import { deskSystems } from '../systems.ts';
import { sharedCss } from './shared.ts';

const css = `${sharedCss}body{font:16px/1.5 Arial,sans-serif;color:#212b32;background:#f0f4f5}main{max-width:44rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}ul{list-style:none;padding:0}li a{display:block;background:#fff;border:1px solid #aeb7bd;border-radius:4px;padding:.8rem 1rem;margin:.5rem 0;color:#005eb8}small{display:block;color:#4c6272}h2{font-size:1.2rem}
button{font:inherit;font-weight:700;min-height:2.75rem;padding:.4rem 1rem;color:#fff;background:#005eb8;border:0;border-radius:4px;cursor:pointer}`;

/** Whether life goes on in the demonstration, and what was wrong the last time it was to. */
export interface LifeSwitch {
  isOn: boolean;
  failed: string | undefined;
}

/** The way to every desk, and to the intranet. */
export function indexPage(life?: LifeSwitch): string {
  return page(
    'Demonstration desks',
    css,
    html`<main>
      <h1>Demonstration desks</h1>
      <p>Stand-ins for the systems that professionals in the borough already use. All people are invented.</p>
      <ul>
        ${deskSystems.map(
          (system) =>
            html`<li>
              <a href="/desk/${system.id}">${system.name}<small>${system.place}</small></a>
            </li>`,
        )}
        <li>
          <a href="/intranet">Intranet<small>Any member of staff, by single sign-on</small></a>
        </li>
        <li>
          <a href="/phone">Phone<small>The person themself, by their own sign-in</small></a>
        </li>
      </ul>
      ${life === undefined ? '' : lifeSwitch(life)}
    </main>`,
  );
}

function lifeSwitch({ isOn, failed }: LifeSwitch): Html {
  return html`<form method="post" action="/life">
    <h2>Life goes on</h2>
    <p>
      ${
        isOn
          ? 'Every quarter of a minute somebody comes to a hospital, or goes home: a page that is open shows it.'
          : 'Nothing new happens now.'
      }
      ${failed === undefined ? '' : `The last event could not be told: ${failed}`}
    </p>
    <button name="is" value="${isOn ? 'off' : 'on'}">${isOn ? 'Stop' : 'Let life go on'}</button>
  </form>`;
}

/** The staff intranet, with the tile that leads to the app. */
export function intranetPage(appUrl: string): string {
  return page(
    'Borough intranet',
    `${css}.tile{display:inline-block;background:#005eb8;color:#fff;padding:1.2rem 1.6rem;border-radius:6px;text-decoration:none}`,
    html`<main>
      <h1>Borough intranet</h1>
      <p>Monday's news: the canteen on the second floor opens at eight.</p>
      <p><a class="tile" href="${appUrl}/" rel="noopener">Care Timeline</a></p>
      <p><a href="/">All desks</a></p>
    </main>`,
  );
}

/** What the hub said against a launch, in words. */
export function refusedPage(words: string): string {
  return page(
    'The record could not be opened',
    css,
    html`<main>
      <h1>The record could not be opened</h1>
      <p>${words}</p>
      <p><a href="/">All desks</a></p>
    </main>`,
  );
}
