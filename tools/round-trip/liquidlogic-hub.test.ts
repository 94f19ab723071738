import { expect, it } from 'vitest';
import { deletedBit } from '../../hub/access/labels.ts';
import { formatNames } from '../../hub/feeds/format.ts';
import { formats } from '../../hub/feeds/formats.ts';
import { keepMessage } from '../../hub/feeds/inbox/keep.ts';
import { workThrough } from '../../hub/feeds/inbox/testing-worker.ts';
import { eachEngine } from '../../hub/store/testing.ts';
import { makeBorough } from '../../mocks/borough/make.ts';
import { writeLiquidlogic } from '../../mocks/writers/liquidlogic/liquidlogic.ts';
import { writeLiquidlogicNative } from '../../mocks/writers/liquidlogic/native/native.ts';

const borough = makeBorough({ people: 120, seed: 7, now: new Date('2026-11-21T12:00:00Z') });
const truth = borough.lives.flatMap((life) => writeLiquidlogic(life, borough) ?? []);

eachEngine('the council’s files in the hub’s store', ({ db }) => {
  it('are all taken, nothing of them is refused, and every true item is there once', async () => {
    for (const { source, format: name, label, at, bytes, subject } of writeLiquidlogicNative(borough)) {
      const format = formatNames.find((each) => each === name) ?? 'client-level-data';
      const receivedAt = new Date(at).toISOString();
      await keepMessage(db(), { source, organisation: '706', format, label, receivedAt, bytes, subject });
    }
    expect(await workThrough(db(), formats)).toEqual([]);
    expect(await db().query(`select seq from inbox where state <> 'done'`)).toEqual([]);
    expect(await db().query(`select subject from feed_scope where waiting is not null or problem is not null`)).toEqual(
      [],
    );

    const rows = await db().query<{ type: string; count: string | number }>(
      `select type, count(*) as count from resource
       where source = 'liquidlogic' and origin like 'liquidlogic|706-%' and (mask & $1::integer) = 0 group by type`,
      [deletedBit],
    );
    // A carer's line has a support reason of its own; the people are kept with the people of the hub.
    const counted = (counts: Iterable<readonly [string, number]>) =>
      new Map([...counts].filter(([type]) => type !== 'Condition' && type !== 'Patient'));
    const items = Map.groupBy(
      truth.flatMap(({ resources }) => resources),
      ({ resourceType }) => resourceType,
    );
    expect(counted(rows.map(({ type, count }) => [type, Number(count)] as const))).toEqual(
      counted([...items].map(([type, all]) => [type, all.length] as const)),
    );
    const people = await db().query(`select 1 from source_patient where source = 'liquidlogic'`);
    expect(people).toHaveLength(truth.length);
  });
});
