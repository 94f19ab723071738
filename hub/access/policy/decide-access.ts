import type { Access, AccessFacts, Denial, Kind, SourceDenial } from '../access.ts';
import { allBits, labelBits } from '../labels.ts';
import { lineOf, policyLabels, roleGroupOf, type Outcome, type Policy, type PolicyLine } from './policy.ts';

/** The kinds that a label makes; the other two go by the source. */
const bitOf = { mental: labelBits.mental, sexual: labelBits.sexual } as const;

/**
 * What of one record one reader gets: the policy's line for their role and ground, and on top of it what the person keeps
 * back. Whoever has no line, and whoever a person keeps everything from, gets who the person is and is told that something
 * is withheld. A broken glass opens what was kept back, and shows what the policy has for it; without a line for it, it
 * changes nothing. The person's choices are never held against themself.
 */
export function decideAccess(policy: Policy, facts: AccessFacts): Access {
  const group = roleGroupOf(policy, facts.role);
  const broken = facts.brokeGlass ? lineOf(policy, group, 'brokenGlass') : undefined;
  const line = broken ?? lineOf(policy, group, facts.ground);
  const brokeGlass = broken !== undefined;
  const kept = brokeGlass || facts.ground === 'self' ? [] : facts.denials.filter((denial) => holds(denial, facts));
  if (line === undefined || kept.some(isWhole)) return whoThePersonIs(policy, facts, brokeGlass);
  return keptBack(byLine(policy, line, facts, brokeGlass), kept);
}

/** Demographics and the directory, with a notice that tells nothing: it is the same whatever the record holds. */
function whoThePersonIs({ socialCareSources }: Policy, { ground }: AccessFacts, brokeGlass: boolean): Access {
  return {
    ground,
    brokeGlass,
    denied: allBits,
    unsaid: allBits,
    deniedSources: [],
    unsaidSources: [],
    deniedInPart: [],
    general: false,
    unsaidGeneral: false,
    socialSources: socialCareSources,
    onlyTypes: ['Patient'],
  };
}

function byLine(policy: Policy, line: PolicyLine, { ground }: AccessFacts, brokeGlass: boolean): Access {
  const bitsThat = (outcome: Outcome): number =>
    [
      ...policyLabels.map((label) => (line.labels[label] === outcome ? labelBits[label] : 0)),
      ...(['mental', 'sexual'] as const).map((kind) => (line.kinds[kind] === outcome ? bitOf[kind] : 0)),
    ].reduce((union, bit) => union | bit, 0);
  const { general, social } = line.kinds;
  // Whatever bit is not known to be shown is denied, and nothing is said of one that the policy does not know.
  // The person's own choices are theirs alone, whatever a policy says.
  const denied = allBits & ~bitsThat('shown') & ~(ground === 'self' ? labelBits.own : 0);
  return {
    ground,
    brokeGlass,
    denied,
    unsaid: denied & ~bitsThat('notice'),
    deniedSources: social === 'shown' ? [] : policy.socialCareSources,
    unsaidSources: social === 'hidden' ? policy.socialCareSources : [],
    deniedInPart: [],
    general: general === 'shown',
    unsaidGeneral: general === 'hidden',
    socialSources: policy.socialCareSources,
    onlyTypes: undefined,
  };
}

/** Whether a choice is about this reader. One that names an organisation holds for its sites, and where none is known. */
function holds({ toOrganisation }: Denial, { organisation }: AccessFacts): boolean {
  if (toOrganisation === undefined) return true;
  const code = organisation.trim().toUpperCase();
  // ODS codes of sites begin with the code of whom they belong to.
  return code === '' || code.startsWith(toOrganisation.trim().toUpperCase());
}

function isWhole({ fromSource, kind }: Denial): boolean {
  return fromSource === undefined && kind === undefined;
}

function keptBack(access: Access, denials: readonly Denial[]): Access {
  return denials.reduce((left, { fromSource, kind }) => {
    if (fromSource === undefined) return kind === undefined ? left : withoutKind(left, kind);
    if (kind === undefined || (kind === 'social' && left.socialSources.includes(fromSource)))
      return { ...left, deniedSources: [...new Set([...left.deniedSources, fromSource])] };
    const part = partOf(fromSource, kind, left);
    return part === undefined ? left : { ...left, deniedInPart: [...left.deniedInPart, part] };
  }, access);
}

function withoutKind(access: Access, kind: Kind): Access {
  if (kind === 'general') return { ...access, general: false };
  if (kind === 'social')
    return { ...access, deniedSources: [...new Set([...access.deniedSources, ...access.socialSources])] };
  return { ...access, denied: access.denied | bitOf[kind] };
}

/** One kind of one source; undefined where that source has none of it. */
function partOf(source: string, kind: Kind, access: Access): SourceDenial | undefined {
  if (kind === 'social') return undefined;
  if (kind === 'general') return access.socialSources.includes(source) ? undefined : { source, bits: 0, general: true };
  return { source, bits: bitOf[kind], general: false };
}
