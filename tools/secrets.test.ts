import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { numbersIn, secretsBelow, secretsIn } from './secrets.ts';

// What is looked for is made here, at the time: written down, it would be found.
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const letters = (length: number): string => randomBytes(length).toString('hex').slice(0, length);
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('what is handed on', () => {
  it('holds no key, token or password, and no NHS number that may be somebody’s', () => {
    const { files, findings } = secretsBelow(resolve(import.meta.dirname, '..'));
    expect(files).toBeGreaterThan(500);
    expect(findings).toEqual([]);
  });

  it.each<[string, () => string]>([
    ['a private key', () => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['a private key as JWK', () => JSON.stringify(privateKey.export({ format: 'jwk' }))],
    ['a signed token', () => `${part({ alg: 'RS256' })}.${part({ sub: 'somebody' })}.${letters(40)}`],
    ['an access key of AWS', () => `AKIA${letters(16).toUpperCase()}`],
    ['a token of GitHub', () => `ghp_${letters(36)}`],
    ['a token of npm', () => `npm_${letters(36)}`],
    ['a token of Slack', () => `xoxb-${letters(20)}`],
    ['a key of Google', () => `AIza${letters(35)}`],
    ['a password in an address', () => `postgresql://hub:${letters(10)}@db.borough.nhs.uk/hub`],
    ['a secret that is written down', () => `{ "clientSecret": "${letters(32)}" }`],
  ])('would be seen to hold %s, by its line and never by itself', (what, make) => {
    const secret = make();
    const found = secretsIn(`one line\nconst it = ${secret}`, 'a.ts');
    expect(found).toContainEqual({ file: 'a.ts', line: 2, what });
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  it('may name a secret without having it, and hold numbers that nobody is given', () => {
    const fine = [
      'clientSecret: randomBytes(32).toString()',
      'const password = process.env["DATABASE_PASSWORD_OF_THE_HUB"];',
      'postgresql://hub:secret@127.0.0.1:9/none and https://me:secret@hub.example/',
      'postgresql://hub:*****@db.borough.nhs.uk/hub',
      'Ann is 999 000 0018 or 9990000018',
    ].join('\n');
    expect([...secretsIn(fine, 'a.ts'), ...numbersIn(fine, 'a.ts')]).toEqual([]);
  });

  it.each(['', ' ', '-'])('would be seen to hold a number that may be somebody’s, written with “%s”', (gap) => {
    const number = ['401', '023', '2137'].join(gap);
    expect(numbersIn(`x ${number} y`, 'a.ts')).toEqual([{ file: 'a.ts', line: 1, what: 'an NHS number outside 999' }]);
  });
});
