import type { Encounter, Identifier } from 'fhir/r4';
import type { Term } from '../../borough/facts.ts';
import type { Happening, HappeningOf } from '../../borough/happenings.ts';
import { organisationOf, specialties } from '../../borough/places.ts';
import { classOf, concept, localIdentifier } from '../codes.ts';
import type { Pen } from '../pen.ts';

/** What others did that a practice's staff enter from a letter or a report. */
export type Reported = HappeningOf<'stay' | 'emergency' | 'outpatient' | 'urgent-call' | 'urgent-visit'>;

export function isReported(event: Happening | undefined): event is Reported {
  return event !== undefined && ['stay', 'emergency', 'outpatient', 'urgent-call', 'urgent-visit'].includes(event.kind);
}

/** How the staff typed it: times as FHIR dates of any precision, the number only where the letter quoted it. */
export interface EnteredAs {
  start?: string;
  end?: string;
  quotesVisitNumber: boolean;
  /** Undefined: the organisation by name and code; a text: what was typed; null: nothing. */
  place?: string | null;
  /** Undefined: the diagnosis, or else the reason; null: nothing. */
  reason?: Term | null;
  /** EMIS states no class of its own: then only the words tell what kind of contact it was. */
  withoutClass?: true;
  id?: string;
}

const shapes: Record<Reported['kind'], { class: 'IMP' | 'EMER' | 'AMB' | '111'; service: string; type: string }> = {
  stay: { class: 'IMP', service: 'Hospital stay, entered from a letter', type: 'Hospital admission report' },
  emergency: { class: 'EMER', service: 'Emergency department visit, entered from a letter', type: 'A+E report' },
  outpatient: { class: 'AMB', service: 'Hospital outpatient visit', type: 'Hospital outpatient report' },
  'urgent-call': { class: '111', service: 'NHS 111 call, entered from a report', type: '111 report' },
  'urgent-visit': {
    class: 'AMB',
    service: 'Out-of-hours visit, entered from a report',
    type: 'Out of hours report',
  },
};

/** A hospital visit, a 111 call or an out-of-hours visit as the practice's staff entered it: EMIS calls it `Externally Entered`. */
export function enteredFromLetter(pen: Pen, event: Reported, entry: EnteredAs): Encounter {
  const shape = shapes[event.kind];
  const owner = 'hospital' in event ? event.hospital : 'XLCW1';
  const about = 'specialty' in event && event.kind === 'outpatient' ? specialties.get(event.specialty) : undefined;
  const diagnosis =
    event.kind === 'stay' ? event.diagnoses[0] : event.kind === 'emergency' ? event.diagnosis : undefined;
  const reason = entry.reason === undefined ? (diagnosis?.term ?? event.reason) : entry.reason;
  return {
    resourceType: 'Encounter',
    id: entry.id ?? `${event.id}-entered`,
    identifier: entry.quotesVisitNumber ? [numberOf(event)] : undefined,
    status: 'finished',
    class:
      entry.withoutClass === true
        ? { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] }
        : classOf(shape.class),
    type: [{ text: entry.withoutClass === true ? shape.type : 'Externally Entered' }],
    serviceType: { text: about === undefined ? shape.service : `${shape.service}: ${about}` },
    subject: pen.patient,
    period: entry.start === undefined ? undefined : { start: entry.start, end: entry.end },
    reasonCode: reason === null ? undefined : [concept(reason)],
    serviceProvider:
      entry.place === null
        ? undefined
        : entry.place !== undefined
          ? { display: entry.place }
          : {
              display: organisationOf(owner).name,
              identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: owner },
            },
  };
}

/** The number its service gave it: the hospital's visit number, the 111 service's case number. */
export function numberOf(event: Reported): Identifier {
  return 'caseNumber' in event
    ? localIdentifier('case', `XLCW1-${event.caseNumber}`)
    : localIdentifier('encounter', `${event.hospital}-${event.visitNumber}`);
}
