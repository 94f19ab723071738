import type { Hospital } from '../../../borough/happenings.ts';
import type { Borough } from '../../../borough/truth.ts';
import type { NativeMessage } from '../../native.ts';
import { adtMessages } from './adt.ts';
import { appointmentMessages } from './appointments.ts';
import { handFor } from './hand.ts';
import { letterMessages } from './letters.ts';
import { resultMessages } from './results.ts';
import { vitalMessages } from './vitals.ts';

/** What System C at the Whittington sends of the borough, in HL7 v2.4: one person after another, each in the order sent. */
export function writeSystemCNative(borough: Borough): Iterable<NativeMessage> {
  return writeHospitalNative('RKE', borough);
}

/** What Carecast at University College Hospital sends of the borough, in HL7 v2.3: one person after another, each in the order sent. */
export function writeCarecastNative(borough: Borough): Iterable<NativeMessage> {
  return writeHospitalNative('RRV', borough);
}

function* writeHospitalNative(hospital: Hospital, borough: Borough): Generator<NativeMessage> {
  const households = new Map(borough.households.map((household) => [household.id, household]));
  for (const life of borough.lives) {
    const hand = handFor(hospital, life, borough);
    if (hand === undefined) continue;
    const adt = adtMessages({ ...hand, household: households.get(life.person.household) });
    // Whom the patient office never met has no bookings, results or letters here either.
    if (adt.length === 0) continue;
    yield* [
      ...adt,
      ...appointmentMessages(hand),
      ...resultMessages(hand),
      ...vitalMessages(hand),
      ...letterMessages(hand),
    ].sort((a, b) => a.at - b.at);
  }
}
