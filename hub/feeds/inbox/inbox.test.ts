import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import type { Encounter, FhirResource, Patient } from 'fhir/r4';
import { expect, it } from 'vitest';
import { confidentiality, nhsNumberSystem } from '../../../fhir/systems.ts';
import { labelBits } from '../../access/labels.ts';
import { findByLocalId } from '../../people/find.ts';
import type { Database } from '../../store/database.ts';
import { resourceId } from '../../store/ids.ts';
import { readSources, setSourceState } from '../../store/sources.ts';
import { eachEngine } from '../../store/testing.ts';
import type { Format } from '../format.ts';
import { keepMessage } from './keep.ts';
import { releaseDeadLetter, replay, retryDeadLetter } from './operate.ts';
import { testFormat, type TestMessage } from './testing-format.ts';
import { workThrough as workThroughInbox } from './testing-worker.ts';
import { workOn } from './work.ts';

const source = 'system-c';
const fresh = (): string => randomUUID().slice(0, 8);
let sent = 0;

async function keep(db: Database, message: TestMessage, subject?: string): Promise<number> {
  sent += 1;
  const { seq } = await keepMessage(db, {
    source,
    organisation: 'RKE',
    format: 'hl7-v2',
    label: `message ${sent}`,
    receivedAt: new Date(Date.UTC(2026, 10, 2) + sent * 1000).toISOString(),
    bytes: new TextEncoder().encode(JSON.stringify(message)),
    subject,
  });
  return seq;
}

async function workThrough(db: Database, format: Format = testFormat()): Promise<Error[]> {
  return workThroughInbox(db, { 'hl7-v2': format });
}

const patient = (id: string, nhs?: string): Patient => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Okafor', given: ['Grace'] }],
  birthDate: '1948-03-12',
  ...(nhs !== undefined && { identifier: [{ system: nhsNumberSystem, value: nhs }] }),
});
const person = (id: string, nhs?: string) => ({
  subject: id,
  scope: 'person',
  name: 'pid',
  at: undefined,
  resources: [patient(id, nhs)],
});
const stay = (id: string, of: string, status: Encounter['status'] = 'in-progress'): Encounter => ({
  resourceType: 'Encounter',
  id,
  status,
  class: { code: 'IMP' },
  subject: { reference: `Patient/${of}` },
  period: { start: '2026-11-02T10:00:00Z' },
});
const visit = (of: string, id: string, at: string, ...resources: FhirResource[]) => ({
  subject: of,
  scope: `visit ${id}`,
  name: 'state',
  at,
  resources,
});

interface Row {
  patient: string;
  version: number;
  mask: number;
  content: string;
}

async function rowOf(db: Database, type: string, id: string): Promise<Row | undefined> {
  const rows = await db.query<Row>(
    'select patient, version, mask, content from resource where type = $1 and id = $2 order by mask',
    [type, resourceId(source, type, id)],
  );
  return rows[0];
}

async function stateOf(db: Database, seq: number): Promise<{ state: string; reason: string | null; doubts: string[] }> {
  const rows = await db.query<{ state: string; reason: string | null; doubts: string[] }>(
    'select state, reason, doubts from inbox where source = $1 and seq = $2',
    [source, seq],
  );
  if (rows[0] === undefined) throw new Error('no such message');
  return rows[0];
}

eachEngine('the inbox', ({ db }) => {
  it('a message that is kept is worked on once, and sent again is the same message', async () => {
    const mrn = fresh();
    const message = { pieces: [person(mrn), visit(mrn, mrn, '2026-11-02T10:00:00Z', stay(mrn, mrn))] };
    const seq = await keep(db(), message, mrn);
    const again = await keepMessage(db(), {
      source,
      organisation: 'RKE',
      format: 'hl7-v2',
      label: `message ${sent}`,
      receivedAt: new Date().toISOString(),
      bytes: new TextEncoder().encode(JSON.stringify(message)),
      subject: mrn,
    });
    expect(again).toEqual({ seq, repeated: true });
    expect(await workThrough(db())).toEqual([]);
    expect(await stateOf(db(), seq)).toMatchObject({ state: 'done', reason: null });
    const row = await rowOf(db(), 'Encounter', mrn);
    expect(row).toMatchObject({ version: 1, mask: 0 });
    expect(row?.content).toContain(`"urn:care-timeline:source:system-c#${seq}"`);
  });

  it('whatever order messages come in, and however often, what the source said last stands', async () => {
    const told = (mrn: string): TestMessage[] => [
      { pieces: [person(mrn), visit(mrn, mrn, '2026-11-02T10:00:00Z', stay(mrn, mrn, 'planned'))] },
      { pieces: [person(mrn), visit(mrn, mrn, '2026-11-02T11:00:00Z', stay(mrn, mrn, 'in-progress'))] },
      { pieces: [person(mrn), visit(mrn, mrn, '2026-11-02T12:00:00Z', stay(mrn, mrn, 'finished'))] },
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 3 }), async (order) => {
        if (!order.includes(2)) return;
        const mrn = fresh();
        for (const place of order) await keep(db(), told(mrn)[place] ?? {}, mrn);
        expect(await workThrough(db())).toEqual([]);
        expect((await rowOf(db(), 'Encounter', mrn))?.content).toContain('"finished"');
      }),
      { numRuns: 15 },
    );
  });

  it('what a source tells no more is withdrawn, and its history stays', async () => {
    const mrn = fresh();
    await keep(db(), { pieces: [person(mrn), visit(mrn, mrn, '2026-11-02T10:00:00Z', stay(mrn, mrn))] }, mrn);
    await workThrough(db());
    await keep(db(), { pieces: [visit(mrn, mrn, '2026-11-02T11:00:00Z')] }, mrn);
    await workThrough(db());
    const gone = await rowOf(db(), 'Encounter', mrn);
    expect(gone).toMatchObject({ version: 2 });
    expect(gone?.mask).toBeGreaterThan(0);
    expect(gone?.content).not.toContain('period');
    await keep(db(), { pieces: [visit(mrn, mrn, '2026-11-02T12:00:00Z', stay(mrn, mrn))] }, mrn);
    await workThrough(db());
    expect(await rowOf(db(), 'Encounter', mrn)).toMatchObject({ version: 3, mask: 0 });
  });

  it('what was withdrawn stays so when another thing of that person is labelled', async () => {
    const mrn = fresh();
    await keep(db(), { pieces: [person(mrn), visit(mrn, mrn, '2026-11-02T10:00:00Z', stay(mrn, mrn))] }, mrn);
    await workThrough(db());
    await keep(db(), { pieces: [visit(mrn, mrn, '2026-11-02T11:00:00Z')] }, mrn);
    await workThrough(db());
    const private_ = { ...stay(`${mrn}-2`, mrn), meta: { security: [{ system: confidentiality, code: 'R' }] } };
    await keep(db(), { pieces: [visit(mrn, `${mrn}-2`, '2026-11-03T10:00:00Z', private_)] }, mrn);
    await workThrough(db());
    expect((await rowOf(db(), 'Encounter', mrn))?.mask).toBeGreaterThan(0);
    expect((await rowOf(db(), 'Encounter', `${mrn}-2`))?.mask).toBe(labelBits.restricted);
  });

  it('what cannot be used is a dead letter with its reason, holds up nobody, and can be tried again or released', async () => {
    const [first, second] = [fresh(), fresh()];
    const dead = await keep(db(), { unusable: 'It has no patient number.' }, first);
    const broken = await keep(
      db(),
      {
        pieces: [{ ...person(first), resources: [{ resourceType: 'Patient', birthDate: 7 } as never] }],
      },
      first,
    );
    await keep(
      db(),
      { pieces: [person(second), visit(second, second, '2026-11-02T10:00:00Z', stay(second, second))] },
      second,
    );
    await workThrough(db());
    expect(await stateOf(db(), dead)).toMatchObject({ state: 'dead', reason: 'It has no patient number.' });
    expect((await stateOf(db(), broken)).reason).toMatch(/^Patient: Its structure is not valid FHIR R4/);
    expect(await rowOf(db(), 'Encounter', second)).toBeDefined();

    expect(await retryDeadLetter(db(), source, dead)).toBe(true);
    await workThrough(db(), {
      ...testFormat(),
      sort: () => ({ pieces: [], links: [], doubts: ['It has no patient number.'] }),
    });
    expect(await stateOf(db(), dead)).toMatchObject({ state: 'done', doubts: ['It has no patient number.'] });
    expect(await retryDeadLetter(db(), source, dead)).toBe(false);
    expect(await releaseDeadLetter(db(), source, broken, { by: 'operator', reason: 'A test message.' })).toBe(true);
    expect((await stateOf(db(), broken)).reason).toMatch(/Released: A test message\.$/);
  });

  it('what its source says now to be somebody else’s leaves the record that it stood in', async () => {
    const mrn = fresh();
    await keep(db(), { pieces: [person(mrn), visit(mrn, mrn, '2026-11-02T10:00:00Z', stay(mrn, mrn))] }, mrn);
    await workThrough(db());
    const other: Patient = { ...patient(mrn), name: [{ family: 'Smith', given: ['John'] }], birthDate: '1990-01-01' };
    const corrected = await keep(
      db(),
      {
        pieces: [
          { ...person(mrn), resources: [other] },
          visit(mrn, mrn, '2026-11-02T11:00:00Z', stay(mrn, mrn, 'finished')),
        ],
      },
      mrn,
    );
    await workThrough(db());
    expect((await stateOf(db(), corrected)).reason).toMatch(/^Patient: Its local id was another person before/);
    expect((await rowOf(db(), 'Encounter', mrn))?.mask).toBeGreaterThan(0);
  });

  it('a report that came before its visit is linked to it when that comes', async () => {
    const mrn = fresh();
    const report: FhirResource = {
      resourceType: 'DiagnosticReport',
      id: `${mrn}-report`,
      status: 'final',
      code: { text: 'Full blood count' },
      subject: { reference: `Patient/${mrn}` },
      encounter: { reference: `Encounter/${mrn}` },
    };
    const told = { subject: mrn, scope: 'report 1', name: 'state', at: '2026-11-02T10:00:00Z', resources: [report] };
    await keep(db(), { pieces: [person(mrn), told] }, mrn);
    await workThrough(db());
    expect((await rowOf(db(), 'DiagnosticReport', `${mrn}-report`))?.content).not.toContain('"reference":"Encounter/');
    await keep(db(), { pieces: [visit(mrn, mrn, '2026-11-02T11:00:00Z', stay(mrn, mrn))] }, mrn);
    await workThrough(db());
    expect((await rowOf(db(), 'DiagnosticReport', `${mrn}-report`))?.content).toContain(
      `"reference":"Encounter/${resourceId(source, 'Encounter', mrn)}"`,
    );
  });

  it('what could not be read about a person is said on their record, and on nobody else’s, until it is mended', async () => {
    const [concerned, other] = [fresh(), fresh()];
    await keep(db(), { pieces: [person(concerned)] }, concerned);
    await keep(db(), { pieces: [person(other)] }, other);
    const dead = await keep(db(), { unusable: 'A field is too long.' }, concerned);
    await workThrough(db());
    await setSourceState(db(), { source, name: 'Whittington Hospital records', status: 'ok' });
    const standing = async (mrn: string) => {
      const [found] = await findByLocalId(db(), source, mrn);
      return (await readSources(db(), found?.id)).find((state) => state.source === source);
    };
    expect(await standing(concerned)).toMatchObject({
      status: 'partial',
      message: 'Something it sent about this person could not be read.',
    });
    expect((await standing(other))?.status).toBe('ok');
    await releaseDeadLetter(db(), source, dead, { by: 'operator', reason: 'Sent again by the hospital.' });
    expect((await standing(concerned))?.status).toBe('ok');
  });

  it('a mapper that fails is told of, the message waits, and after eight tries it is a dead letter', async () => {
    const mrn = fresh();
    const seq = await keep(db(), { pieces: [person(mrn)] }, mrn);
    const failing = { ...testFormat(), tell: () => Promise.reject(new TypeError('x of Grace is undefined')) };
    expect((await workThrough(db(), failing)).map(({ name }) => name)).toEqual(['TypeError']);
    expect(await stateOf(db(), seq)).toMatchObject({
      state: 'waiting',
      reason: 'The hub failed on it 1 times: TypeError.',
    });
    for (let tries = 1; tries < 8; tries += 1) {
      await db().query('update inbox set due = now() where source = $1 and seq = $2', [source, seq]);
      await workThrough(db(), failing);
    }
    expect(await stateOf(db(), seq)).toMatchObject({ state: 'dead' });
  });

  it('a message that a mapper fails on, or that cannot be used, holds up none of those worked on with it', async () => {
    const people = Array.from({ length: 12 }, fresh);
    const seqs: number[] = [];
    for (const [place, mrn] of people.entries()) {
      const message = place === 3 ? { unusable: 'It says nothing.' } : { pieces: [person(mrn)] };
      seqs.push(await keep(db(), message, mrn));
    }
    const { tell, ...format } = testFormat();
    const failing: Format = {
      ...format,
      tell: (scope, ...rest) =>
        scope.subject === people[7] ? Promise.reject(new TypeError('no such field')) : tell(scope, ...rest),
    };
    expect((await workThrough(db(), failing)).map(({ name }) => name)).toEqual(['TypeError']);
    const states = await Promise.all(seqs.map(async (seq) => (await stateOf(db(), seq)).state));
    expect(states).toEqual(people.map((_, place) => (place === 3 ? 'dead' : place === 7 ? 'waiting' : 'done')));
    for (const [place, mrn] of people.entries()) {
      expect(await findByLocalId(db(), source, mrn)).toHaveLength(place === 3 || place === 7 ? 0 : 1);
    }
    await db().query(`update inbox set state = 'released' where source = $1 and seq = $2`, [source, seqs[7]]);
  });

  it('several messages of one person worked on together come to what each alone comes to, in whatever order (G52)', async () => {
    const times = ['10', '11', '12', '13'];
    const saidOnce = fc.record({
      of: fc.constantFrom('', '-old'),
      visit: fc.constantFrom('1', '2'),
      at: fc.constantFrom(...times),
      status: fc.constantFrom('planned', 'in-progress', 'finished', 'gone'),
    });
    const merge = fc.record({ kind: fc.constantFrom('merge', 'unmerge'), at: fc.constantFrom(...times) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(saidOnce, { minLength: 2, maxLength: 8 }),
        fc.array(merge, { maxLength: 2 }),
        async (said, links) => {
          const stands = async (together: boolean) => {
            const mrn = fresh();
            const messages: [TestMessage, string][] = [
              ...['', '-old'].map((of): [TestMessage, string] => [{ pieces: [person(`${mrn}${of}`)] }, `${mrn}${of}`]),
              ...said.map(({ of, visit: one, at, status }): [TestMessage, string] => {
                const [subject, id] = [`${mrn}${of}`, `${mrn}${of}-${one}`];
                const resources = status === 'gone' ? [] : [stay(id, subject, status)];
                return [
                  { pieces: [person(subject), visit(subject, id, `2026-11-02T${at}:00:00Z`, ...resources)] },
                  subject,
                ];
              }),
              ...links.map(({ kind, at }): [TestMessage, string] => [
                { links: [{ kind, keep: mrn, gone: `${mrn}-old`, at: `2026-11-02T${at}:30:00Z` }] },
                mrn,
              ]),
            ];
            const seqs: number[] = [];
            for (const [message, subject] of messages) seqs.push(await keep(db(), message, subject));
            const outcomes: string[] = [];
            for (const some of together ? [seqs] : seqs.map((seq) => [seq]))
              outcomes.push(...(await workOn(db(), { 'hl7-v2': testFormat() }, source, some)));
            expect(new Set(outcomes)).toEqual(new Set(['done']));
            await workThrough(db());
            const ids = ['-1', '-2', '-old-1', '-old-2'].map((end) => resourceId(source, 'Encounter', `${mrn}${end}`));
            const rows = await db().query<{ person: string; id: string; content: string }>(
              `select patient as person, id, content from resource where type = 'Encounter' and mask = 0 and id = any($1::text[])`,
              [ids],
            );
            const kept = (await findByLocalId(db(), source, mrn))[0]?.id;
            return rows
              .map(({ person: whose, id, content }) => {
                const { status, period } = JSON.parse(content) as Encounter;
                return JSON.stringify([ids.indexOf(id), whose === kept, status, period]);
              })
              .toSorted();
          };
          expect(await stands(true)).toEqual(await stands(false));
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);

  it('where something is refused of what several messages said of one person, that one alone is a dead letter', async () => {
    const mrn = fresh();
    const misfit = { resourceType: 'Encounter', id: `${mrn}-bad`, status: 7 } as unknown as Encounter;
    const seqs = [
      await keep(
        db(),
        { pieces: [person(mrn), visit(mrn, `${mrn}-1`, '2026-11-02T10:00:00Z', stay(`${mrn}-1`, mrn))] },
        mrn,
      ),
      await keep(db(), { pieces: [visit(mrn, `${mrn}-bad`, '2026-11-02T10:00:00Z', misfit)] }, mrn),
      await keep(db(), { pieces: [visit(mrn, `${mrn}-2`, '2026-11-02T10:00:00Z', stay(`${mrn}-2`, mrn))] }, mrn),
    ];
    await expect(workOn(db(), { 'hl7-v2': testFormat() }, source, seqs)).rejects.toThrow('refused');
    expect(await workThrough(db())).toEqual([]);
    const states = await Promise.all(seqs.map((seq) => stateOf(db(), seq)));
    expect(states.map(({ state }) => state)).toEqual(['done', 'dead', 'done']);
    for (const id of [`${mrn}-1`, `${mrn}-2`]) expect(await rowOf(db(), 'Encounter', id)).toMatchObject({ mask: 0 });
  });

  it('records that their system merges become one person before either was told, and are taken apart again', async () => {
    const [keepId, goneId] = [fresh(), fresh()];
    await keep(db(), { links: [{ kind: 'merge', keep: keepId, gone: goneId, at: '2026-11-02T12:00:00Z' }] }, keepId);
    await keep(
      db(),
      { pieces: [person(keepId), visit(keepId, keepId, '2026-11-02T10:00:00Z', stay(keepId, keepId))] },
      keepId,
    );
    await keep(
      db(),
      { pieces: [person(goneId), visit(goneId, goneId, '2026-11-02T10:00:00Z', stay(goneId, goneId))] },
      goneId,
    );
    await workThrough(db());
    const one = await findByLocalId(db(), source, keepId);
    expect(await findByLocalId(db(), source, goneId)).toEqual(one);
    expect((await rowOf(db(), 'Encounter', goneId))?.patient).toBe((await rowOf(db(), 'Encounter', keepId))?.patient);

    await keep(db(), { links: [{ kind: 'unmerge', keep: keepId, gone: goneId, at: '2026-11-02T13:00:00Z' }] }, keepId);
    await workThrough(db());
    expect((await rowOf(db(), 'Encounter', goneId))?.patient).not.toBe(
      (await rowOf(db(), 'Encounter', keepId))?.patient,
    );
    // Told again, the merge that was undone stays undone.
    await keep(db(), { pieces: [person(goneId)] }, goneId);
    await workThrough(db());
    expect((await rowOf(db(), 'Encounter', goneId))?.patient).not.toBe(
      (await rowOf(db(), 'Encounter', keepId))?.patient,
    );
  });

  it.each([
    ['two people before', undefined, 'Grace'],
    ['one', '9990000018', 'Unknown'],
  ])('a record that gave way names the person no more, whether they were %s', async (_what, nhs, called) => {
    const [goneId, keepId] = [`a${fresh()}`, `b${fresh()}`];
    const calledBy = (id: string, given: string) => ({
      ...person(id, nhs),
      resources: [{ ...patient(id, nhs), name: [{ use: 'official' as const, family: 'Okafor', given: [given] }] }],
    });
    await keep(db(), { pieces: [calledBy(goneId, 'Unknown')] }, goneId);
    await keep(db(), { pieces: [calledBy(keepId, 'Grace')] }, keepId);
    await workThrough(db());
    const before = await findByLocalId(db(), source, keepId);
    expect(before[0]?.name).toContain(called);
    expect((await findByLocalId(db(), source, goneId))[0]?.id === before[0]?.id).toBe(nhs !== undefined);
    const told = async (kind: 'merge' | 'unmerge', at: string) => {
      await keep(db(), { links: [{ kind, keep: keepId, gone: goneId, at }] }, keepId);
      await workThrough(db());
      return (await findByLocalId(db(), source, keepId))[0]?.name;
    };
    expect(await told('merge', '2026-11-02T12:00:00Z')).toContain('Grace');
    expect(await told('unmerge', '2026-11-02T13:00:00Z')).toContain(called);
  });

  it('a stay that began under a number that gave way ends under the one that was kept, and is one', async () => {
    const [kept, gone, number] = [fresh(), fresh(), fresh()];
    const said = (of: string, at: string, status: Encounter['status']) => ({
      ...visit(of, number, at, stay(number, kept, status)),
      name: status,
    });
    // The fold of this test's format is the last word.
    const last: Format = {
      ...testFormat(),
      tell: ({ subject }, pieces) => {
        const resources = pieces.flatMap(({ content }) => JSON.parse(content) as FhirResource[]).slice(-1);
        return Promise.resolve({
          resources: resources.map((resource) =>
            resource.resourceType === 'Encounter'
              ? { ...resource, id: `${subject}-${number}`, subject: { reference: `Patient/${subject}` } }
              : resource,
          ),
          doubts: [],
        });
      },
    };
    await keep(db(), { pieces: [person(kept)] }, kept);
    await keep(db(), { pieces: [person(gone), said(gone, '2026-11-02T10:00:00Z', 'in-progress')] }, gone);
    expect(await workThrough(db(), last)).toEqual([]);
    await keep(db(), { links: [{ kind: 'merge', keep: kept, gone, at: '2026-11-02T12:00:00Z' }] }, kept);
    expect(await workThrough(db(), last)).toEqual([]);
    expect((await rowOf(db(), 'Encounter', `${kept}-${number}`))?.content).toContain('"in-progress"');
    expect((await rowOf(db(), 'Encounter', `${gone}-${number}`))?.mask).toBeGreaterThan(0);
    await keep(db(), { pieces: [person(kept), said(kept, '2026-11-02T13:00:00Z', 'finished')] }, kept);
    expect(await workThrough(db(), last)).toEqual([]);
    expect((await rowOf(db(), 'Encounter', `${kept}-${number}`))?.content).toContain('"finished"');
    // One that comes late, under the old number, is still the same stay's.
    await keep(db(), { pieces: [person(gone), said(gone, '2026-11-02T09:00:00Z', 'planned')] }, gone);
    expect(await workThrough(db(), last)).toEqual([]);
    expect(await rowOf(db(), 'Encounter', `${kept}-${number}`)).toMatchObject({ mask: 0 });
    expect((await rowOf(db(), 'Encounter', `${gone}-${number}`))?.mask).toBeGreaterThan(0);

    await keep(db(), { links: [{ kind: 'unmerge', keep: kept, gone, at: '2026-11-02T14:00:00Z' }] }, kept);
    expect(await workThrough(db(), last)).toEqual([]);
    expect((await rowOf(db(), 'Encounter', `${gone}-${number}`))?.content).toContain('"in-progress"');
    expect((await rowOf(db(), 'Encounter', `${kept}-${number}`))?.content).toContain('"finished"');
  });

  it('a file about many people is taken apart and told one person at a time', async () => {
    const many = Array.from({ length: 60 }, fresh);
    const seq = await keep(db(), {
      pieces: many.flatMap((mrn) => [person(mrn), visit(mrn, mrn, '2026-11-02T10:00:00Z', stay(mrn, mrn))]),
    });
    await workThrough(db());
    expect(await stateOf(db(), seq)).toMatchObject({ state: 'done' });
    for (const mrn of many) expect(await rowOf(db(), 'Encounter', mrn)).toBeDefined();
  });

  it('what was odd in a part of a person’s file is kept with that part, until it is told otherwise', async () => {
    const mrn = fresh();
    const { tell, ...format } = testFormat();
    const odd = (words: string): Format => ({
      ...format,
      tell: async (scope, ...rest) => ({
        ...(await tell(scope, ...rest)),
        doubts: scope.scope.startsWith('visit') ? [`${words} in ${scope.scope.slice(-1)}`] : [],
      }),
    });
    const visits = (at: string, status: Encounter['status'], ...names: string[]) =>
      names.map((name) => visit(mrn, `${mrn}-${name}`, at, stay(`${mrn}-${name}`, mrn, status)));
    const doubts = async () => {
      const rows = await db().query<{ doubts: string[] }>(
        `select doubts from feed_scope where source = $1 and subject = $2 and scope like 'visit %' order by scope`,
        [source, mrn],
      );
      return rows.map((row) => row.doubts.filter((doubt) => doubt.includes(' in ')));
    };
    await keep(db(), { pieces: [person(mrn), ...visits('2026-11-02T10:00:00Z', 'planned', 'a', 'b')] });
    await workThrough(db(), odd('An odd code'));
    expect(await doubts()).toEqual([['An odd code in a'], ['An odd code in b']]);
    await keep(db(), { pieces: visits('2026-11-02T11:00:00Z', 'finished', 'a') });
    await workThrough(db(), odd('An odd day'));
    expect(await doubts()).toEqual([['An odd day in a'], ['An odd code in b']]);
  });

  it('told again a span of the inbox changes nothing, and repairs the record when the mapper has learnt', async () => {
    const mrn = fresh();
    const from = await keep(
      db(),
      { pieces: [person(mrn), visit(mrn, mrn, '2026-11-02T10:00:00Z', stay(mrn, mrn))] },
      mrn,
    );
    const to = await keep(db(), { pieces: [visit(mrn, mrn, '2026-11-02T11:00:00Z', stay(mrn, mrn, 'finished'))] }, mrn);
    await workThrough(db());
    const before = await rowOf(db(), 'Encounter', mrn);
    expect(await replay(db(), source, from, to)).toBe(2);
    await workThrough(db());
    expect(await rowOf(db(), 'Encounter', mrn)).toEqual(before);

    await replay(db(), source, from, to);
    const better = testFormat((resource) =>
      resource.resourceType === 'Encounter' ? { ...resource, reasonCode: [{ text: 'Fall' }] } : resource,
    );
    await workThrough(db(), better);
    expect((await rowOf(db(), 'Encounter', mrn))?.content).toContain('"Fall"');
  });
});
