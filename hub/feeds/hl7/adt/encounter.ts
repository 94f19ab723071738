import type { Encounter, EncounterParticipant, Extension } from 'fhir/r4';
import { actCode } from '../../../../fhir/systems.ts';
import { conceptOf, hl7Code, localIdentifier, ukCore, ukCoreExtra } from '../concepts.ts';
import type { VisitClass } from '../dialect.ts';
import { securityOf, type Sensitivity } from '../labels.ts';
import { appointmentId, encounterId } from '../own-ids.ts';
import type { Holder } from '../person/patient.ts';
import { organisationReference, staffReference } from '../references.ts';
import { specialtyOf } from '../specialties.ts';
import { hospitalizationOf, outcomeOf } from './hospitalization.ts';
import { locationsOf } from './locations.ts';
import { periodOf } from './period.ts';
import type { Stop } from './moves.ts';
import type { VisitState } from './visit-state.ts';
import { lookUp } from '../look-up.ts';

/** A visit as it stands, to be told. */
export interface Visit {
  /** PV1-19; undefined where the source numbers none. */
  number: string | undefined;
  /** What its own id is made of. */
  key: string;
  state: VisitState;
  stops: readonly Stop[];
  sensitivities: readonly Sensitivity[];
}

/** The visit as an Encounter (UK Core Encounter, Interweave: a move is a `location`), without its diagnoses. */
export function encounterOf(visit: Visit, holder: Holder, doubts: string[]): Encounter {
  const { subject, organisation, dialect } = holder;
  const { state, number, key } = visit;
  const field = (n: number, component = 1): string => state.said('PV1', n)?.at(n, component) ?? '';
  const patientType = lookUp(dialect.patientTypes, field(18).toUpperCase());
  const visitClass = patientType?.class ?? classOf(field(2).toUpperCase(), visit, holder, doubts);
  const period = periodOf(state, dialect, doubts);
  const provider = dialect.place.provider === undefined ? '' : field(3, dialect.place.provider);
  const owner = lookUp(dialect.organisations, provider) === undefined ? organisation : provider;
  const channel = patientType?.channel;
  const security = securityOf(visit.sensitivities);
  const extension: (Extension | undefined)[] = [
    channel === undefined ? undefined : ukCoreExtra('DeliveryChannel', ukCore('DeliveryChannel', channel, channel)),
    outcomeOf(visitClass, state, dialect, doubts),
  ];
  const reason = conceptOf(state.said('PV2', 3)?.values(3)[0], dialect.codeSystems);
  const service = specialtyOf(field(10), field(10, 2));
  const booking = field(5);
  return withoutEmpty({
    resourceType: 'Encounter',
    id: encounterId(subject, key),
    meta: security.length === 0 ? undefined : { security },
    extension: extension.filter((each) => each !== undefined),
    identifier: number === undefined ? [] : [localIdentifier('encounter', `${owner}-${number}`)],
    status: statusOf(state),
    class:
      visitClass === undefined ? unknownClass : { system: actCode, code: visitClass, display: classWords[visitClass] },
    type: typeOf(visitClass, patientType?.type),
    serviceType: service ?? (visitClass === 'EMER' ? specialtyOf('180', '') : undefined),
    subject: { reference: `Patient/${subject}` },
    appointment: booking === '' ? [] : [{ reference: `Appointment/${appointmentId(subject, booking)}` }],
    participant: participantsOf(state, organisation),
    period,
    reasonCode: reason === undefined ? [] : [reason],
    hospitalization: hospitalizationOf(visitClass, state, dialect, doubts),
    location: locationsOf(visit, visitClass, period, dialect),
    serviceProvider: organisationReference(owner, lookUp(dialect.organisations, owner) ?? '', owner),
  });
}

const unknownClass: Encounter['class'] = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};

const classWords: Readonly<Record<VisitClass, string>> = {
  IMP: 'inpatient encounter',
  EMER: 'emergency',
  AMB: 'ambulatory',
  HH: 'home health',
  VR: 'virtual',
};

/** PV1-2. Somebody who is expected (`P`) is expected to stay; at home is a visit to the home. */
function classOf(code: string, { stops }: Visit, { dialect }: Holder, doubts: string[]): VisitClass | undefined {
  if (stops.length > 0 && stops.every(({ place }) => place.home)) return 'HH';
  if (code === 'P') return 'IMP';
  const known = lookUp(dialect.classes, code);
  if (known === undefined) doubts.push('A visit without a class that is known: told without one');
  return known;
}

function statusOf({ phase }: VisitState): Encounter['status'] {
  if (phase === 'gone') return 'finished';
  if (phase === 'away') return 'onleave';
  return phase === 'here' ? 'in-progress' : phase;
}

const visitTypes: Readonly<Partial<Record<VisitClass, { text: string; code?: string; display?: string }>>> = {
  IMP: { text: 'Hospital stay', code: '185212007', display: 'Seen in hospital ward' },
  EMER: { text: 'Emergency department visit', code: '50849002', display: 'Emergency room admission' },
  AMB: { text: 'Outpatient visit' },
  VR: { text: 'Outpatient visit' },
};

function typeOf(visitClass: VisitClass | undefined, stated: string | undefined): Encounter['type'] {
  if (stated !== undefined) return [{ text: stated }];
  const known = visitClass === undefined ? undefined : visitTypes[visitClass];
  if (known === undefined) return [];
  const { text, code, display } = known;
  return [code === undefined ? { text } : { coding: [{ system: 'http://snomed.info/sct', code, display }], text }];
}

/** Who saw the person, who sent them, who was asked, who admitted them: one line for each person. */
const roles: readonly [field: number, code: string, display: string][] = [
  [7, 'ATND', 'attender'],
  [9, 'CON', 'consultant'],
  [8, 'REF', 'referrer'],
  [17, 'ADM', 'admitter'],
];

function participantsOf(state: VisitState, organisation: string): EncounterParticipant[] {
  const told = new Set<string>();
  const participants: EncounterParticipant[] = [];
  for (const [field, code, display] of roles) {
    for (const who of state.said('PV1', field)?.values(field) ?? []) {
      const individual = staffReference(who, organisation);
      const key = individual?.identifier?.value ?? individual?.display ?? '';
      if (individual === undefined || told.has(key)) continue;
      told.add(key);
      participants.push({ type: [hl7Code('v3-ParticipationType', code, display)], individual });
    }
  }
  return participants;
}

/** FHIR knows neither an undefined element nor an empty list. */
function withoutEmpty(encounter: { [K in keyof Encounter]: Encounter[K] | undefined }): Encounter {
  return Object.fromEntries(
    Object.entries(encounter).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as unknown as Encounter;
}
