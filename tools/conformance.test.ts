import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smartConfigurationOf } from '../hub/auth/smart-configuration.ts';
import { readConfig } from '../hub/config.ts';
import { keptTable, presentTable } from './fhir-table.ts';
import { proofsInCell, proofsOf, readDocument, tableRows, testSource, tsvRows } from './named-proofs.ts';

const root = resolve(import.meta.dirname, '..');
const readme = readDocument('docs/conformance/README.md');
const rows = tsvRows(readDocument('docs/conformance/smart.tsv'), [
  'id',
  'actor',
  'conformance',
  'subject',
  'shown by',
]).map((row) => ({ ...row, shown: row['shown by'], proofs: proofsInCell(row['shown by'], row.id) }));

const after = (words: string) =>
  rows.flatMap(({ id, shown }) => (shown.startsWith(words) ? [{ id, rest: shown.slice(words.length) }] : []));
const notAdvertised = rows.flatMap(({ id, shown }) => {
  const capability = /^does not apply: (\S+) is not advertised$/.exec(shown)?.[1];
  return capability === undefined ? [] : [{ id, capability }];
});
const neverSaid = after('does not apply: our app never says ').map(({ id, rest }) => ({ id, word: rest }));
const notMet = after('not met: ');
const leftToOthers = after('left to the deployment: ');
const shownByTests = rows.filter(({ proofs }) => proofs.length > 0);

describe('the table of SMART App Launch 2.2', () => {
  it('has every SHALL and SHALL NOT of server and client once', () => {
    const count = (actor: string, conformance: string) =>
      rows.filter((row) => row.actor === actor && row.conformance === conformance).length;
    expect([count('Server', 'SHALL'), count('Server', 'SHALL NOT')]).toEqual([167, 5]);
    expect([count('Client', 'SHALL'), count('Client', 'SHALL NOT')]).toEqual([115, 6]);
    const ids = rows.map(({ id }) => Number(id));
    expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
  });

  it('says of each by which tests it is shown, or in one of three forms why not', () => {
    const strange = rows.filter(({ id, shown, proofs }) => {
      const whole = proofs.map(({ file, title }) => `${file}: “${title}”`).join('; ');
      return whole !== shown && ![notAdvertised, neverSaid, notMet, leftToOthers].flat().some((row) => row.id === id);
    });
    expect(strange.map(({ id, shown }) => `${id} ${shown}`)).toEqual([]);
  });

  it.each([...Map.groupBy(notAdvertised, ({ capability }) => capability).keys()])(
    '%s, which is named as not advertised, is nowhere in smart-configuration',
    (capability) => {
      expect(valuesOf(smartConfigurationOf(readConfig({})))).not.toContain(capability);
    },
  );

  it('finds in smart-configuration what it looks for there: the check above can fail', () => {
    expect(valuesOf(smartConfigurationOf(readConfig({})))).toEqual(
      expect.arrayContaining(['launch-ehr', 'introspection_endpoint', 'private_key_jwt', 'user_access_brand_bundle']),
    );
  });

  it.each([...Map.groupBy(neverSaid, ({ word }) => word).keys()])('%s is nowhere in the app', (word) => {
    const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter((path) => !/\.test\.|testing/.test(path));
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((path) => readFileSync(resolve(root, path), 'utf8').includes(word))).toEqual([]);
  });

  it('tells each departure, and what is left to who runs it, with the reason in the read-me', () => {
    const told = (heading: string) =>
      tableRows(section(heading), /^\d/).flatMap((row) => row.split(' | ')[0]?.match(/\d+/g) ?? []);
    expect(told('Known departures').toSorted()).toEqual(notMet.map(({ id }) => id).toSorted());
    expect(told('Left to the deployment').toSorted()).toEqual(leftToOthers.map(({ id }) => id).toSorted());
  });

  it('is counted as it is in the read-me', () => {
    const counted = {
      'shown by tests': shownByTests.length,
      'does not apply': notAdvertised.length + neverSaid.length,
      'left to the deployment': leftToOthers.length,
      'not met': notMet.length,
    };
    expect(Object.values(counted).reduce((sum, count) => sum + count)).toBe(rows.length);
    for (const [what, count] of Object.entries(counted)) expect(readme).toContain(`| ${what} | ${count} |`);
  });
});

describe('the table of /metadata', () => {
  it('is what the CapabilityStatement lists now, each with its test: `node tools/fhir-table.ts` writes it', () => {
    expect(keptTable()).toBe(presentTable());
  });
});

const named = [
  ...rows.flatMap(({ proofs }) => proofs),
  ...readme.split('\n').flatMap((row) => proofsOf(row, 'read-me')),
];
it.each([...new Map(named.map((proof) => [`${proof.file} ${proof.title}`, proof])).values()])(
  '$file still has “$title”',
  ({ file, title }) => {
    expect(testSource(file)).toContain(title);
  },
);

it('the guide says what becomes of access when two people turn out to be one', () => {
  // SMART 2.2, 3.0.2: where Patient.link is served, the documentation says how access goes with it.
  expect(readDocument('docs/hub.md')).toMatch(/`replaced-by`[\s\S]{0,40}The link gives no access/);
});

/** The words of a document's section, without its heading. */
function section(heading: string): string {
  return readme.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
}

/** Every name and text in a JSON value. */
function valuesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...valuesOf(inner)]);
}
