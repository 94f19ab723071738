import type { Appointment } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { contextOf, from, now, onlyEntry } from '../testing.ts';
import { mapAppointment } from './appointment.ts';

const booking = (parts: Partial<Appointment>): Appointment => ({
  resourceType: 'Appointment',
  id: 'a1',
  status: 'booked',
  meta: from('carecast', 'RRV'),
  start: '2026-11-24T14:00:00Z',
  specialty: [{ text: 'Cardiology' }],
  participant: [
    { status: 'accepted', actor: { reference: 'Patient/p1', display: 'Florence' } },
    { status: 'accepted', actor: { reference: 'Location/c', display: 'UCH outpatients' } },
  ],
  ...parts,
});

describe('a booking', () => {
  it('ahead says what and where; on which day is its date’s to say', () => {
    expect(onlyEntry([booking({})])).toMatchObject({
      state: 'planned',
      lane: 'hospital',
      title: 'Booked: cardiology clinic',
      detail: ['UCH outpatients'],
      facts: [],
      cautions: [],
    });
  });

  it('names its clinic once', () => {
    const clinic = {
      status: 'accepted',
      actor: { reference: 'Location/c', display: 'Cardiology clinic, UCH' },
    } as const;
    expect(onlyEntry([booking({ participant: [clinic] })]).detail).toEqual(['UCH']);
  });

  it('never names the person in the row', () => {
    expect(JSON.stringify(onlyEntry([booking({})]).detail)).not.toContain('Florence');
  });

  it.each<[Appointment['status'], string, string, string, string[]]>([
    ['booked', '2026-11-20T14:00:00Z', 'unknown', 'Booked: cardiology clinic', ['Not known if attended']],
    [
      'pending',
      '2026-11-20T14:00:00Z',
      'unknown',
      'Asked for, not yet booked: cardiology clinic',
      ['Not known if attended'],
    ],
    ['fulfilled', '2026-11-20T14:00:00Z', 'closed', 'Appointment: cardiology clinic', []],
    ['arrived', '2026-11-20T14:00:00Z', 'closed', 'Appointment: cardiology clinic', []],
    ['noshow', '2026-11-20T14:00:00Z', 'missed', 'Missed: cardiology clinic (not attended)', []],
    ['cancelled', '2026-11-20T14:00:00Z', 'cancelled', 'Cancelled: cardiology clinic', []],
    ['proposed', '2026-11-24T14:00:00Z', 'planned', 'Asked for, not yet booked: cardiology clinic', []],
    ['cancelled', '2026-11-24T14:00:00Z', 'cancelled', 'Cancelled: cardiology clinic', []],
    [
      'fulfilled',
      '2026-11-24T14:00:00Z',
      'planned',
      'Booked: cardiology clinic',
      ['Marked as kept, but its date lies ahead'],
    ],
  ])('%s at %s is %s', (status, start, state, title, cautions) => {
    expect(onlyEntry([booking({ status, start })])).toMatchObject({ state, title, cautions });
  });

  it('is not known to be attended from the minute it began (misreading 6)', () => {
    const soon = booking({ start: '2026-11-22T10:43:00Z' });
    expect(mapAppointment(soon, contextOf()).state).toBe('planned');
    expect(mapAppointment(soon, { ...contextOf(), now: now + 60_000 }).state).toBe('unknown');
  });

  it('that was cancelled says why and for when it was', () => {
    const entry = onlyEntry([booking({ status: 'cancelled', cancelationReason: { text: 'Clinic closed' } })]);
    expect(entry.detail).toEqual(['UCH outpatients', 'Why cancelled: Clinic closed']);
    expect(entry.facts).toEqual(['originally for 24-Nov-2026 14:00']);
  });

  it('without a start, or with a day only, keeps what it states', () => {
    expect(onlyEntry([booking({ start: undefined })])).toMatchObject({
      state: 'planned',
      start: undefined,
      cautions: ['Event date not known'],
    });
    const asked = booking({ start: undefined, requestedPeriod: [{ start: '2026-12-01' }] });
    expect(onlyEntry([asked]).start?.text).toBe('2026-12-01');
  });

  it('with mental health says no more than that', () => {
    const entry = onlyEntry([
      booking({
        specialty: [{ text: 'Adult mental health' }],
        reasonCode: [{ text: 'Psychosis' }],
        description: 'Risk review',
        status: 'cancelled',
        cancelationReason: { text: 'Admitted under section' },
      }),
    ]);
    expect(entry).toMatchObject({ lane: 'mental-health', title: 'Cancelled: mental health appointment' });
    expect(JSON.stringify([entry.detail, entry.facts])).not.toMatch(/psychosis|risk|section/i);
  });
});
