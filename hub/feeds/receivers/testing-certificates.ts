import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certified {
  key: string;
  cert: string;
}

/** An authority made for one test, and what it signs. */
export interface TestAuthority {
  cert: string;
  sign(name: string): Certified;
  remove(): void;
}

/** Makes one with `openssl` (or what `OPENSSL` names), which must be installed. */
export function makeAuthority(): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'care-timeline-tls-'));
  const run = (...args: string[]) =>
    execFileSync(process.env['OPENSSL'] ?? 'openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  run('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test authority');
  return {
    cert: read('ca.pem'),
    sign(name) {
      const named = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
      run('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, ...named);
      const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy'];
      run('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, '-days', '2', ...by);
      return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
