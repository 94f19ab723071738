import { sourceIds, type SourceId } from '../../fhir/sources.ts';
import { streamIds, type SourceState, type StreamId, type StreamState } from './record-state.ts';

/** Which sources feed which stream: when a stream cannot be read, these are missing from it (T3). */
export const streamSources: Record<StreamId, readonly SourceId[]> = {
  Encounter: ['emis', 'system-c', 'adastra', 'carecast'],
  Appointment: ['emis', 'system-c', 'carecast'],
  ServiceRequest: ['liquidlogic'],
  Task: ['liquidlogic'],
  EpisodeOfCare: ['liquidlogic'],
  DocumentReference: ['emis', 'system-c', 'carecast', 'adastra'],
  DiagnosticReport: ['emis', 'system-c', 'carecast', 'adastra'],
  Observation: ['patient'],
};

/**
 * The sources of which something is missing now: those the hub could not read, and those that feed a stream that failed.
 * In the fixed order of sources, other systems' after them.
 */
export function failedSources(
  streams: Readonly<Record<StreamId, Pick<StreamState, 'status'>>>,
  sources: readonly Pick<SourceState, 'id' | 'status'>[],
): string[] {
  const failed = new Set<string>(sources.filter(({ status }) => status === 'failed').map(({ id }) => id));
  for (const id of streamIds) {
    if (streams[id].status === 'failed') for (const source of streamSources[id]) failed.add(source);
  }
  const own = sourceIds.filter((id) => failed.delete(id));
  return [...own, ...failed];
}
