import { html, page } from '../html.ts';
import { icon, nhsNumber, sharedCss, type DeskPage } from './shared.ts';

const css = `${sharedCss}body{font:14px/1.45 'Segoe UI',Arial,sans-serif;background:#eef3f7;color:#1d2b36}
header{background:#1f5f8b;color:#fff;padding:.6rem 1rem;display:flex;justify-content:space-between;flex-wrap:wrap;gap:.5rem}
nav{background:#d5e3ee;padding:.5rem 1rem;border-bottom:1px solid #a9c0d2}main{padding:1rem}h1{font-size:1.1rem;margin:0 0 .6rem}
table{border-collapse:collapse;background:#fff;width:100%}th,td{border:1px solid #c4d3de;padding:.45rem .6rem;text-align:left;vertical-align:top}th{background:#e6eef5}
.icon{background:#fff;border:1px solid #1f5f8b;border-radius:3px;padding:.25rem .5rem;color:#1f5f8b;text-decoration:none}`;

/** A practice's appointment list under a ribbon. */
export function emisPage(desk: DeskPage): string {
  return page(
    'EMIS: appointments',
    css,
    html`<header>
        <strong>EMIS Web · ${desk.system.place}</strong><span>${desk.user.name}, ${desk.user.roleName}</span>
      </header>
      <nav>Appointments · Consultations · Medication · Problems · Investigations</nav>
      <main>
        <h1>This morning's surgery</h1>
        <table>
          <thead>
            <tr>
              <th>Time</th>
              <th>Patient</th>
              <th>NHS number</th>
              <th>Why on this list</th>
              <th>Shared record</th>
            </tr>
          </thead>
          <tbody>
            ${desk.people.map(
              (person, i) =>
                html`<tr>
                  <td>${clock(9 * 60 + i * 10)}</td>
                  <td>${person.name}</td>
                  <td>${nhsNumber(person)}</td>
                  <td>${person.why}</td>
                  <td>${icon(desk, person)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </main>`,
  );
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
