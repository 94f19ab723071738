import type { Resource } from 'fhir/r4';
import type { SourceFacts } from '../completeness.ts';
import { now } from '../testing.ts';
import { type KeyInformationView, keyInformationOf } from './key-information.ts';
import type { KeyFacts, Topic, TopicId } from './topics.ts';

export const subject = { reference: 'Patient/p1' };

export function source(id: string, status: SourceFacts['status'] = 'ok'): SourceFacts {
  return { id, name: id, status, asAt: '2026-11-22T04:00:00Z', startsFrom: undefined };
}

/** A type read whole. */
export function read(...resources: Resource[]): Topic {
  return { status: 'read', resources, strangers: 0 };
}

export function factsOf(topics: Partial<Record<TopicId, Topic>>, parts: Partial<KeyFacts> = {}): KeyFacts {
  const none = read();
  return {
    topics: {
      AllergyIntolerance: none,
      Flag: none,
      Condition: none,
      MedicationRequest: none,
      MedicationStatement: none,
      CareTeam: none,
      CarePlan: none,
      Consent: none,
      List: none,
      ...topics,
    },
    sources: [source('emis'), source('system-c')],
    sourcesRead: 'read',
    withheld: 'none',
    included: new Map(),
    patientId: 'p1',
    now,
    ...parts,
  };
}

/** The panel made from these types, everything else read and empty. */
export function view(topics: Partial<Record<TopicId, Topic>>, parts: Partial<KeyFacts> = {}): KeyInformationView {
  return keyInformationOf({ facts: factsOf(topics, parts), entries: [], bookingsComplete: true });
}
