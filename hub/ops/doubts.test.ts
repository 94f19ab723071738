import type { FhirResource } from 'fhir/r4';
import { expect, it } from 'vitest';
import type { Format } from '../feeds/format.ts';
import { keepMessage } from '../feeds/inbox/keep.ts';
import { testFormat } from '../feeds/inbox/testing-format.ts';
import { workThrough } from '../feeds/inbox/testing-worker.ts';
import { eachEngine } from '../store/testing.ts';
import { notTold, takenWithDoubts } from './doubts.ts';
import { lookAtSources } from './look.ts';
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
