import { describe, expect, it } from 'vitest';
import type { Denial } from '../access.ts';
import { labelBits } from '../labels.ts';
import { accessOf } from '../testing.ts';

const denial = (of: Partial<Denial>): Denial => ({
  toOrganisation: undefined,
  fromSource: undefined,
  kind: undefined,
  ...of,
});
const kept = (of: Partial<Denial>, facts: Parameters<typeof accessOf>[0] = {}) =>
  accessOf({ ...facts, denials: [denial(of)] });

describe('What the person keeps back', () => {
  it('is everything but who they are, by a whole opt-out, with a notice', () => {
    expect(kept({}).onlyTypes).toEqual(['Patient']);
    expect(accessOf().onlyTypes).toBeUndefined();
  });

  it('is kept from one organisation and its sites, from no other, and from whoever states none', () => {
    const from = (organisation: string) => kept({ toOrganisation: 'RKE' }, { organisation }).onlyTypes !== undefined;
    expect(['RKE', 'rke', 'RKEQ4', ' RKE '].map(from)).toEqual([true, true, true, true]);
    expect(['RRV', 'F83063'].map(from)).toEqual([false, false]);
    expect(from('')).toBe(true);
  });

  it('is a kind: mental and sexual health by their labels, social care by who told it, and the rest', () => {
    expect(kept({ kind: 'mental' }).denied & labelBits.mental).not.toBe(0);
    expect(kept({ kind: 'mental' }).unsaid & labelBits.mental).toBe(0);
    expect(kept({ kind: 'social' }).deniedSources).toEqual(['liquidlogic']);
    expect(kept({ kind: 'general' })).toMatchObject({ general: false, deniedSources: [] });
  });

  it('is what one source says, or one kind of it', () => {
    expect(kept({ fromSource: 'carecast' }).deniedSources).toEqual(['carecast']);
    expect(kept({ fromSource: 'emis', kind: 'mental' })).toMatchObject({
      deniedSources: [],
      deniedInPart: [{ source: 'emis', bits: labelBits.mental, general: false }],
    });
    expect(kept({ fromSource: 'liquidlogic', kind: 'social' }).deniedSources).toEqual(['liquidlogic']);
    expect(kept({ fromSource: 'emis', kind: 'social' })).toEqual(accessOf());
  });

  it('adds up: two choices keep back what each does', () => {
    const access = accessOf({ denials: [denial({ kind: 'sexual' }), denial({ fromSource: 'adastra' })] });
    expect(access.denied & labelBits.sexual).not.toBe(0);
    expect(access.deniedSources).toEqual(['adastra']);
  });

  it('is never kept from themself', () => {
    expect(kept({}, { role: 'person', ground: 'self' })).toEqual(accessOf({ role: 'person', ground: 'self' }));
  });

  it('is opened by a broken glass, where the policy gives the role one, and by nothing else', () => {
    const glass = { brokeGlass: true };
    expect(kept({}, glass)).toMatchObject({ onlyTypes: undefined, brokeGlass: true });
    expect(kept({ kind: 'social' }, glass).deniedSources).toEqual([]);
    expect(kept({}, glass).denied & (labelBits.veryRestricted | labelBits.legal)).not.toBe(0);
    expect(kept({}, { ...glass, role: 'R8010' })).toMatchObject({ onlyTypes: ['Patient'], brokeGlass: false });
  });
});

describe('Without a ground', () => {
  it('a clinician is given who the person is; with one declared, the record', () => {
    expect(accessOf({ ground: 'none' }).onlyTypes).toEqual(['Patient']);
    expect(accessOf({ ground: 'absent' }).onlyTypes).toBeUndefined();
  });

  it('nobody passes for the person or for a service by the role that a launch states', () => {
    for (const role of ['person', 'service'])
      expect(accessOf({ role, ground: 'system' }).onlyTypes).toEqual(['Patient']);
  });
});
