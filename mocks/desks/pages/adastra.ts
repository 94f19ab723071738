import { html, page } from '../html.ts';
import { icon, nhsNumber, sharedCss, type DeskPage } from './shared.ts';

const css = `${sharedCss}body{font:14px/1.4 Verdana,Arial,sans-serif;background:#fff;color:#111}header{background:#5a1846;color:#fff;padding:.5rem 1rem}
main{padding:.5rem 1rem}h1{font-size:1.1rem}ol{padding:0;list-style:none}li{display:grid;grid-template-columns:5.5rem 1fr auto;gap:.8rem;padding:.5rem;border-left:8px solid #c26a00;background:#fdf6ec;margin:.35rem 0;align-items:center}
li:nth-child(3n+1){border-color:#b1170f}li:nth-child(3n){border-color:#006747}.icon{color:#5a1846}@media(max-width:40rem){li{grid-template-columns:1fr}}`;

const priorities = ['Within 2 h', 'Within 6 h', 'Routine'];

/** A queue of cases by priority. */
export function adastraPage(desk: DeskPage): string {
  return page(
    'Adastra: case queue',
    css,
    html`<header>Adastra · ${desk.system.place} · ${desk.user.name}</header>
      <main>
        <h1>Cases waiting</h1>
        <ol>
          ${desk.people.map(
            (person, i) =>
              html`<li>
                <span>${priorities[i % priorities.length] ?? ''}</span
                ><span><b>${person.name}</b> · ${nhsNumber(person)}<br />${person.why}</span>${icon(desk, person)}
              </li>`,
          )}
        </ol>
      </main>`,
  );
}
