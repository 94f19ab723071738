import { expect, it } from 'vitest';
import { upsertRows } from '../../store/resources.ts';
import { eachEngine } from '../../store/testing.ts';
import { kinds, type Kind } from '../access.ts';
import { searchRows } from '../gate.ts';
import { labelBits } from '../labels.ts';
import { accessOf, newQuery, newRow, readerOf, usualPolicy } from '../testing.ts';
import { lineOf, outcomeOf, policyGrounds, policyLabels, roleGroups } from './policy.ts';
import type { PolicyGround, PolicyLabel, PolicyLine, RoleGroup } from './policy.ts';

// The whole policy as a reviewer reads it: policy-table.txt, made by asking the store itself for one entry of every kind and
// label, as every role on every ground. A change of policy.json shows there line by line.

const labels = [undefined, ...policyLabels] as const;

const codes: Record<RoleGroup, string> = {
  clinician: 'R0260',
  'social-care': 'R9570',
  'back-office': 'R8010',
  operator: 'R8015',
  'privacy-officer': 'R0001',
  person: 'person',
  service: 'service',
};

const personOf = (kind: Kind, label: PolicyLabel | undefined) => `one ${kind} entry, ${label ?? 'no label'}`;

function rowOf(kind: Kind, label: PolicyLabel | undefined) {
  const ofKind = kind === 'mental' || kind === 'sexual' ? labelBits[kind] : 0;
  const row = newRow(personOf(kind, label), 'e1', { mask: ofKind | (label === undefined ? 0 : labelBits[label]) });
  return { ...row, source: kind === 'social' ? 'liquidlogic' : 'emis' };
}

/** The lines of the policy for a role, each with the grounds that it is for, and last what has none. */
function linesOf(group: RoleGroup): Map<PolicyLine | undefined, PolicyGround[]> {
  const lines = new Map<PolicyLine | undefined, PolicyGround[]>();
  for (const ground of policyGrounds) {
    const line = lineOf(usualPolicy, group, ground);
    lines.set(line, [...(lines.get(line) ?? []), ground]);
  }
  return lines;
}

function accessOn(group: RoleGroup, ground: PolicyGround) {
  const stands =
    ground === 'brokenGlass' ? { ground: 'none' as const, brokeGlass: true } : { ground, brokeGlass: false };
  return accessOf({ role: codes[group], ...stands });
}

function inColumns(title: string, cells: readonly string[]): string {
  return `  ${title.padEnd(16)}${cells.map((cell) => cell.padEnd(9)).join('')}`.trimEnd();
}

eachEngine('Who sees what', ({ db }) => {
  it('every role on every ground sees of every kind and label what the policy says, in words a privacy officer reads', async () => {
    await upsertRows(
      db(),
      kinds.flatMap((kind) => labels.map((label) => rowOf(kind, label))),
    );
    const blocks: string[] = [];
    for (const group of roleGroups) {
      for (const [line, grounds] of linesOf(group)) {
        const title = `${group}, on ${grounds.join(', ')}`;
        const [access, ...others] = grounds.map((ground) => accessOn(group, ground));
        // On each of these grounds it is one and the same, but for the ground itself.
        for (const other of others) expect({ ...other, ground: undefined }).toEqual({ ...access, ground: undefined });
        const found = async (kind: Kind, label: PolicyLabel | undefined) => {
          const { rows, withheld } = await searchRows(db(), readerOf(personOf(kind, label), { access }), newQuery());
          if (rows.length === 0) return withheld ? 'notice' : 'hidden';
          // What is shown is not withheld as well: one entry is all that there is.
          expect([title, kind, label, withheld]).toEqual([title, kind, label, false]);
          return 'shown';
        };
        if (line === undefined) {
          const told = new Set([await found('general', undefined), await found('social', 'legal')]);
          blocks.push(`${title}:\n  who the person is, and for all else: ${[...told].join(', ')}`);
          continue;
        }
        const lines = [`${title}:`, inColumns('', kinds)];
        for (const label of labels) {
          const outcomes: string[] = [];
          for (const kind of kinds) outcomes.push(await found(kind, label));
          const said = kinds.map((kind) => outcomeOf(line, [kind], label === undefined ? [] : [label]));
          expect([title, label, ...outcomes]).toEqual([title, label, ...said]);
          lines.push(inColumns(label ?? 'no label', outcomes));
        }
        blocks.push(lines.join('\n'));
      }
    }
    await expect(`${blocks.join('\n\n')}\n`).toMatchFileSnapshot('policy-table.txt');
  });
});
