import { isSourceId, type SourceId } from '../../fhir/sources.ts';
import { type CompletenessFacts, failedIds } from './completeness/facts.ts';
import { type Lane, lanes } from './entry.ts';

/** The settings that each source may tell of (as `laneOf` decides); a GP's system tells of nearly all. */
const told: Record<SourceId, readonly Lane[]> = {
  emis: ['gp', 'hospital', 'urgent', 'community', 'mental-health'],
  'system-c': ['hospital', 'community', 'mental-health'],
  adastra: ['urgent', 'mental-health'],
  carecast: ['hospital', 'community', 'mental-health'],
  liquidlogic: ['social-care'],
  patient: ['patient'],
};

/** What may lack entries because something could not be read: settings, and sources by id. */
export interface CutShort {
  lanes: ReadonlySet<string>;
  sources: ReadonlySet<string>;
}

/**
 * Where a count may be too small: a stream failed, or a source was not read or sent part only. Nothing here depends on
 * what is withheld. A source nobody here knows may tell of anything.
 */
export function cutShort(facts: Pick<CompletenessFacts, 'sources' | 'failedStreams'>): CutShort {
  const partial = facts.sources.filter(({ status }) => status === 'partial').map(({ id }) => id);
  const sources = new Set([...failedIds(facts), ...partial]);
  return {
    sources,
    lanes: new Set([...sources].flatMap((id) => (isSourceId(id) ? told[id] : lanes))),
  };
}
