import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { keyReferred, ownKey } from './keys.ts';
import { extensions, words } from './read.ts';

/**
 * Problems by what belongs to them. A problem names its entries (RelatedClinicalContent); they are told with a link to the
 * problem instead, because what points at something sensitive is as sensitive as that, and not the other way about.
 */
export function linkedProblems(resources: readonly JsonObject[]): Map<string, string[]> {
  const byItem = new Map<string, string[]>();
  for (const problem of resources.filter((one) => typeOf(one) === 'Condition' && words(one['id']) !== undefined)) {
    for (const related of extensions(problem, 'RelatedClinicalContent')) {
      const item = keyReferred(related['valueReference']);
      if (item !== undefined) byItem.set(item, [...(byItem.get(item) ?? []), ownKey(problem)]);
    }
  }
  return byItem;
}

/** Problems by the key of the entry that each was made from (ActualProblem). */
export function problemsMade(resources: readonly JsonObject[]): Map<string, JsonObject> {
  return new Map(
    resources
      .filter((one) => typeOf(one) === 'Condition')
      .flatMap((problem) =>
        extensions(problem, 'ActualProblem').map(
          ({ valueReference }) => [keyReferred(valueReference) ?? '', problem] as const,
        ),
      ),
  );
}
