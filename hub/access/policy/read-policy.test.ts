import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { roleGroupOf } from './policy.ts';
import { parsePolicy, readPolicy } from './read-policy.ts';

const text = readFileSync(resolve(import.meta.dirname, 'policy.json'), 'utf8');

interface Edited {
  roles: Record<string, { codes: Record<string, string> }>;
  sees: { roles: string[]; on: string[]; kinds: Record<string, string>; labels: Record<string, string> }[];
}

function edited(edit: (policy: Edited) => void): string {
  const policy = JSON.parse(text) as Edited;
  edit(policy);
  return JSON.stringify(policy);
}

describe('The policy file', () => {
  it('is the one of DATA_DIR where there is one, else the one that comes with the hub', () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-'));
    expect(roleGroupOf(readPolicy(folder), 'R8010')).toBe('back-office');
    writeFileSync(
      join(folder, 'policy.json'),
      edited(({ roles }) => (roles['clinician']!.codes['R8024'] = 'Bank')),
    );
    expect(roleGroupOf(readPolicy(folder), 'R8024')).toBe('clinician');
    expect(roleGroupOf(parsePolicy(text, 'policy.json'), 'R8024')).toBe('back-office');
  });

  it.each<[why: string, edit: (policy: Edited) => void, words: RegExp]>([
    ['leaves out a label', ({ sees }) => delete sees[0]!.labels['sealed'], /sees\.0\.labels\.sealed/],
    ['leaves out a kind', ({ sees }) => delete sees[0]!.kinds['social'], /sees\.0\.kinds\.social/],
    ['has a word that is no outcome', ({ sees }) => (sees[0]!.kinds['social'] = 'some'), /sees\.0\.kinds\.social/],
    ['has a role that is none', ({ sees }) => (sees[0]!.roles = ['doctor']), /sees\.0\.roles\.0/],
    [
      'has a member that nobody reads',
      (policy) => ((policy as unknown as Record<string, unknown>)['sess'] = []),
      /sess/,
    ],
    [
      'shows what is very restricted',
      ({ sees }) => (sees[0]!.labels['veryRestricted'] = 'shown'),
      /hidden from everybody/,
    ],
    [
      'says that there is something restricted by law',
      ({ sees }) => (sees[0]!.labels['legal'] = 'notice'),
      /hidden from/,
    ],
    ['shows what nobody understands', ({ sees }) => (sees[0]!.labels['other'] = 'shown'), /not known/],
    ['opens seals without breaking glass', ({ sees }) => (sees[0]!.labels['sealed'] = 'shown'), /sealed/],
    ['tells staff what the person chose', ({ sees }) => (sees[0]!.labels['own'] = 'notice'), /own choices/],
    ['gives something without a ground', ({ sees }) => sees[0]!.on.push('none'), /no ground/],
    ['lets a back office break the glass', ({ sees }) => sees[1]!.roles.push('back-office'), /can break the glass/],
    ['gives staff what is the person’s', ({ sees }) => sees[0]!.on.push('self'), /self goes with person/],
    ['says one thing twice', ({ sees }) => sees.push(sees[0]!), /says twice what clinician sees on system/],
    [
      'has a code in two groups',
      ({ roles }) => (roles['back-office']!.codes['R0260'] = 'GP'),
      /R0260 stands in clinician and in back-office/,
    ],
    [
      'has a role code that makes a person of staff',
      ({ roles }) => (roles['person']!.codes['R1'] = 'x'),
      /no role codes/,
    ],
  ])('that %s is refused at the start, in one line that names the file', (_why, edit, words) => {
    const read = () => parsePolicy(edited(edit), '/data/policy.json');
    expect(read).toThrow(/^\/data\/policy\.json: [^\n]+$/);
    expect(read).toThrow(words);
  });

  it('that is no JSON is refused', () => {
    expect(() => parsePolicy('{', '/data/policy.json')).toThrow('/data/policy.json: is no JSON');
  });

  it('reads a role as it is stated: a code alone, or at the end of a role profile; who is not known is back office', () => {
    const policy = parsePolicy(text, 'policy.json');
    const groups = [
      'R0260',
      'S8000:G8000:R8001',
      'R9570',
      'R8016',
      'R0001',
      'R9999',
      '',
      'toString',
      'person',
      'service',
    ];
    expect(groups.map((role) => roleGroupOf(policy, role))).toEqual([
      'clinician',
      'clinician',
      'social-care',
      // In the national list a midwife, whatever else a local list calls so.
      'clinician',
      'privacy-officer',
      'back-office',
      'back-office',
      'back-office',
      'person',
      'service',
    ]);
  });
});
