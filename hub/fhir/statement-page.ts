import { createHash } from 'node:crypto';
import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4';
import { Markup, markup } from '../markup.ts';

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 Arial, "Liberation Sans", sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.125rem; margin: 1.5rem 0 .25rem; }
dl { display: grid; grid-template-columns: minmax(7rem, 12rem) 1fr; gap: .125rem 1rem; margin: 0; }
dt { font-weight: 700; } dd { margin: 0; } code { font-size: .9375rem; } li { display: inline-block; margin: 0 1rem .25rem 0; } ul { padding: 0; margin: 0; }
`;

const styleElement = new Markup(`<style>${style}</style>`);

/** The content security policy of the page: its own style by its digest, and nothing else. */
export const statementPagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;

/** The CapabilityStatement as a page for people who come to the FHIR base with a browser; made from it and nothing else. */
export function statementPage(statement: CapabilityStatement, base: string): string {
  const rest = statement.rest?.[0];
  const resources = rest?.resource ?? [];
  return markup`<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>FHIR R4 – Care Timeline hub</title>
    ${styleElement}
  </head>
  <body>
    <h1>Care Timeline hub: FHIR R4</h1>
    <p>
      This is the base address <code>${base}</code>. Programs ask here with an access token that names one person (SMART App Launch 2.2); there is nothing
      to see here in a browser but this page.
    </p>
    <ul>
      <li><a href="${base}/metadata">CapabilityStatement</a></li>
      <li><a href="${base}/.well-known/smart-configuration">SMART configuration</a></li>
    </ul>
    <p>${rest?.documentation}</p>
    <h2>Types</h2>
    <ul>${resources.map(({ type }) => markup`<li><a href="#${type}">${type}</a></li>`)}</ul>
    ${resources.map(section)}
  </body>
</html>`.text;
}

function section(resource: CapabilityStatementRestResource): Markup {
  const facts: [string, string[]][] = [
    ['Interactions', resource.interaction?.map(({ code }) => code) ?? []],
    ['Operations', resource.operation?.map(({ name }) => `$${name}`) ?? []],
    ['Parameters', resource.searchParam?.map(({ name, type }) => `${name} (${type})`) ?? []],
    ['_include', resource.searchInclude ?? []],
    ['_revinclude', resource.searchRevInclude ?? []],
  ];
  return markup`<section aria-labelledby="${resource.type}">
    <h2 id="${resource.type}">${resource.type}</h2>
    <p>${resource.documentation}</p>
    <dl>${facts
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => markup`<dt>${name}</dt><dd>${values.join(', ')}</dd>`)}</dl>
  </section>`;
}
