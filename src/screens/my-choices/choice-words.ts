import type { InformationKind, OwnChoice } from '../../../fhir/own-choice.ts';
import { isSourceId, sourceNames } from '../../../fhir/sources.ts';

export const kindWords: Record<InformationKind, { name: string; what: string }> = {
  general: { name: 'General health', what: 'everything that is not of another kind here' },
  mental: { name: 'Mental health', what: 'what its sources mark as mental health' },
  sexual: { name: 'Sexual health', what: 'what its sources mark as sexual health' },
  social: { name: 'Social care', what: 'what the council tells: assessments, care at home, reviews' },
};

/** What a choice keeps back, as a title: `Mental health, in GP records`. */
export function whatWords({ kind, fromSource, items = [] }: OwnChoice, names: ReadonlyMap<string, string>): string {
  if (items.length > 0) return [...new Set(items.map((item) => names.get(item) ?? 'One entry'))].join(', ');
  const source = fromSource === undefined ? undefined : sourceWords(fromSource);
  if (kind === undefined) return source ?? 'Your whole record';
  return source === undefined ? kindWords[kind].name : `${kindWords[kind].name}, in ${source}`;
}

/** From whom: `everybody`, or the organisation by its name. */
export function whomWords({ toOrganisation }: OwnChoice, names: ReadonlyMap<string, string>): string {
  return toOrganisation === undefined ? 'everybody' : (names.get(toOrganisation) ?? `organisation ${toOrganisation}`);
}

/** What follows from a choice, sentence by sentence, said before it is made. */
export function whatFollows(choice: OwnChoice): string[] {
  const { kind, fromSource, items = [] } = choice;
  const whole = kind === undefined && fromSource === undefined && items.length === 0;
  return [
    whole
      ? 'They see who you are and nothing else: no allergies, no medicines, no plans.'
      : 'They are told that something is kept back, not what.',
    ...(items.length > 0 ? ['Letters, results and bookings that belong to it are kept back with it.'] : []),
    'In an emergency a doctor, a nurse or a social worker can still open it for one visit. They must say why, and you are told.',
    'You go on seeing all of it. You can undo this at any time.',
  ];
}

function sourceWords(source: string): string {
  return isSourceId(source) ? sourceNames[source].records : source;
}
