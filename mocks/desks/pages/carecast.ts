import { html, page } from '../html.ts';
import { icon, nhsNumber, sharedCss, type DeskPage, type DeskPerson } from './shared.ts';

const css = `${sharedCss}body{font:15px/1.5 'Courier New',monospace;background:#0b2533;color:#d7f0e2}header,main{padding:.6rem 1rem}header{border-bottom:1px solid #4f8f7a}
h1{font-size:1rem}pre{margin:0;font:inherit;white-space:pre-wrap}table{width:100%;border-collapse:collapse}td{padding:.25rem .5rem;vertical-align:top}tr:nth-child(even){background:#12364a}
.icon{color:#ffe08a}`;

/** A patient index from the days of terminals. */
export function carecastPage(desk: DeskPage): string {
  return page(
    'Carecast: patient index',
    css,
    html`<header>CARECAST ${desk.system.place.toUpperCase()} USER ${desk.user.name.toUpperCase()}</header>
      <main>
        <h1>PATIENT INDEX</h1>
        <table>
          ${desk.people.map(
            (person, i) =>
              html`<tr>
                <td>${String(i + 1).padStart(2, '0')}</td>
                <td>${person.name}</td>
                <td>${nhsNumber(person)}</td>
                <td>${person.why}</td>
                <td>${icon(desk, person)}</td>
              </tr>`,
          )}
        </table>
      </main>`,
  );
}

const frameCss = `${sharedCss}body{font:14px/1.4 'Courier New',monospace;background:#0b2533;color:#d7f0e2;height:100vh;display:grid;grid-template-rows:auto 1fr}
header{padding:.4rem 1rem;display:flex;gap:1.5rem;flex-wrap:wrap}header a{color:#ffe08a}iframe{border:0;width:100%;height:100%;background:#fff}`;

/** Any desk's page with the app inside it. */
export function framePage(title: string, person: DeskPerson | undefined, launchUrl: string): string {
  return page(
    `${title}: shared record`,
    frameCss,
    html`<header>
        <span>${title}${person === undefined ? '' : html` · ${person.name}`}</span><a href="/">All desks</a>
      </header>
      <iframe src="${launchUrl}" title="Care Timeline"></iframe>`,
  );
}
