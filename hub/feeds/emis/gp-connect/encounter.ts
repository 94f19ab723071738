import type { Encounter, EncounterParticipant, Reference } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { concepts, identifiers, period, quantity } from './datatypes.ts';
import { classOfWords } from './encounter-class.ts';
import { object, objects, oneOf, some, words } from './read.ts';
import type { Reading } from './reading.ts';

const statuses = [
  'planned',
  'arrived',
  'triaged',
  'in-progress',
  'onleave',
  'finished',
  'cancelled',
  'entered-in-error',
  'unknown',
] as const;

/** A consultation. What was said in it stands in its notes; what it was about in `reasons`, as its headings say. */
export function encounter(
  sent: JsonObject,
  reading: Reading,
  reasons: Pick<Encounter, 'reasonCode' | 'reasonReference'> = {},
): Encounter {
  const type = concepts(sent['type']);
  return {
    resourceType: 'Encounter',
    id: reading.idOf(sent),
    identifier: identifiers(sent['identifier']),
    status: oneOf(sent['status'], statuses) ?? 'unknown',
    class: classOfWords(type?.[0]?.text),
    type,
    subject: reading.patient,
    participant: participants(sent, reading),
    appointment: some([reading.refer(sent['appointment'])]),
    period: period(sent['period']),
    length: quantity(sent['length']),
    ...reasons,
    location: some(
      objects(sent['location']).map((one) => {
        const place = reading.refer(one['location']);
        return place === undefined ? undefined : { location: place, period: period(one['period']) };
      }),
    ),
    serviceProvider: reading.refer(sent['serviceProvider']),
  };
}

/** Who saw the person and who typed it; where that is the same one, they stand there once, with both parts. */
function participants(sent: JsonObject, reading: Reading): EncounterParticipant[] | undefined {
  const byWho = new Map<string, EncounterParticipant>();
  for (const one of objects(sent['participant'])) {
    const individual: Reference | undefined = reading.refer(one['individual']);
    const type = concepts(one['type']) ?? [];
    const key = words(object(one['individual'])?.['reference']) ?? JSON.stringify(individual ?? type);
    const before = byWho.get(key);
    const types = [...(before?.type ?? []), ...type];
    if (individual === undefined && types.length === 0) continue;
    byWho.set(key, { type: some(types), period: period(one['period']), individual });
  }
  return some([...byWho.values()]);
}
