import type { Encounter, EncounterParticipant, Extension } from 'fhir/r4';
import type { Happening } from '../borough/happenings.ts';
import { hl7, localIdentifier, ukCoreExtra, type classOf } from './codes.ts';
import { metaOf, periodOf, staffReference, type Pen } from './pen.ts';

/** What every source's Encounter begins with. `number` is the visit number, prefixed by its owner's ODS code. */
export function encounterOf(
  pen: Pen,
  event: Happening,
  words: {
    class: ReturnType<typeof classOf>;
    type: Encounter['type'];
    number?: string;
    staff?: string;
    status?: Encounter['status'];
  },
): Encounter {
  const omit = event.recorded?.omit ?? [];
  return {
    resourceType: 'Encounter',
    id: event.id,
    ...metaOf(event.labels),
    identifier: words.number === undefined ? undefined : [localIdentifier('encounter', words.number)],
    status: words.status ?? 'finished',
    // R4 requires a class: where the record states none, it says just that.
    class: omit.includes('class')
      ? { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] }
      : words.class,
    type: omit.includes('type') ? undefined : words.type,
    subject: pen.patient,
    participant: participantOf(words.staff, event),
    period: periodOf(event.start, event.end, event.recorded),
  };
}

function participantOf(staff: string | undefined, event: Happening): EncounterParticipant[] | undefined {
  if (event.recorded?.unknownStaff === true) {
    return [{ individual: { reference: 'Practitioner/left-before-2016', display: 'Dr Former Partner' } }];
  }
  return staff === undefined
    ? undefined
    : [{ type: [hl7('v3-ParticipationType', 'ATND', 'attender')], individual: staffReference(staff) }];
}

/** The reason as the source states it, unless its record leaves it out. */
export function reasonOf(event: Happening, reason: Encounter['reasonCode']): Encounter['reasonCode'] {
  return event.recorded?.omit?.includes('reason') === true ? undefined : reason;
}

/** What came of a contact outside hospital, in the source's words: no code of the Data Dictionary's list fits those. */
export function outcomeInWords(words: string): Extension {
  return ukCoreExtra('OutcomeOfAttendance', { text: words });
}
