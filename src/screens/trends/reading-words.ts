import type { ObservationComponent } from 'fhir/r4';
import { formatDate, formatDateTime } from '../../timeline/dates.ts';
import { concept, date, items } from '../../timeline/read.ts';
import type { Origin, Reading } from '../../timeline/trends/reading.ts';
import { flagWords, preliminaryWords, rangeWords } from '../details/value-words.ts';

/** Who took a reading, in words; its mark has a shape for each. */
export const originWords: Record<Origin, string> = {
  home: 'Home reading, not checked by staff',
  laboratory: 'Laboratory',
  gp: 'Measured by the GP practice',
  other: 'Measured by staff',
};

/** A reading's parts as the table and the slider tell them. */
export interface ReadingWords {
  /** `14-Nov-2026 08:10`; a period or a partial date as far as it is known. */
  when: string;
  /** What must not be missed: outside its stated range, preliminary. Nothing is judged here (misreading 9). */
  grave: string[];
  /** What else is said of it: the laboratory's flags, that it is a limit. */
  said: string[];
  /** The range as its source states it. */
  range: string | undefined;
  /** Who took it, and which source tells it where that says more. */
  who: string;
}

export function readingWords(reading: Reading): ReadingWords {
  const { observation, part, origin, outside, values } = reading;
  const lab = origin === 'laboratory';
  const flagged = lab || items(observation.interpretation).length > 0;
  // The two numbers of a blood pressure may each have a range and a flag of their own.
  const parts = values.length > 1 ? items(observation.component) : [];
  const partFlags = parts
    .filter((one) => items(one.interpretation).length > 0)
    .map((one) => named(one, flagWords(one)));
  const partRanges = parts.map((one) => named(one, rangeWords(one))).filter((words) => words !== undefined);
  const limit = values.some(({ bound }) => bound !== 'exact');
  const grave = [
    outside ? `outside the range ${lab ? 'the laboratory' : 'its source'} stated` : undefined,
    preliminaryWords(observation.status),
  ];
  const said = [
    limit ? 'a limit, not a measured value' : undefined,
    flagged && partFlags.length === 0 ? flagWords(part ?? observation) : undefined,
    ...partFlags,
  ];
  return {
    when: whenWords(reading),
    grave: grave.filter((words) => words !== undefined),
    said: said.filter((words) => words !== undefined),
    range: partRanges.length > 0 ? partRanges.join('; ') : rangeWords(part ?? observation),
    who:
      origin === 'home' || origin === 'gp' ? originWords[origin] : `${originWords[origin]}, told by ${reading.source}`,
  };
}

/** Everything about one reading in a sentence, for the slider and for screen readers. */
export function readingSentence(reading: Reading): string {
  const { when, grave, said, range, who } = readingWords(reading);
  const stated = range === undefined ? undefined : `range stated ${range}`;
  return [`${when}: ${reading.words}`, ...grave, ...said, stated, who]
    .filter((words) => words !== undefined)
    .join(', ');
}

function named(part: ObservationComponent, words: string | undefined): string | undefined {
  return words === undefined ? undefined : `${concept(part.code) ?? 'Part'}: ${words}`;
}

function whenWords({ taken, observation, span }: Reading): string {
  const end = date(observation.effectivePeriod?.end);
  if (end === undefined || span.end === span.start) return formatDateTime(taken);
  return `${formatDate(taken)} to ${formatDate(end)}`;
}
