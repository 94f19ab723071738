import { html, page } from '../html.ts';
import { icon, nhsNumber, sharedCss, type DeskPage } from './shared.ts';

const css = `${sharedCss}body{font:16px/1.5 Georgia,serif;background:#f6f1fa;color:#2a1636}header{background:#4b2067;color:#fff;padding:.8rem 1.2rem}
main{max-width:60rem;margin:1rem auto;padding:0 1rem}h1{font-size:1.3rem}details{background:#fff;border:1px solid #cdb8dc;border-radius:6px;margin:.5rem 0;padding:.5rem .9rem}
summary{cursor:pointer;font-weight:bold}.icon{color:#4b2067}`;

/** A social worker's own cases, one fold a person. */
export function liquidlogicPage(desk: DeskPage): string {
  return page(
    'Liquidlogic: my cases',
    css,
    html`<header>Liquidlogic · ${desk.system.place}</header>
      <main>
        <h1>Cases of ${desk.user.name}</h1>
        ${desk.people.map(
          (person) =>
            html`<details open>
              <summary>${person.name}</summary>
              <p>${person.why}</p>
              <p>NHS number ${nhsNumber(person)}</p>
              ${icon(desk, person)}
            </details>`,
        )}
      </main>`,
  );
}
