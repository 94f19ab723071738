import { expect, it } from 'vitest';
import { resolvePatient } from '../hub/auth/launch-patient.ts';
import { eachEngine } from '../hub/store/testing.ts';
import { demonstrationPeople } from '../mocks/borough/demonstration.ts';
import { makeBorough } from '../mocks/borough/make.ts';
import { loadDecisions } from './load-decisions.ts';
import { sendBorough } from './send-borough.ts';

const now = new Date('2026-11-23T10:00:00Z');
const whole = makeBorough({ people: 0, seed: 206_000, now });
/** The people of the demonstration but for two whose long records are mostly more of the same. */
const borough = {
  ...whole,
  lives: whole.lives.filter(({ person }) => !/Campbell|Ahmed/.test(person.names[0]?.family ?? '')),
};

eachEngine('the borough as its five systems send it', ({ db }) => {
  it('is taken whole, and everybody is opened from each system that knows them', async () => {
    await sendBorough(db(), borough);
    await loadDecisions(db(), now);
    const sent = new Set(borough.lives.map(({ person }) => person.nhsNumber));
    for (const { name, nhsNumber, systems } of demonstrationPeople(now).filter((one) => sent.has(one.nhsNumber))) {
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
