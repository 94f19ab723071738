import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { sourceIds } from '../../../fhir/sources.ts';
import { kinds } from '../access.ts';
import { outcomes, policyGrounds, policyLabels, roleGroups, type Policy, type PolicyLine } from './policy.ts';

const outcome = z.enum(outcomes);
const line = z.strictObject({
  roles: z.array(z.enum(roleGroups)).min(1),
  on: z.array(z.enum(policyGrounds)).min(1),
  kinds: z.record(z.enum(kinds), outcome),
  labels: z.record(z.enum(policyLabels), outcome),
});

const inWords = z.string().min(1);
const policy = z.strictObject({
  about: z.array(inWords),
  kinds: z.record(z.enum(kinds), inWords),
  labels: z.record(z.enum(policyLabels), inWords),
  grounds: z.record(z.enum(policyGrounds), inWords),
  socialCareSources: z.array(z.enum(sourceIds)),
  roles: z.record(
    z.enum(roleGroups),
    z.strictObject({ who: inWords, codes: z.record(z.string().regex(/^[A-Za-z0-9._-]+$/), inWords) }),
  ),
  sees: z.array(line),
});

const own = resolve(import.meta.dirname, 'policy.json');

/**
 * The policy in force: `policy.json` of the folder, where there is one, else the one that comes with the hub. Throws one
 * line that says where and what is wrong, so that a hub never starts with a policy that nobody meant.
 * @param dataDir `DATA_DIR`
 */
export function readPolicy(dataDir: string): Policy {
  const replaced = join(dataDir, 'policy.json');
  const file = existsSync(replaced) ? replaced : own;
  return parsePolicy(readFileSync(file, 'utf8'), file);
}

/** Reads the text of a policy file, named in the words of what is wrong. */
export function parsePolicy(text: string, file: string): Policy {
  const problem = (what: string) => new Error(`${file}: ${what}`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw problem('is no JSON');
  }
  const { success, data, error } = policy.safeParse(read);
  if (!success) {
    const [first] = error.issues;
    throw problem(`${first?.path.join('.') ?? ''} ${first?.message ?? 'is not usable'}`.trim());
  }
  const wrong = whatIsWrong(data);
  if (wrong !== undefined) throw problem(wrong);
  return data;
}

/** What the form of the file cannot rule out; undefined where nothing is wrong. */
function whatIsWrong({ roles, sees }: Policy): string | undefined {
  const groups = new Map<string, string>();
  for (const group of roleGroups) {
    for (const code of Object.keys(roles[group].codes)) {
      const before = groups.get(code);
      if (before !== undefined) return `the role code ${code} stands in ${before} and in ${group}`;
      groups.set(code, group);
    }
  }
  if (Object.keys(roles.person.codes).length + Object.keys(roles.service.codes).length > 0)
    return 'person and service have no role codes: they are known by how they sign on';
  const seen = new Set<string>();
  for (const one of sees) {
    const wrong = lineProblem(one);
    if (wrong !== undefined) return `sees, ${one.roles.join(', ')} on ${one.on.join(', ')}: ${wrong}`;
    for (const role of one.roles) {
      for (const ground of one.on) {
        if (seen.has(`${role} ${ground}`)) return `sees says twice what ${role} sees on ${ground}`;
        seen.add(`${role} ${ground}`);
      }
    }
  }
  return undefined;
}

/** Roles that care for people, and so may have the last resort. */
const carers: readonly string[] = ['clinician', 'social-care'];

function lineProblem({ roles, on, labels }: PolicyLine): string | undefined {
  if (labels.veryRestricted !== 'hidden' || labels.legal !== 'hidden')
    return 'veryRestricted and legal are hidden from everybody';
  if (labels.other === 'shown') return 'a label that is not known (other) is shown to nobody';
  if (labels.sealed === 'shown' && !on.every((ground) => ground === 'brokenGlass' || ground === 'self'))
    return 'what the person sealed is shown to them, and by a broken glass, and to nobody else';
  if (labels.own !== (roles.includes('person') ? 'shown' : 'hidden'))
    return "the person's own choices (own) are shown to them, and hidden from everybody else";
  if (on.includes('none')) return 'whoever has no ground sees who the person is';
  if (on.includes('brokenGlass') && !roles.every((role) => carers.includes(role)))
    return `only ${carers.join(' and ')} can break the glass`;
  if (on.includes('self') !== roles.includes('person') || on.includes('service') !== roles.includes('service'))
    return 'self goes with person, and service with service';
  if ((on.includes('self') && on.length + roles.length > 2) || (on.includes('service') && on.length + roles.length > 2))
    return 'person and service have lines of their own';
  return undefined;
}
