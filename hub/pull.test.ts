import type { FhirResource } from 'fhir/r4';
import { expect, it } from 'vitest';
import { deletedBit } from './access/labels.ts';
import { gpConnect } from './feeds/emis/gp-connect/gp-connect.ts';
import type { PullFeed } from './feeds/emis/gp-connect/pull-into.ts';
import { practiceSystem } from './feeds/emis/gp-connect/testing-practice.ts';
import { bundle, practice, wholeRecord } from './feeds/emis/gp-connect/testing-record.ts';
import { keepMessage } from './feeds/inbox/keep.ts';
import { workThrough } from './feeds/inbox/testing-worker.ts';
import { watchSources } from './feeds/sources/watch.ts';
import { pullAll } from './pull.ts';
import { readSources } from './store/sources.ts';
import { eachEngine } from './store/testing.ts';

const number = '9990000018';
const practitioner = {
  id: 'eansah',
  family: 'Ansah',
  given: 'Efua',
  sdsUserId: 'UNK',
  sdsRoleProfileId: 'UNK',
  local: { system: 'https://hub.example/users', value: 'eansah' },
};

const asked = {
  source: 'emis',
  organisation: practice,
  format: 'gp-connect',
  arrives: 'live',
  promiseMinutes: 1440,
  receiver: {
    kind: 'pull',
    asid: '200000000116',
    ownAsid: '200000000115',
    requester: { ods: 'RRV', name: 'University College London Hospitals' },
  },
} as const;

/** The practice's record as it would put it together now. */
const recordNow = () =>
  bundle(
    wholeRecord().map((one) => (one['resourceType'] === 'List' ? { ...one, date: new Date().toISOString() } : one)),
  );
const noConsent = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'not-found', details: { coding: [{ code: 'NO_PATIENT_CONSENT' }] } }],
};

eachEngine('a practice that is asked for a person’s record', ({ db }) => {
  it('is told of in full, or as a gap in words, and a refusal stands until the practice takes it back', async () => {
    let answer: { status: number; body: object } | 'silence' = { status: 200, body: {} };
    const { base, seen } = await practiceSystem((response) => {
      if (answer === 'silence') return;
      response.writeHead(answer.status, { 'content-type': 'application/fhir+json' });
      response.end(JSON.stringify(answer.body));
    });
    const feed: PullFeed = { ...asked, receiver: { ...asked.receiver, base } };
    const ask = async (given: typeof answer) => {
      answer = given;
      const said: string[] = [];
      const by = { practitioner, issuer: 'https://hub.example', timeoutMs: given === 'silence' ? 200 : 10_000 };
      const code = await pullAll(db(), feed, [number], by, (line) => said.push(line));
      expect(await workThrough(db(), { 'gp-connect': gpConnect })).toEqual([]);
      expect(said.join()).not.toContain(number);
      return { code, said: said.join() };
    };
    const standing = async () => {
      const rows = await db().query<{ content: string }>(
        'select content from resource where (mask & $1::integer) = 0 order by type, id',
        [deletedBit],
      );
      const resources = rows.map(({ content }) => JSON.parse(content) as FhirResource);
      return {
        visits: resources.filter(({ resourceType }) => resourceType === 'Encounter').length,
        notices: resources.flatMap((one) =>
          one.resourceType === 'List' && one.title === 'GP record' ? (one.note ?? []).map(({ text }) => text) : [],
        ),
      };
    };
    const heardAt = async () => {
      await watchSources(db(), [feed], Date.now());
      return (await readSources(db())).find(({ source }) => source === 'emis')?.asAt ?? '';
    };
    const noAnswer = [expect.stringMatching(/gave no answer that could be used\. What it sent before is shown/)];
    const refused = [expect.stringMatching(/^The GP record is not shown/)];

    // Of somebody it never told of there is nothing to put a gap on: whoever asked is told.
    expect(await ask('silence')).toEqual({
      code: 1,
      said: expect.stringMatching(/^line 1: failed, nothing was kept, .* did not answer in time\.$/),
    });
    expect(await ask({ status: 200, body: recordNow() })).toMatchObject({ code: 0 });
    const { visits, notices } = await standing();
    expect([visits > 0, notices]).toEqual([true, []]);

    const heard = await heardAt();
    expect(heard).not.toBe('');
    expect(await ask('silence')).toMatchObject({ code: 1 });
    expect(await standing()).toEqual({ visits, notices: noAnswer });
    // Asking in vain is no sign of life: the practice falls late for everybody else too.
    expect(await heardAt()).toBe(heard);
    await ask({ status: 200, body: recordNow() });
    expect(await standing()).toEqual({ visits, notices: [] });
    expect((await heardAt()) > heard).toBe(true);

    await ask({ status: 403, body: noConsent });
    expect(await standing()).toEqual({ visits: 0, notices: refused });
    // A practice that is silent after that has not changed its mind (leaked record).
    await ask('silence');
    expect(await standing()).toEqual({ visits: 0, notices: refused });
    await ask({ status: 200, body: recordNow() });
    expect(await standing()).toEqual({ visits, notices: [] });

    const audited = await db().query<{ user_id: string; patient: string }>(
      `select user_id, patient from audit where action = 'pull-record' order by at`,
    );
    expect(audited).toHaveLength(seen.length);
    expect(new Set(audited.map((line) => line.user_id))).toEqual(new Set(['eansah']));
  });

  it('is known for each person to its last answer about them, however lately it told of somebody else', async () => {
    const feed: PullFeed = { ...asked, receiver: { ...asked.receiver, base: 'http://127.0.0.1:9' } };
    const [known] = await db().query<{ person: string; local: string }>(
      `select person, local_id as local from source_patient where source = 'emis'`,
    );
    const stands = async (feeds: PullFeed[], person?: string) => {
      await watchSources(db(), feeds, Date.now());
      return (await readSources(db(), person)).find(({ source }) => source === 'emis');
    };
    const lastAnswer = async (ago: string) => {
      await db().query(
        `update inbox set received = date_trunc('milliseconds', now()) - $1::interval where source = 'emis' and subject = $2`,
        [ago, known?.local],
      );
      const [row] = await db().query<{ at: string }>(`select max(received) as at from inbox where subject = $1`, [
        known?.local,
      ]);
      return row?.at ?? '';
    };
    await keepMessage(db(), {
      source: feed.source,
      organisation: feed.organisation,
      format: feed.format,
      label: 'somebody else',
      receivedAt: new Date().toISOString(),
      bytes: Buffer.from('{}'),
      subject: 'somebody-else',
    });
    await db().query(`update inbox set state = 'done' where subject = 'somebody-else'`);

    const recent = await lastAnswer('2 hours');
    expect(await stands([feed], known?.person)).toMatchObject({ status: 'ok', asAt: recent });
    const long = await lastAnswer('3 days');
    expect(await stands([feed], known?.person)).toMatchObject({
      status: 'late',
      asAt: long,
      since: new Date(Date.parse(long) + feed.promiseMinutes * 60_000).toISOString(),
    });
    const others = await stands([feed], 'nobody-it-told-of');
    expect(others).toMatchObject({ status: 'ok' });
    expect(Date.parse(others?.asAt ?? '')).toBeGreaterThan(Date.parse(long));
    // Of a person whose choice keeps the source back nothing is said about it but how it stands.
    const kept = (await readSources(db(), known?.person, () => false)).find(({ source }) => source === 'emis');
    expect(kept).toEqual(others);
    // A practice that came to send by itself is known by what it sends.
    expect(await stands([], known?.person)).toMatchObject({ status: 'ok', asAt: others?.asAt });
  });
});
