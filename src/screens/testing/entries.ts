import { parsePartialDate } from '../../../fhir/partial-date.ts';
import type { Entry } from '../../timeline/entry.ts';

/** An entry for component tests: a closed GP consultation unless told otherwise. */
export function entryOf(key: string, start: string | undefined, more: Partial<Entry> = {}): Entry {
  return {
    key,
    kind: 'gp-consultation',
    lane: 'gp',
    state: 'closed',
    title: `GP consultation: cough ${key}`,
    detail: ['Killick Street Health Centre', 'GP, Dr A Okafor'],
    facts: [],
    cautions: [],
    start: parsePartialDate(start),
    end: undefined,
    lasting: false,
    moves: [],
    children: [],
    statements: [
      {
        reference: key,
        resource: { resourceType: 'Encounter', id: key },
        source: 'emis',
        organisation: 'F83010',
      },
    ],
    ...more,
  };
}

/** `count` consultations, one a day, newest first, back from 21 November 2026. */
export function dailyEntries(count: number): Entry[] {
  const newest = Date.UTC(2026, 10, 21, 10);
  return Array.from({ length: count }, (_, index) =>
    entryOf(`Encounter/${index}`, new Date(newest - index * 86_400_000).toISOString()),
  );
}
