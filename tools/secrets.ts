import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { isTestNhsNumber, parseNhsNumber } from '../fhir/nhs-number.ts';

/** Something that must not stand in a file that is handed on. Never the thing itself: what tells of it is read by others. */
export interface Finding {
  file: string;
  line: number;
  what: string;
}

// Parts are joined here, so that this list is not what it looks for.
const patterns: [what: string, pattern: RegExp][] = [
  ['a private key', new RegExp(['-----BEGIN', '[A-Z ]*PRIVATE KEY-----'].join(' '), 'g')],
  ['a private key as JWK', /"d"\s*:\s*"[\w-]{32,}"/g],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,})/g],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/g],
  ['a token of Slack', /\bxox[abprs]-[\w-]{10,}/g],
  ['a key of Google', /\bAIza[\w-]{35}\b/g],
  // Of this machine and of names that belong to nobody (RFC 2606) there is none to be had.
  [
    'a password in an address',
    /\b[a-z][a-z+.-]+:\/\/[^\s/:@'"`$<>{}]+:(?!\*)[^\s/@'"`$<>{}]{3,}@(?!localhost\b|127\.|[\w.-]*\.example\b)[\w.-]+/g,
  ],
  [
    'a secret that is written down',
    /\b(?:client_?secret|password|passwd|api_?key|private_?key|access_?token)['"]?\s*[:=]\s*['"](?![^'"]*[ <{$])[A-Za-z0-9+/=_-]{20,}['"]/gi,
  ],
];

/** Keys, tokens and passwords in a text. */
export function secretsIn(text: string, file: string): Finding[] {
  return patterns.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)].map(({ index }) => ({ file, line: lineOf(text, index), what })),
  );
}

/** NHS numbers in a text that may be somebody’s: with a right check digit, and not of those that are never issued. */
export function numbersIn(text: string, file: string): Finding[] {
  return [...text.matchAll(/(?<![\w.-])\d{3}([ -]?)\d{3}\1\d{4}(?![\w.-])/g)]
    .filter(([written]) => isSomebodys(written))
    .map(({ index }) => ({ file, line: lineOf(text, index), what: 'an NHS number outside 999' }));
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

function isSomebodys(written: string): boolean {
  const digits = parseNhsNumber(written);
  return digits !== undefined && !isTestNhsNumber(digits) && !examples.has(digits);
}

/** The number that the NHS itself publishes as an example. */
const examples = new Set(['9434765919']);

const leftOut = new Set([
  'dist',
  'node_modules',
  '.git',
  'data',
  'test-results',
  'playwright-report',
  'coverage',
  '.vitest',
]);
const binary = new Set(['.png', '.br', '.gz', '.pfb', '.ttf', '.ico', '.pdf']);

/**
 * Looks through every text file of the project, and through the built files where there are any: those hold other people's
 * tables of numbers, and are looked through for secrets alone.
 */
export function secretsBelow(root: string): { files: number; findings: Finding[] } {
  const [own, built] = [textFilesBelow(root), textFilesBelow(join(root, 'dist'))];
  const findings = own.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [...secretsIn(text, file), ...numbersIn(text, file)];
  });
  findings.push(...built.flatMap((file) => secretsIn(readFileSync(file, 'utf8'), file)));
  return { files: own.length + built.length, findings };
}

function textFilesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name);
    if (one.isDirectory()) return leftOut.has(one.name) ? [] : textFilesBelow(path);
    return one.isFile() && !binary.has(extname(one.name)) ? [path] : [];
  });
}
