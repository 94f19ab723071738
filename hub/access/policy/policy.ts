import type { Ground, Kind } from '../access.ts';
import type { Label } from '../labels.ts';

/** What becomes of an entry: given; withheld, and that something is withheld is said; withheld without a word. */
export const outcomes = ['shown', 'notice', 'hidden'] as const;
export type Outcome = (typeof outcomes)[number];

export const roleGroups = [
  'clinician',
  'social-care',
  'back-office',
  'operator',
  'privacy-officer',
  'person',
  'service',
] as const;
export type RoleGroup = (typeof roleGroups)[number];

/** What a line of the policy is for: a ground, or the broken glass, which stands above whatever ground there was. */
export const policyGrounds = [
  'system',
  'agrees',
  'cannot',
  'absent',
  'self',
  'service',
  'none',
  'brokenGlass',
] as const;
export type PolicyGround = Ground | 'brokenGlass';

/** The labels of the policy; mental and sexual health are kinds there, because the person chooses by them, too. */
export const policyLabels = [
  'restricted',
  'veryRestricted',
  'legal',
  'substance',
  'violence',
  'condition',
  'notToPerson',
  'sealed',
  'own',
  'other',
] as const satisfies readonly Label[];
export type PolicyLabel = (typeof policyLabels)[number];

/** What some roles see on some grounds. */
export interface PolicyLine {
  roles: readonly RoleGroup[];
  on: readonly PolicyGround[];
  kinds: Readonly<Record<Kind, Outcome>>;
  labels: Readonly<Record<PolicyLabel, Outcome>>;
}

/** Who sees what, as `policy.json` says it. A role and a ground that no line has see who the person is. */
export interface Policy {
  /** Source ids whose rows are of the kind `social`. */
  socialCareSources: readonly string[];
  roles: Readonly<Record<RoleGroup, { who: string; codes: Readonly<Record<string, string>> }>>;
  sees: readonly PolicyLine[];
}

/**
 * The role group of a role as a launch or a sign-on states it: a job role code, alone or at the end of a role profile
 * (`S8000:G8000:R8000`). Who is not known is taken for back office.
 */
export function roleGroupOf(policy: Policy, role: string): RoleGroup {
  if (role === 'person' || role === 'service') return role;
  const code = role.split(':').at(-1)?.trim() ?? '';
  return roleGroups.find((group) => Object.hasOwn(policy.roles[group].codes, code)) ?? 'back-office';
}

/** What a role group sees on a ground; undefined: who the person is. */
export function lineOf(policy: Policy, group: RoleGroup, ground: PolicyGround): PolicyLine | undefined {
  return policy.sees.find(({ roles, on }) => roles.includes(group) && on.includes(ground));
}

/** Whether the last resort is there for this role: what it would show is in the policy. */
export function mayBreakGlass(policy: Policy, role: string): boolean {
  return lineOf(policy, roleGroupOf(policy, role), 'brokenGlass') !== undefined;
}

/** What becomes of an entry of these kinds with these labels: shown where each is, hidden where any is. */
export function outcomeOf(line: PolicyLine, of: readonly Kind[], labels: readonly PolicyLabel[]): Outcome {
  const each = new Set([...of.map((kind) => line.kinds[kind]), ...labels.map((label) => line.labels[label])]);
  if (each.has('hidden')) return 'hidden';
  return each.has('notice') ? 'notice' : 'shown';
}
