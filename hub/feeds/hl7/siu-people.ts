import type { AppointmentParticipant, Reference } from 'fhir/r4';
import { placeOf } from './adt/place.ts';
import type { Dialect } from './dialect.ts';
import type { Message, Repetition } from './message.ts';
import { staffReference } from './references.ts';
import type { Booking } from './siu-fold.ts';

/** Whom the person will see: the people of the booking itself (AIP), else the consultant of its visit (PV1-7). */
export function staffIn(booking: Booking, organisation: string): AppointmentParticipant[] {
  const named = (fields: (message: Message) => Repetition[]): Reference[] | undefined => {
    const found = booking.latest((message) => {
      const people = fields(message).map((who) => staffReference(who, organisation));
      return people.some((each) => each !== undefined) ? people : undefined;
    });
    return found?.filter((each) => each !== undefined);
  };
  const booked = named((message) => message.all('AIP').flatMap((segment) => segment.values(3)));
  const people = booked ?? named((message) => (message.first('PV1')?.values(7) ?? []).slice(0, 1)) ?? [];
  return people.map((actor) => ({ actor, status: 'accepted' }));
}

/** Where: the place of the booking itself (AIL), else of its visit (PV1-3). */
export function placeIn(booking: Booking, dialect: Dialect): AppointmentParticipant[] {
  const place = booking.latest((message) =>
    [...message.all('AIL'), ...message.all('PV1')]
      .map((segment) => placeOf(segment, dialect))
      .find((each) => each !== undefined),
  );
  return place === undefined ? [] : [{ actor: { type: 'Location', display: place.display }, status: 'accepted' }];
}
