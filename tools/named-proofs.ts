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

/** The test file's text with its quotes as a reader writes them, or undefined when there is no such file. */
export function testSource(file: string): string | undefined {
  const path = resolve(root, file);
  if (!existsSync(path)) return undefined;
  return readFileSync(path, 'utf8')
    .replaceAll(String.raw`\u2019`, '’')
    .replaceAll(String.raw`\'`, "'");
}
