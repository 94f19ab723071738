import { expect, it } from 'vitest';
import { resolvePatient } from '../hub/auth/launch-patient.ts';
import { eachEngine } from '../hub/store/testing.ts';
import { demonstrationPeople } from '../mocks/borough/demonstration.ts';
import { makeBorough } from '../mocks/borough/make.ts';
import { loadDecisions } from './load-decisions.ts';
import { sendBorough } from './send-borough.ts';

const now = new Date('2026-11-23T10:00:00Z');
/** The people of the demonstration, and the households that they live in. */
const borough = makeBorough({ people: 0, seed: 206_000, now });

eachEngine('the borough as its five systems send it', ({ db }) => {
  it('is taken whole, and everybody is opened from each system that knows them', async () => {
    await sendBorough(db(), borough);
    await loadDecisions(db(), now);
    for (const { name, nhsNumber, systems } of demonstrationPeople(now)) {
      const found = await Promise.all(systems.map((system) => resolvePatient(db(), system, { nhsNumber })));
      expect(new Set(found.map((one) => ('id' in one ? one.id : one.refusal))).size, name).toBe(1);
      expect(
        found.every((one) => 'id' in one),
        name,
      ).toBe(true);
    }
    const told = await db().query<{ source: string }>('select distinct source from resource order by source');
    expect(told.map(({ source }) => source)).toEqual([
      'adastra',
      'care-timeline',
      'carecast',
      'emis',
      'hub',
      'liquidlogic',
      'patient',
      'system-c',
    ]);
  }, 240_000);
});
