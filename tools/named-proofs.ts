import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** A test that a document names as its proof. */
export interface Proof {
  /** What it proves: the first cell of its row, or the word that cell begins with. */
  of: string;
  /** Path from the top of the project. */
  file: string;
  title: string;
}

/** A document of the project, by its path from the top; throws when it is not there. */
export function readDocument(path: string): string {
  return readFileSync(resolve(root, path), 'utf8');
}

/** The rows of a document's tables whose first cell matches. */
export function tableRows(document: string, first: RegExp): string[] {
  return document.split('\n').filter((line) => line.startsWith('| ') && first.test(line.slice(2)));
}

/** The tests a row names, each as `path/of.test.ts`: “its title”. */
export function proofsOf(row: string, of: string): Proof[] {
  return [...row.matchAll(/`([\w./-]+\.test\.tsx?)`: “(.+?)”(?= `| \||[.;,])/g)].map(([, file = '', title = '']) => ({
    of,
    file,
    title,
  }));
}

/** The cells of a table kept as tab-separated text, by the names in its first line; throws when a row has more or fewer. */
export function tsvRows<Name extends string>(document: string, names: readonly Name[]): Record<Name, string>[] {
  const [head, ...lines] = document.trimEnd().split('\n');
  if (head !== names.join('\t')) throw new Error(`the columns are not ${names.join(', ')}`);
  return lines.map((line) => {
    const cells = line.split('\t');
    if (cells.length !== names.length) throw new Error(`not ${names.length} cells: ${line}`);
    return Object.fromEntries(names.map((name, at) => [name, cells[at]])) as Record<Name, string>;
  });
}

/** The tests that a cell of such a table names, each as path/of.test.ts: “its title”, with `; ` between them. */
export function proofsInCell(cell: string, of: string): Proof[] {
  return [...cell.matchAll(/([\w./-]+\.test\.tsx?): “(.+?)”(?=; |$)/g)].map(([, file = '', title = '']) => ({
    of,
    file,
    title,
  }));
}

/** Every test that a document of the project names as a proof. */
export function everyProof(): Proof[] {
  const documents = [
    'SAFETY.md',
    'SECURITY.md',
    'docs/accessibility.md',
    'docs/conformance/README.md',
    'docs/security/asvs.md',
  ];
  const tables = documents.flatMap((path) =>
    tableRows(readDocument(path), /^\S/).flatMap((row) => proofsOf(row, `${path} ${row.slice(2).split(' ')[0]}`)),
  );
  const lists = ['docs/conformance/smart.tsv', 'docs/conformance/fhir.tsv'].flatMap((path) =>
    readDocument(path)
      .split('\n')
      .flatMap((line) => proofsInCell(line, `${path} ${line.split('\t').slice(0, 2).join(' ')}`)),
  );
  return [...tables, ...lists];
}

/** The test file's text with its quotes as a reader writes them, or undefined when there is no such file. */
export function testSource(file: string): string | undefined {
  const path = resolve(root, file);
  if (!existsSync(path)) return undefined;
  return readFileSync(path, 'utf8')
    .replaceAll(String.raw`\u2019`, '’')
    .replaceAll(String.raw`\'`, "'");
}
