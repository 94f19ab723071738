import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRollout, rolloutSettings } from './read-rollout.ts';
import { includesPerson, includesUser, phaseAt, type Rollout } from './rollout.ts';

const rollout: Rollout = {
  askWhom: 'the digital team',
  phases: [
    { name: 'everybody', from: '2027-03-01' },
    {
      name: 'the first phase',
      from: '2026-12-01',
      organisations: ['F83063'],
      users: ['555000000077'],
      people: new Set(['9990000018']),
    },
  ],
};
const at = (iso: string) => phaseAt(rollout, new Date(iso));

describe('coming into use, phase after phase', () => {
  it('begins on London’s day, and the phase that began last is in force', () => {
    expect(at('2026-11-30T23:59:59Z')).toBeUndefined();
    expect(at('2026-12-01T00:00:00Z')?.name).toBe('the first phase');
    expect(at('2027-02-28T23:59:59Z')?.name).toBe('the first phase');
    expect(at('2027-03-01T00:00:00Z')?.name).toBe('everybody');
    // In summer London's midnight is an hour before UTC's.
    const summer: Rollout = { askWhom: '', phases: [{ name: 'summer', from: '2027-06-01' }] };
    expect(phaseAt(summer, new Date('2027-05-31T23:00:00Z'))?.name).toBe('summer');
    expect(phaseAt(summer, new Date('2027-05-31T22:59:59Z'))).toBeUndefined();
  });

  it('takes staff of its organisations, and users it names, and everybody where it names neither', () => {
    const [all, first] = rollout.phases;
    if (all === undefined || first === undefined) throw new Error('no phases');
    expect(includesUser(first, { id: '555000000001', organisation: 'F83063' })).toBe(true);
    expect(includesUser(first, { id: '555000000077', organisation: 'RKE' })).toBe(true);
    expect(includesUser(first, { id: '555000000099', organisation: 'RKE' })).toBe(false);
    expect(includesUser({ name: '', users: ['a'] }, { id: 'b', organisation: 'a' })).toBe(false);
    expect(includesUser(all, { id: 'anybody', organisation: 'anywhere' })).toBe(true);
    expect([includesPerson(first, '9990000018'), includesPerson(first, '9990000026')]).toEqual([true, false]);
    expect([includesPerson(first, undefined), includesPerson(all, undefined)]).toEqual([false, true]);
  });

  it('reads its people from a file, and starts with none that holds anything else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-'));
    const read = (text: string) => {
      writeFileSync(join(folder, 'people.txt'), text);
      const settings = rolloutSettings.parse({ askWhom: 'us', phases: [{ name: 'one', people: 'people.txt' }] });
      return readRollout(folder, settings)?.phases[0]?.people;
    };
    expect(read('# one practice\n999 000 0018\r\n\n9990000026\n')).toEqual(new Set(['9990000018', '9990000026']));
    expect(() => read('9990000018\n9990000019\n')).toThrow(/people\.txt cannot be used: line 2 is no NHS number/);
    expect(() => read('9990000018\n9990000034x\n')).not.toThrow(/9990000034/);
    expect(() => read('\n')).toThrow('names nobody');
    const absent = rolloutSettings.parse({ askWhom: 'us', phases: [{ name: 'one', people: 'nowhere.txt' }] });
    expect(() => readRollout(folder, absent)).toThrow('cannot be read');
  });

  it.each([
    [{ askWhom: 'us', phases: [] }],
    [{ askWhom: 'us', phases: [{ name: 'one', from: '2026-13-01' }] }],
    [{ askWhom: 'us', phases: [{ name: 'one' }, { name: 'two' }] }],
    [{ phases: [{ name: 'one' }] }],
    [{ askWhom: 'us', phases: [{ name: 'one', organisation: ['RKE'] }] }],
  ])('is refused when it is not as it should be: %j', (settings) => {
    expect(rolloutSettings.safeParse(settings).success).toBe(false);
  });
});
