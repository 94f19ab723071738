import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from './store/open.ts';
import { readSources, type StoredSource } from './store/sources.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ran {
  code: number | null;
  out: string[];
  err: string[];
}

/** Runs the command as `npm run load` does; all on one store, since making one takes seconds. */
function load(...args: string[]): Promise<Ran> {
  const env = { ...process.env, DATA_DIR: join(folder, 'store'), DATABASE_URL: '' };
  const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
  return new Promise((resolve) => {
    const child = execFile(
      join(import.meta.dirname, '../node_modules/.bin/node'),
      [join(import.meta.dirname, 'load.ts'), ...args],
      { env },
      (_error, out, err) => resolve({ code: child.exitCode, out: lines(out), err: lines(err) }),
    );
  });
}

async function sourceStates(): Promise<Record<string, StoredSource>> {
  const db = await openDatabase({ databaseUrl: undefined, dataDir: join(folder, 'store') });
  try {
    return Object.fromEntries((await readSources(db)).map((state) => [state.source, state]));
  } finally {
    await db.close();
  }
}

async function write(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, content);
  return file;
}

const patient = { resourceType: 'Patient', id: 'p', name: [{ family: 'Okafor', given: ['Grace'] }], birthDate: '1948' };
const visit = (id: string, of = 'p') => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: `Patient/${of}` },
  participant: [{ individual: { reference: 'Practitioner?identifier=urn:staff|7' } }],
});
const lines = (...resources: object[]): string => resources.map((resource) => JSON.stringify(resource)).join('\n');

describe('npm run load', { timeout: 120_000 }, () => {
  it('takes a bulk export whose people and staff stand in other files than their visits, and the same again', async () => {
    await write(
      'bulk/Encounter.000.ndjson.gz',
      gzipSync(`${lines(visit('e1'))}\n{"resourceType":"Enc\n${lines(visit('e2'))}\n`),
    );
    await write('bulk/Patient.000.ndjson', `\ufeff${lines(patient)}\r\n`);
    await write(
      'bulk/Practitioner.000.ndjson',
      lines({ resourceType: 'Practitioner', id: 'd', identifier: [{ system: 'urn:staff', value: '7' }] }),
    );
    await write('bulk/Claim.000.ndjson', lines({ resourceType: 'Claim', id: 'c' }, { hello: 'world' }));
    const first = await load('--json', join(folder, 'bulk'));
    expect(first.code).toBe(0);
    const [person, totals, ...more] = first.out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(person).toEqual({ patient: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'OKAFOR, Grace', resources: 3 });
    expect(totals).toEqual({ totals: { read: 7, created: 4, updated: 0, unchanged: 0, refused: 3 } });
    expect(more).toEqual([]);
    expect(first.err.join('\n')).toContain('Encounter.000.ndjson.gz, line 2: The line is not JSON.');
    expect(first.err.join('\n')).toContain('Claim is not among the types the hub takes in.');
    expect(first.err.join('\n')).not.toContain('not there');

    const second = await load('--json', join(folder, 'bulk'));
    expect(JSON.parse(second.out[0]!)).toEqual(person);
    expect(JSON.parse(second.out[1]!)).toEqual({
      totals: { read: 7, created: 0, updated: 0, unchanged: 4, refused: 3 },
    });
  });

  it('takes Bundles of any type and single resources, and keeps people with one id in two sources apart', async () => {
    const entry = [
      { fullUrl: 'urn:uuid:1', resource: patient },
      { resource: visit('e1') },
      { request: { method: 'DELETE', url: 'Encounter/9' } },
      {},
    ];
    const bundle = await write(
      'one/bundle.json',
      JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }),
    );
    const single = await write('two/patient.json', JSON.stringify(patient));
    const { code, out } = await load(bundle, single);
    expect(code).toBe(0);
    expect(out.at(-1)).toBe('2 people. read 5, created 3, updated 0, unchanged 0, refused 2.');
    expect(out.join('\n')).toContain('bundle.json: The entry asks for a deletion, which a load does not do.');
    const named = await load('--source', 'one', single);
    expect(named.out.at(-1)).toBe('1 person. read 1, created 0, updated 0, unchanged 1, refused 0.');
  });

  it('refuses two different people under one id, with all that names them', async () => {
    await write('clash/a.json', JSON.stringify(patient));
    await write('clash/b.json', JSON.stringify({ ...patient, name: [{ family: 'Lund' }], birthDate: '1990-01-01' }));
    await write('clash/c.json', JSON.stringify(visit('e1')));
    const { code, out } = await load(join(folder, 'clash'));
    expect(code).toBe(0);
    expect(out.at(-1)).toBe('0 people. read 3, created 0, updated 0, unchanged 0, refused 3.');
    expect(out.join('\n')).toContain('Two different people are given under this one id: neither is taken. (2 times)');
  });

  it('says 1 when an input cannot be read, and takes the others', async () => {
    await write('broken/a.json', '{"resourceType":');
    await write('broken/b.json', JSON.stringify(patient));
    await write('broken/c.ndjson.gz', gzipSync(lines(visit('e1'))).subarray(0, 40));
    const { code, out, err } = await load(join(folder, 'broken'), join(folder, 'nowhere'));
    expect(code).toBe(1);
    expect(out.at(-1)).toBe('1 person. read 1, created 1, updated 0, unchanged 0, refused 0.');
    expect(err).toEqual([
      expect.stringContaining('nowhere: there is no such file or folder.'),
      'a.json: it is not JSON.',
      expect.stringContaining('c.ndjson.gz: it cannot be read to its end'),
    ]);
  });

  it('says 1 for a folder named as the hub names its own rows, and takes it under another name', async () => {
    const file = await write('hub/patient.json', JSON.stringify(patient));
    const { code, out, err } = await load(file);
    expect(code).toBe(1);
    expect(out.at(-1)).toBe('0 people. read 0, created 0, updated 0, unchanged 0, refused 0.');
    expect(err).toEqual(['hub: no source may be called so. Give another name with --source.']);
    expect((await load('--source', 'elsewhere', file)).code).toBe(0);
  });

  it('a read-me that `*` named among the records is no record and no source, and nothing is lost with it', async () => {
    const readMe = await write('mixed/README.md', '# Where these are from\n');
    const file = await write('mixed/records/patient.json', JSON.stringify(patient));
    const { code, out } = await load(readMe, join(folder, 'mixed/records'), file);
    expect(code).toBe(0);
    expect(out.join('\n')).toContain('README.md: It holds no FHIR');
    expect(out.at(-1)).toBe('1 person. read 2, created 1, updated 0, unchanged 0, refused 1.');
    expect(await sourceStates()).not.toHaveProperty('mixed');
  });

  it('the page can say of each source whether all of it was read', async () => {
    expect(await sourceStates()).toMatchObject({
      bulk: { status: 'partial', message: '1 line of it could not be read.' },
      broken: { status: 'partial', message: '2 files of it could not be read.' },
      one: { status: 'ok' },
    });
    expect(await sourceStates()).not.toHaveProperty('clash');
    // Told again whole, it is whole.
    await write('bulk/Encounter.000.ndjson.gz', gzipSync(lines(visit('e1'), visit('e2'))));
    await load(join(folder, 'bulk'));
    expect(await sourceStates()).toMatchObject({ bulk: { status: 'ok' } });
  });

  it('says 1 and how it is used when nothing is named', async () => {
    const { code, out, err } = await load();
    expect([code, out]).toEqual([1, []]);
    expect(err[0]).toBe('npm run load -- [--source NAME] [--json] FILE…');
  });

  it('says 2 in one line when a running hub holds the store', async () => {
    const file = await write('held/patient.json', JSON.stringify(patient));
    const held = await openDatabase({ databaseUrl: undefined, dataDir: join(folder, 'store') });
    try {
      const { code, out, err } = await load(file);
      expect([code, out]).toEqual([2, []]);
      expect(err).toHaveLength(1);
    } finally {
      await held.close();
    }
  });
});
