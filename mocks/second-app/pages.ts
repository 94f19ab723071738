import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Html, html, page } from '../desks/html.ts';

// Another SMART app than ours, as a supplier would bring it: a page that shows a person's results and nothing else. It is
// written on fhirclient as its documentation has it, asks for SMART v1 scopes, and knows nothing of this project.

/** How the app is registered with the hub. */
export const secondAppClientId = 'results-reader';

const scope = 'launch openid fhirUser patient/Patient.read patient/Observation.read';
const style = 'body{font:1rem/1.5 Arial,sans-serif;margin:2rem}dt{font-weight:700}';
const library = new Html('<script src="/second-app/fhir-client.js"></script>');

/** Where the icon leads: goes on to the hub's authorization. */
export function secondAppLaunchPage(): string {
  const script = `FHIR.oauth2.authorize({ clientId: ${JSON.stringify(secondAppClientId)}, scope: ${JSON.stringify(scope)}, redirectUri: '/second-app/' })
    .catch((error) => { document.getElementById('words').textContent = 'Not opened: ' + error.message; });`;
  return page(
    'Results reader',
    style,
    html`<p id="words">Opening.</p>
      ${library}
      <script>
        ${new Html(script)};
      </script>`,
  );
}

/** What it shows: who it is, how many results there are, and what it was not let see. */
export function secondAppPage(): string {
  const script = `
    const show = (id, words) => { document.getElementById(id).textContent = words; };
    FHIR.oauth2.ready()
      .then(async (client) => {
        show('scope', client.state.tokenResponse.scope);
        const patient = await client.patient.read();
        show('name', patient.name[0].text || [].concat(patient.name[0].family, patient.name[0].given).join(', '));
        const pages = await client.request('Observation?patient=' + client.patient.id, { pageLimit: 0, flat: true });
        show('results', String(pages.filter((one) => one.resourceType === 'Observation').length));
        await client.request('MedicationRequest?patient=' + client.patient.id).then(
          () => show('medicines', 'given'),
          (error) => show('medicines', 'refused with ' + error.status),
        );
        await client.create({ resourceType: 'Observation', status: 'final', code: { text: 'Weight' }, subject: { reference: 'Patient/' + client.patient.id } }).then(
          () => show('writing', 'taken'),
          (error) => show('writing', 'refused with ' + error.status),
        );
      })
      .catch((error) => show('words', 'Not opened: ' + error.message));`;
  return page(
    'Results reader',
    style,
    html`<h1>Results reader</h1>
      <p id="words"></p>
      <dl>
        <dt>Granted</dt>
        <dd id="scope"></dd>
        <dt>Person</dt>
        <dd id="name"></dd>
        <dt>Results</dt>
        <dd id="results"></dd>
        <dt>Medicines</dt>
        <dd id="medicines"></dd>
        <dt>Writing</dt>
        <dd id="writing"></dd>
      </dl>
      ${library}
      <script>
        ${new Html(script)};
      </script>`,
  );
}

/** fhirclient's own build for browsers. */
export function fhirClientScript(): string {
  const require = createRequire(import.meta.url);
  return readFileSync(require.resolve('fhirclient/build/fhir-client.pure.min.js'), 'utf8');
}
