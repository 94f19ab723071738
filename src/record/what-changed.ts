import type { Coding, Identifier, Patient, Resource } from 'fhir/r4';
import { referenceTo } from './page.ts';
import { streamIds, type Change, type RecordState } from './record-state.ts';

/**
 * What a later reading has that an earlier one had not, or had otherwise, by `Type/id`. Where a stream had not been read
 * to its end before, what is older than that reading is no news: it had only not been loaded.
 */
export function changesBetween(before: RecordState, after: RecordState): Map<string, Change> {
  const since = before.readAt ?? 0;
  const changes = new Map<string, Change>();
  for (const id of streamIds) {
    const known = new Map(before.streams[id].resources.map((resource) => [referenceTo(resource), resource]));
    const whole = before.streams[id].status === 'complete';
    for (const resource of after.streams[id].resources) {
      const reference = referenceTo(resource);
      const was = known.get(reference);
      if (was === undefined) {
        if (whole || Date.parse(resource.meta?.lastUpdated ?? '') > since)
          changes.set(reference, { how: 'new', since });
      } else if (!isSame(was, resource)) changes.set(reference, { how: 'changed', since });
    }
  }
  return changes;
}

/** By version where both name one; else by all that they state. */
function isSame(a: Resource, b: Resource): boolean {
  const [was, is] = [a.meta, b.meta];
  if (was?.versionId !== undefined && was.lastUpdated !== undefined) {
    return was.versionId === is?.versionId && was.lastUpdated === is.lastUpdated;
  }
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Whether a number by which a source knows the person, or a source that speaks of them (`meta.tag`), does not stand any more:
 * then its record was taken out again, or the number was another person's, and what stood with it may be somebody else's
 * (wrong patient).
 */
export function isTakenBack(before: Patient | undefined, after: Patient | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const standing = new Set(signsOf(after));
  return signsOf(before).some((sign) => !standing.has(sign));
}

function signsOf({ identifier, meta }: Patient): string[] {
  return [
    ...listOf<Identifier>(identifier).map((number) => JSON.stringify([number?.system, number?.value])),
    ...listOf<Coding>(meta?.tag).map((source) => JSON.stringify([source?.system, source?.code])),
  ];
}

/** Anything but a list is none: another hub may send what no guide allows. */
function listOf<T>(value: readonly T[] | undefined): readonly (T | null)[] {
  return Array.isArray(value) ? (value as readonly (T | null)[]) : [];
}

/**
 * What stood in the record and was since marked by its source as entered in error, as it stood before (misreading 13);
 * `earlier` are those of readings before. What is not there any more at all is not told of: it may be withheld now (T7).
 */
export function withdrawnBetween(
  before: RecordState,
  after: RecordState,
  earlier: readonly Resource[],
): readonly Resource[] {
  const inError = new Set<string>();
  for (const id of streamIds) {
    for (const resource of after.streams[id].resources) if (isInError(resource)) inError.add(referenceTo(resource));
  }
  const stood = streamIds.flatMap((id) => before.streams[id].resources.filter((resource) => !isInError(resource)));
  const all = new Map([...earlier, ...stood].map((resource) => [referenceTo(resource), resource]));
  return [...all].flatMap(([reference, resource]) => (inError.has(reference) ? [resource] : []));
}

function isInError(resource: Resource): boolean {
  const { status, docStatus } = resource as { status?: unknown; docStatus?: unknown };
  return status === 'entered-in-error' || docStatus === 'entered-in-error';
}
