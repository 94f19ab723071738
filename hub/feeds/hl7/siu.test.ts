import * as fc from 'fast-check';
import type { Appointment } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { UnusableMessage } from '../format.ts';
import { tellMessages } from './testing.ts';

let sent = 0;

/** An SIU message of the Whittington about Grace Okafor; `at` is MSH-7, `more` what stands below SCH. */
function siu(event: string, at: string, sch: string, ...more: string[]): string {
  sent += 1;
  return [
    `MSH|^~\\&|SCHED|RKE|ROUTE|RKE|${at}||SIU^${event}|SIU${sent}|P|2.4`,
    `PID|1||44120^^^RKE^MR~9990000018^^^NHS^NH||Okafor^Grace||19480312|2`,
    `SCH|${sch}`,
    ...more,
  ].join('\r');
}

const clinic = [
  'PV1|1|O|RKE^CARDCL^^RKEQ4^^^^^Cardiology clinic|||||||320||||||||F2F|5561',
  'RGS|1|A',
  'AIS|1|A|^Cardiology clinic follow-up',
  'AIL|1|A|RKE^CARDCL^^RKEQ4^^^^^Cardiology clinic',
  'AIP|1|A|C3456789^Okello^Ruth^^^Dr^^^GMC',
];
const slot = (start: string, end: string) => `^^^${start}^${end}`;
const booked = siu(
  'S12',
  '20261001093000',
  `B77^RKE||||||^Palpitations|FOLLOWUP^Follow-up|||${slot('202611021000', '202611021030')}`,
  ...clinic,
);
const cancelled = siu('S15', '20261020110000', 'B77^RKE|||||PAT^Unwell on the day');
const rebooked = siu(
  'S13',
  '20261021090000',
  'B77^RKE',
  'AIS|1|A|^Cardiology clinic follow-up|202611091400||MIN|30|MIN',
);
const missed = siu('S26', '20261102120000', 'B77^RKE');

async function bookingOf(...messages: string[]): Promise<Appointment> {
  const { resources } = await tellMessages(messages);
  for (const resource of resources) expect(checkStructure(resource).problems).toEqual([]);
  const bookings = resources.filter((each) => each.resourceType === 'Appointment');
  expect(bookings).toHaveLength(1);
  return bookings[0]!;
}

describe('a booking told by SIU messages', () => {
  it('says when, where, with whom and what for, in London time', async () => {
    expect(await bookingOf(booked)).toMatchObject({
      id: '44120-appointment-B77',
      identifier: [{ value: 'RKE-B77' }],
      status: 'booked',
      extension: [{ valueCodeableConcept: { coding: [{ code: 'In-person' }] } }],
      serviceType: [{ text: 'Cardiology clinic follow-up' }],
      specialty: [{ coding: [{ code: '320' }], text: 'Cardiology' }],
      appointmentType: { text: 'Follow-up' },
      reasonCode: [{ text: 'Palpitations' }],
      start: '2026-11-02T10:00:00+00:00',
      end: '2026-11-02T10:30:00+00:00',
      created: '2026-10-01T08:30:00.000Z',
      supportingInformation: [{ reference: 'Encounter/44120-visit-5561' }],
      participant: [
        { actor: { reference: 'Patient/44120' } },
        { actor: { type: 'Practitioner', display: 'Dr Ruth Okello' } },
        { actor: { type: 'Location', display: 'Cardiology clinic, Whittington Hospital' } },
      ],
    });
  });

  it('is cancelled by a message that holds nothing but its number, and keeps all that was known of it', async () => {
    expect(await bookingOf(booked, cancelled)).toMatchObject({
      status: 'cancelled',
      cancelationReason: { coding: [{ code: 'pat' }], text: 'Unwell on the day' },
      start: '2026-11-02T10:00:00+00:00',
      participant: [{ status: 'declined' }, {}, {}],
    });
  });

  it('stays cancelled when the cancellation comes before the booking', async () => {
    expect(await bookingOf(cancelled, booked)).toMatchObject({
      status: 'cancelled',
      start: '2026-11-02T10:00:00+00:00',
    });
  });

  it('is active again with a new time, and the old time does not outlive it in another segment', async () => {
    const booking = await bookingOf(booked, cancelled, rebooked);
    expect(booking).toMatchObject({
      status: 'booked',
      start: '2026-11-09T14:00:00+00:00',
      end: '2026-11-09T14:30:00+00:00',
    });
    expect(booking.cancelationReason).toBeUndefined();
  });

  it('is not revived by its own booking, sent again after the cancellation', async () => {
    const late = booked.replace('20261001093000', '20261020113000');
    expect((await bookingOf(booked, cancelled, late)).status).toBe('cancelled');
    const resent = late.replace(/(SCH\|[^\r]*)/, `$1${'|'.repeat(14)}Booked`);
    expect((await bookingOf(cancelled, resent)).status).toBe('cancelled');
  });

  it('is told as missed, and as kept where SCH-25 says so', async () => {
    expect((await bookingOf(booked, missed)).status).toBe('noshow');
    const kept = siu('S14', '20261102110000', `B77^RKE${'|'.repeat(24)}Complete`);
    expect((await bookingOf(booked, kept)).status).toBe('fulfilled');
  });

  it('is not revived by a mere change of its details', async () => {
    const changed = siu('S14', '20261022090000', 'B77^RKE||||||^Palpitations, worse');
    expect(await bookingOf(booked, cancelled, changed)).toMatchObject({
      status: 'cancelled',
      reasonCode: [{ text: 'Palpitations, worse' }],
    });
  });

  it('loses what its sender takes back, and nothing that it merely leaves out', async () => {
    const taken = siu('S14', '20261022090000', 'B77^RKE||||||""');
    const booking = await bookingOf(booked, taken);
    expect(booking.reasonCode).toBeUndefined();
    expect(booking.appointmentType?.text).toBe('Follow-up');
  });

  it('for a day without a time is told for that day, never for midnight', async () => {
    const day = siu('S12', '20261001093000', `B78||||||||||${slot('20261102', '')}`);
    const booking = await bookingOf(day);
    expect(booking.requestedPeriod).toEqual([{ start: '2026-11-02' }]);
    expect(booking.start).toBeUndefined();
  });

  it('whose time cannot be read is told undated, with a doubt', async () => {
    const odd = siu('S12', '20261001093000', `B79||||||||||${slot('202613021000', '')}`);
    const { resources, doubts } = await tellMessages([odd]);
    // The words stay: the app shows what it cannot read.
    expect(resources).toContainEqual(expect.objectContaining({ resourceType: 'Appointment', start: '202613021000' }));
    expect(doubts).toContain('A date that cannot be read');
  });

  it('keeps the mark of a sensitive clinic through messages that do not state it', async () => {
    const marked = siu('S12', '20261001093000', 'B80', `PV1|1|O${'|'.repeat(14)}STD`);
    const gone = siu('S15', '20261002093000', 'B80');
    const booking = await bookingOf(marked, gone);
    expect(booking.meta?.security?.map(({ code }) => code)).toEqual(['R', 'STD']);
  });

  it('without a number is refused: two of them could not be told apart', async () => {
    await expect(tellMessages([siu('S12', '20261001093000', '|')])).rejects.toThrow(UnusableMessage);
    await expect(tellMessages([siu('S23', '20261001093000', 'B1')])).rejects.toThrow(/tells of no booking/);
  });

  it('comes to the same in any order of its messages, each any number of times', async () => {
    const all = [booked, cancelled, rebooked, missed];
    const expected = await bookingOf(...all);
    const order = fc.array(fc.constantFrom(...all), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(order, fc.shuffledSubarray(all, { minLength: all.length }), async (extra, shuffled) => {
        expect(await bookingOf(...extra, ...shuffled)).toEqual(expected);
      }),
    );
  });
});
