import type { AccessFacts, Denial, Kind } from '../access.ts';
import { labelBits } from '../labels.ts';
import { lineOf, policyLabels, roleGroupOf, type Outcome, type Policy } from '../policy/policy.ts';
import { marks, versionOf, type Thing, type World } from './world.ts';

// For the leak test: what a reader may have, said the slow way, thing by thing, from the words of the policy and of the
// choices. Neither the bits of an Access nor any SQL has a part in it.

/** Somebody who reads one person's record. */
export interface Case {
  policy: Policy;
  facts: AccessFacts;
  person: string;
}

/** What becomes of a version of a thing for a reader; undefined version: of the thing as it stands. */
export function outcomeFor({ policy, facts, person }: Case, thing: Thing, version?: number): Outcome {
  if (thing.person !== person) return 'hidden';
  if (thing.type === 'Patient') return 'shown';
  const group = roleGroupOf(policy, facts.role);
  const glass = facts.brokeGlass ? lineOf(policy, group, 'brokenGlass') : undefined;
  const line = glass ?? lineOf(policy, group, facts.ground);
  const choices =
    glass !== undefined || facts.ground === 'self' ? [] : facts.denials.filter((one) => isFor(one, facts));
  // Then a notice stands whatever there is.
  if (line === undefined || choices.some((one) => one.kind === undefined && one.fromSource === undefined))
    return 'notice';
  const { mask } = versionOf(thing, version);
  const of = kindsOf(mask, thing.source, policy);
  const each = new Set([
    ...of.map((kind) => line.kinds[kind]),
    ...policyLabels.filter((label) => (mask & labelBits[label]) !== 0).map((label) => line.labels[label]),
  ]);
  if (each.has('hidden')) return 'hidden';
  const kept = choices.some(
    ({ fromSource, kind }) =>
      (fromSource === undefined || fromSource === thing.source) && (kind === undefined || of.includes(kind)),
  );
  return kept || each.has('notice') ? 'notice' : 'shown';
}

function kindsOf(mask: number, source: string, policy: Policy): Kind[] {
  const found: Kind[] = [];
  if ((mask & labelBits.mental) !== 0) found.push('mental');
  if ((mask & labelBits.sexual) !== 0) found.push('sexual');
  if (policy.socialCareSources.includes(source)) found.push('social');
  return found.length === 0 ? ['general'] : found;
}

function isFor({ toOrganisation }: Denial, { organisation }: AccessFacts): boolean {
  return toOrganisation === undefined || organisation === '' || organisation.startsWith(toOrganisation);
}

/** Marks in an answer of what its reader may not have; what the request itself named is no leak. */
export function leaksIn(answer: string, request: string, reader: Case, world: World): string[] {
  return [...new Set(answer.match(marks) ?? [])].filter((mark) => {
    if (request.includes(mark)) return false;
    const known = world.byMark.get(mark);
    if (known === undefined) return false;
    const { thing, version } = known;
    if (outcomeFor(reader, thing) !== 'shown') return true;
    return version !== undefined && outcomeFor(reader, thing, version) !== 'shown';
  });
}

/** Whether the reader is to be told that something is withheld. */
export function isToldOf(reader: Case, world: World): boolean {
  const own = world.things.filter(({ person }) => person === reader.person);
  return own.some((thing) => !thing.deleted && outcomeFor(reader, thing) === 'notice');
}
