import { relative, resolve } from 'node:path';
import { secretsBelow } from './secrets.ts';

// Part of `npm run check`: no key, token, password, and no number that may be somebody's NHS number, stands in a file.

const root = resolve(import.meta.dirname, '..');
const { files, findings } = secretsBelow(root);
for (const { file, line, what } of findings) console.error(`${relative(root, file)}:${line} holds ${what}`);
if (findings.length > 0) process.exitCode = 1;
else console.log(`no secret in ${files} files`);
