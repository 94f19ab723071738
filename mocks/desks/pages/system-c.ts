import { html, page } from '../html.ts';
import { icon, nhsNumber, sharedCss, type DeskPage } from './shared.ts';

const css = `${sharedCss}body{font:15px/1.4 Arial,sans-serif;background:#2b2f3a;color:#eceff4;display:grid;grid-template-columns:11rem 1fr;min-height:100vh}
aside{background:#1c1f28;padding:1rem}aside p{margin:.5rem 0;color:#b9c1d0}main{padding:1rem}h1{font-size:1.2rem}
ul{list-style:none;padding:0;margin:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.8rem}
li{background:#3a4050;border-top:4px solid #7aa2f7;padding:.7rem;border-radius:4px}li b{display:block}li small{display:block;margin:.3rem 0;color:#cfd6e4}
.icon{color:#fff;background:#42507a;padding:.3rem .6rem;border-radius:3px;text-decoration:none}@media(max-width:40rem){body{grid-template-columns:1fr}}`;

/** A ward board: one card a bed. */
export function systemCPage(desk: DeskPage): string {
  return page(
    'System C: ward board',
    css,
    html`<aside>
        <strong>System C</strong>
        <p>${desk.system.place}</p>
        <p>Ward board</p>
        <p>Theatres</p>
        <p>Outpatients</p>
        <p>${desk.user.name}</p>
      </aside>
      <main>
        <h1>Ward board</h1>
        <ul>
          ${desk.people.map(
            (person, i) =>
              html`<li>
                <b>Bed ${i + 1} · ${person.name}</b><small>NHS No. ${nhsNumber(person)}</small
                ><small>${person.why}</small>${icon(desk, person)}
              </li>`,
          )}
        </ul>
      </main>`,
  );
}
