import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { type Consultation, consultationsByEncounter } from './consultation.ts';
import { keyReferred, ownKey } from './keys.ts';
import { objects } from './read.ts';

/** What some resources of a record need to know of the others. */
export interface Parts {
  /** By the key of the Encounter they belong to. */
  consultations: ReadonlyMap<string, readonly Consultation[]>;
  /** Keys of the entries that a report names: a laboratory's results. */
  results: ReadonlySet<string>;
  /** Keys of the Medications that something names. */
  medicines: ReadonlySet<string>;
}

export function partsOfRecord(sent: readonly JsonObject[], consultations: readonly Consultation[]): Parts {
  return {
    consultations: consultationsByEncounter(consultations),
    results: resultsOf(sent),
    medicines: new Set(sent.flatMap((one) => keyReferred(one['medicationReference']) ?? [])),
  };
}

/** Results that reports name, and what groups of tests hold, however deep. */
function resultsOf(sent: readonly JsonObject[]): Set<string> {
  const byKey = new Map(sent.map((one) => [ownKey(one), one]));
  const found = new Set<string>();
  const waiting: unknown[] = sent
    .filter((one) => typeOf(one) === 'DiagnosticReport')
    .flatMap((report) => objects(report['result']));
  for (const reference of waiting) {
    const key = keyReferred(reference);
    if (key === undefined || found.has(key)) continue;
    found.add(key);
    for (const { type, target } of objects(byKey.get(key)?.['related']))
      if (type === 'has-member') waiting.push(target);
  }
  return found;
}
