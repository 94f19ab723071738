import type { FhirResource } from 'fhir/r4';
import { expect, it } from 'vitest';
import type { Format } from '../feeds/format.ts';
import { keepMessage } from '../feeds/inbox/keep.ts';
import { testFormat } from '../feeds/inbox/testing-format.ts';
import { workThrough } from '../feeds/inbox/testing-worker.ts';
import { eachEngine } from '../store/testing.ts';
import { notTold, takenWithDoubts } from './doubts.ts';
import { deadLetters, lookAtSources } from './look.ts';
import { mostListed } from './page-parts.ts';
import { setSourceState } from '../store/sources.ts';

const ofPerson = (subject: string, ...more: unknown[]) => ({
  subject,
  scope: 'person',
  name: 'row',
  at: undefined,
  resources: [{ resourceType: 'Patient', id: subject, name: [{ family: 'Okafor' }] }, ...more] as FhirResource[],
});

eachEngine('what a file left for later', ({ db }) => {
  it('is told to the operator where it was doubtful, and where it could not be told, and never of whom', async () => {
    let doubt: string[] = ['A date has a month 13.'];
    const format: Format = {
      ...testFormat(),
      tell: async (scope, pieces, shared) => {
        const { resources } = await testFormat().tell(scope, pieces, shared);
        return { resources, doubts: scope.subject === '4711' ? doubt : [] };
      },
    };
    let files = 0;
    const file = async (...pieces: ReturnType<typeof ofPerson>[]) => {
      files += 1;
      const { seq } = await keepMessage(db(), {
        source: 'liquidlogic',
        organisation: '706',
        format: 'hl7-v2',
        label: `day ${files}`,
        receivedAt: new Date().toISOString(),
        bytes: Buffer.from(JSON.stringify({ pieces })),
        subject: undefined,
      });
      expect(await workThrough(db(), { 'hl7-v2': format })).toEqual([]);
      return seq;
    };
    await setSourceState(db(), { source: 'liquidlogic', name: 'Council', status: 'ok' });
    const first = await file(ofPerson('4711'), ofPerson('4712', { resourceType: 'Observation', id: 'o' }));
    expect(await takenWithDoubts(db())).toMatchObject([{ source: 'liquidlogic', seq: first, why: doubt }]);
    const missing = await notTold(db());
    expect(missing).toMatchObject([
      { source: 'liquidlogic', seq: first, why: [expect.stringMatching(/^Observation: /)] },
    ]);
    expect((await lookAtSources(db())).map(({ doubted }) => doubted)).toEqual([1]);
    expect(JSON.stringify([await takenWithDoubts(db()), missing])).not.toMatch(/471[12]|Okafor/);

    // The same again is not looked through again; what comes right is doubtful and missing no more.
    await file(ofPerson('4711'));
    expect(await takenWithDoubts(db())).toHaveLength(1);
    doubt = [];
    await file(
      ofPerson('4711', {
        resourceType: 'Flag',
        id: 'f',
        status: 'active',
        code: { text: 'Dog' },
        subject: { reference: 'Patient/4711' },
      }),
      ofPerson('4712'),
    );
    expect([await takenWithDoubts(db()), await notTold(db())]).toEqual([[], []]);
  });
});

eachEngine('an operator who comes back after a bad night', ({ db }) => {
  it('is told since when people of a file wait, and reads one more than a page lists, so that it can say so', async () => {
    await setSourceState(db(), { source: 'emis', name: 'GP', status: 'ok' });
    await db().query(
      `insert into feed_scope (source, subject, scope, organisation, format, waiting)
       values ('emis', '4711', 'person', 'F83004', 'emis-csv', '2026-11-02T03:00:00Z')`,
    );
    expect(await lookAtSources(db())).toMatchObject([{ waiting: 0, people: 1, oldest: '2026-11-02T03:00:00.000Z' }]);
    await db().query(
      `insert into inbox (source, organisation, format, label, received, digest, bytes, state, reason, doubts)
       select 'emis', 'F83004', 'emis-csv', n::text, timestamptz '2026-11-02T04:00:00Z' + n * interval '1 second', n::text,
         ''::bytea, 'dead', 'It is cut short.', array['A cell has no text.']
       from generate_series(1, ${mostListed + 50}) as n`,
    );
    expect(await deadLetters(db())).toHaveLength(mostListed + 1);
    const doubted = await takenWithDoubts(db());
    expect(doubted).toHaveLength(mostListed + 1);
    expect(doubted[0]?.at).toBe('2026-11-02T04:04:10.000Z');
    // The message came after the file that people wait of: the file's is the older.
    await db().query(`update inbox set state = 'waiting' where label = '1'`);
    expect(await lookAtSources(db())).toMatchObject([{ waiting: 1, people: 1, oldest: '2026-11-02T03:00:00.000Z' }]);
  });
});
