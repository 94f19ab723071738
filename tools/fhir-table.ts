import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4';
import { capabilityStatement } from '../hub/fhir/metadata.ts';

// docs/conformance/fhir.tsv: each thing that /metadata says the hub can do, and the tests that show it.
// `node tools/fhir-table.ts` writes it anew; tools/conformance.test.ts fails when it is not what would be written.

const path = resolve(import.meta.dirname, '../docs/conformance/fhir.tsv');
const works = 'hub/fhir/advertised.test.ts';
const reading = 'hub/fhir/reading-in-full.test.ts';
const writing = 'hub/fhir/write/writing.test.ts';
const audits = 'hub/fhir/audit-events.test.ts';
const plugin = 'hub/fhir/plugin.test.ts';
const grounds = 'hub/fhir/grounds/grounds.test.ts';
const declares = 'who says why reads the record, from then on, for two years';

/** The interactions of one type: the test of that very type first, then those of what the interaction means. */
const interactions: Record<string, (type: string) => string[]> = {
  read: (type) => [proof(works, `${type}: every interaction that reads`)],
  vread: (type) => [
    proof(works, `${type}: every interaction that reads`),
    proof('hub/access/gate.test.ts', 'past versions are answered as they stood; one that never was, is not'),
  ],
  'search-type': (type) => [proof(works, `${type}: every interaction that reads`), ...searched(type)],
  'history-instance': (type) => [
    proof(works, `${type}: every interaction that reads`),
    proof(reading, 'of one visit has every version, newest first, in pages that follow each other'),
  ],
  'history-type': (type) => [
    proof(works, `${type}: every interaction that reads`),
    proof(
      reading,
      'leaves out a version that was sealed, all of what is sealed now, and tells a deletion without its content',
    ),
  ],
  create: (type) =>
    type === 'AuditEvent'
      ? [proof(audits, 'a print is kept as the token’s user’s, about the token’s person, now; the person is told')]
      : [
          proof(works, `${type}: every interaction that writes`),
          proof(writing, 'gets an id, a version, who sent it, and an address; numbers stay as they were written'),
        ],
  update: (type) => [
    proof(works, `${type}: every interaction that writes`),
    proof(writing, 'to another version than the one that was read is refused'),
  ],
  patch: (type) => [
    proof(works, `${type}: every interaction that writes`),
    proof(writing, 'by a patch changes what it names and keeps every number as it was written'),
  ],
  delete: (type) => [
    proof(works, `${type}: every interaction that writes`),
    proof(writing, 'takes it out of every answer; its history stays and says so'),
  ],
};

/** What a type is said to do beside interactions, by the statement's own element. */
const abilities: [element: keyof CapabilityStatementRestResource, value: unknown, proofs: string[]][] = [
  [
    'conditionalCreate',
    true,
    [proof(writing, 'is not made twice where one fits already; where several fit, nobody guesses')],
  ],
  ['conditionalUpdate', true, [proof(writing, 'by a condition changes the one that fits')]],
  ['conditionalDelete', 'single', [proof(writing, 'by a condition takes the one that fits, or nothing')]],
  ['updateCreate', false, [proof(writing, 'never makes a resource: ids are given by the hub')]],
];

/** Of the whole system. */
const systemWide: Record<string, string[]> = {
  batch: [
    proof(plugin, 'answers each entry on its own, in order, by the scopes of the token'),
    proof(writing, 'as a batch does what it can, each on its own'),
  ],
  transaction: [
    proof(writing, 'does all, in the standard’s order, with entries that name each other'),
    proof(writing, 'does nothing when one of it cannot be done, and says which'),
  ],
};

const operations: Record<string, string[]> = {
  everything: [
    proof(
      reading,
      'is the whole record with the services it names, in one Bundle, nothing sealed, and says what is withheld',
    ),
    proof(reading, 'in pages holds the same, each once, while others are written'),
  ],
  access: [proof(grounds, 'nobody without a ground reads more than who the person is; ' + declares)],
  'declare-relationship': [
    proof(grounds, 'nobody without a ground reads more than who the person is; ' + declares),
    proof(grounds, 'takes what is Parameters, each once and of its type, by the method it is for'),
  ],
  'revoke-relationship': [proof(grounds, 'who ends what they declared reads no more, at once')],
  'break-glass': [
    proof(grounds, 'broken glass opens what was sealed, for this visit alone, and every read says so'),
    proof(grounds, 'five minutes after the sign-on the glass stays whole: the hub asks for a fresh one (RFC 9470)'),
  ],
};

/** The whole table for a statement. Throws for what the statement lists and this file names no proof of. */
export function fhirTable(statement: CapabilityStatement): string {
  const [rest] = statement.rest ?? [];
  const rows = [
    ...(rest?.interaction ?? []).map(({ code }) => ['system', 'interaction', code, known(systemWide, code)] as const),
    ...(rest?.resource ?? []).flatMap(rowsOf),
  ];
  const lines = rows.map(([type, kind, name, proofs]) => [type, kind, name, proofs.join('; ')].join('\t'));
  return [`type\tkind\tname\tshown by`, ...lines, ''].join('\n');
}

function rowsOf(resource: CapabilityStatementRestResource): [string, string, string, string[]][] {
  const {
    type,
    interaction = [],
    searchParam = [],
    searchInclude = [],
    searchRevInclude = [],
    operation = [],
  } = resource;
  const included = proof(works, `${type}: every _include brings what the row names`);
  const pointing = [
    proof(works, `${type}: every _revinclude, sort key and form of the answer`),
    proof(reading, 'works for every pair that is advertised'),
  ];
  return [
    ...interaction.map(({ code }): [string, string, string, string[]] => [
      type,
      'interaction',
      code,
      known(interactions, code)(type),
    ]),
    ...abilities
      .filter(([element, value]) => resource[element] === value && (value !== false || writes(resource)))
      .map(([element, value, proofs]): [string, string, string, string[]] => [
        type,
        'ability',
        `${element} ${String(value)}`,
        proofs,
      ]),
    ...searchParam.map(({ name }): [string, string, string, string[]] => [type, 'search', name, searched(type)]),
    ...searchInclude.map((name): [string, string, string, string[]] => [type, '_include', name, [included]]),
    ...searchRevInclude.map((name): [string, string, string, string[]] => [type, '_revinclude', name, pointing]),
    ...operation.map(({ name }): [string, string, string, string[]] => [
      type,
      'operation',
      `$${name}`,
      known(operations, name),
    ]),
  ];
}

function writes({ interaction = [] }: CapabilityStatementRestResource): boolean {
  return interaction.some(({ code }) => code === 'update');
}

function searched(type: string): string[] {
  if (type === 'Endpoint') return [proof('hub/fhir/search.test.ts', 'Endpoint, answered from the sources')];
  if (type === 'AuditEvent') return [proof(audits, 'finds lines by each of its parameters, and by day')];
  return [proof('hub/fhir/search.test.ts', type)];
}

function proof(file: string, title: string): string {
  return `${file}: “${title}”`;
}

function known<Value>(table: Record<string, Value>, name: string): Value {
  const value = table[name];
  if (value === undefined) throw new Error(`/metadata lists ${name}, and no test is named for it`);
  return value;
}

/** The table for what this hub says now. */
export const presentTable = (): string => fhirTable(capabilityStatement('https://hub.example/fhir', {}));

/** The table as it is kept. */
export const keptTable = (): string => readFileSync(path, 'utf8');

if (import.meta.main) writeFileSync(path, presentTable());
