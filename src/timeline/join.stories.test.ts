import type { Appointment, DocumentReference, Encounter, Resource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { odsSystem, ukCoreExtension } from '../../fhir/systems.ts';
import type { Entry } from './entry.ts';
import { joinEntries } from './join.ts';
import { layOut } from './layout.ts';
import { contextOf, from, now } from './testing.ts';
import { mapRecord } from './to-entries.ts';

// Ten stories a GP would recognise, each told as the systems of the borough tell it.

const caseNumbers = 'https://fhir.interweavedigital.nhs.uk/Id/local-case-identifier';
const whittington = {
  display: 'Whittington Health NHS Trust',
  identifier: { system: odsSystem, value: 'RKE' },
};
const uclh = { display: 'University College London Hospitals NHS Foundation Trust' };
const outOfHours = { display: 'London Central and West Unscheduled Care' };

const encounter = (id: string, source: string, parts: Partial<Encounter>): Encounter => ({
  resourceType: 'Encounter',
  id,
  meta: from(source),
  status: 'finished',
  class: { code: 'AMB' },
  ...parts,
});
const stay = (id: string, source: string, parts: Partial<Encounter>) =>
  encounter(id, source, { class: { code: 'IMP' }, ...parts });
const letter = (
  id: string,
  title: string,
  written: string,
  parts: Partial<DocumentReference> = {},
): DocumentReference => ({
  resourceType: 'DocumentReference',
  id,
  meta: from('emis'),
  status: 'current',
  type: { text: title },
  date: written,
  author: [{ type: 'Organization', display: whittington.display }],
  custodian: { display: 'Killick Street Health Centre' },
  content: [],
  ...parts,
});

const rowsOf = (...resources: Resource[]): Entry[] => mapRecord(resources, contextOf(), joinEntries).entries;
const tellersOf = (row: Entry | undefined) => row?.joined?.witnesses.map(({ entry }) => entry.key);

describe('a GP reads', () => {
  it('1 a broken hip: the ward’s stay and the practice’s entry from the letter are one stay, the ends a few hours apart', () => {
    const rows = rowsOf(
      stay('ward', 'system-c', {
        serviceProvider: whittington,
        reasonCode: [{ text: 'Fall at home, hip fracture' }],
        period: { start: '2026-11-14T02:41:00Z', end: '2026-11-19T15:30:00Z' },
      }),
      stay('entered', 'emis', {
        type: [{ text: 'Externally Entered' }],
        serviceType: { text: 'Hospital stay, entered from a letter' },
        serviceProvider: whittington,
        reasonCode: [{ text: 'Fracture of neck of femur' }],
        period: { start: '2026-11-14', end: '2026-11-19T18:00:00Z' },
      }),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.title).toBe('Hospital stay: fall at home, hip fracture');
    expect(tellersOf(rows[0])).toEqual(['Encounter/ward', 'Encounter/entered']);
    expect(rows[0]?.joined?.differences.map(({ what }) => what)).toEqual(['time', 'reason']);
    expect(rows[0]?.cautions).toEqual([]);
  });

  it('2 a bad night: 111 called, seen at the base, and the surgery’s out-of-hours report of it are one row', () => {
    const [first, ...others] = rowsOf(
      encounter('call', 'adastra', {
        class: { code: '111' },
        type: [{ text: 'NHS 111 call' }],
        serviceProvider: outOfHours,
        identifier: [{ system: caseNumbers, value: 'XLCW1-771' }],
        reasonCode: [{ text: 'Chest pain' }],
        period: { start: '2026-11-14T22:10:00Z', end: '2026-11-14T22:22:00Z' },
      }),
      encounter('base', 'adastra', {
        type: [{ text: 'Out-of-hours visit' }],
        serviceProvider: outOfHours,
        reasonCode: [{ text: 'Chest pain' }],
        partOf: { reference: 'Encounter/call' },
        period: { start: '2026-11-14T23:40:00Z', end: '2026-11-15T00:05:00Z' },
      }),
      encounter('report', 'emis', {
        type: [{ text: 'Out of hours report' }],
        serviceProvider: { display: 'LCW Unscheduled Care' },
        reasonCode: [{ text: 'Chest pain' }],
        period: { start: '2026-11-14T23:45:00Z' },
      }),
    );
    expect(others).toEqual([]);
    expect(first?.title).toBe('111 call: chest pain');
    expect(first?.children.map(({ key }) => key)).toEqual(['Encounter/base']);
    expect(first?.statements.map(({ reference }) => reference)).toEqual([
      'Encounter/call',
      'Encounter/base',
      'Encounter/report',
    ]);
  });

  it('3 a clinic booked through the referral service and kept at another time than booked: one row, said to be kept', () => {
    const booking: Appointment = {
      resourceType: 'Appointment',
      id: 'referral',
      meta: from('e-RS'),
      status: 'booked',
      serviceType: [{ text: 'Cardiology clinic' }],
      start: '2026-11-10T10:00:00Z',
      participant: [{ actor: { type: 'Organization', display: uclh.display }, status: 'accepted' }],
    };
    const rows = rowsOf(
      booking,
      encounter('clinic', 'carecast', {
        type: [{ text: 'Outpatient visit' }],
        serviceType: { text: 'Cardiology' },
        serviceProvider: uclh,
        period: { start: '2026-11-10T10:17:00Z', end: '2026-11-10T10:40:00Z' },
      }),
    );
    expect(rows.map(({ title }) => title)).toEqual(['Outpatient: cardiology']);
    expect(rows[0]?.detail).toContain('Planned for 10-Nov-2026 10:00, kept');
    expect(rows[0]?.cautions).toEqual([]);
  });

  it('4 twice in the emergency department on one day: two rows, and the practice’s undated-by-time entry is taken for neither', () => {
    const seen = (id: string, start: string) =>
      encounter(id, 'system-c', {
        class: { code: 'EMER' },
        serviceProvider: whittington,
        reasonCode: [{ text: 'Abdominal pain' }],
        period: { start },
      });
    const rows = rowsOf(
      seen('morning', '2026-11-14T07:30:00Z'),
      seen('evening', '2026-11-14T21:05:00Z'),
      encounter('entered', 'emis', {
        class: { code: 'EMER' },
        serviceProvider: whittington,
        reasonCode: [{ text: 'Abdominal pain' }],
        period: { start: '2026-11-14' },
      }),
    );
    expect(rows).toHaveLength(3);
    const entered = rows.find(({ key }) => key === 'Encounter/entered');
    expect(entered?.unsure?.map(({ key, apart }) => [key, apart])).toEqual([
      ['Encounter/evening', 'more than one fits'],
      ['Encounter/morning', 'more than one fits'],
    ]);
  });

  it('5 a transfer from the Whittington to UCLH: two stays, each saying where the other was', () => {
    const rows = rowsOf(
      stay('first', 'system-c', {
        serviceProvider: whittington,
        hospitalization: { dischargeDisposition: { coding: [{ code: '51' }], text: 'Other hospital' } },
        period: { start: '2026-11-10T08:00:00Z', end: '2026-11-12T14:00:00Z' },
      }),
      stay('second', 'carecast', {
        serviceProvider: uclh,
        hospitalization: {
          extension: [{ url: `${ukCoreExtension}AdmissionMethod`, valueCodeableConcept: { coding: [{ code: '81' }] } }],
        },
        period: { start: '2026-11-12T15:20:00Z', end: '2026-11-18T11:00:00Z' },
      }),
    );
    expect(rows).toHaveLength(2);
    const words = rows.map(({ detail }) => detail.at(-1));
    expect(words).toContain(`Then in another hospital: ${uclh.display}, from 12-Nov-2026 15:20`);
    expect(words).toContain(`Came from another hospital: ${whittington.display}, until 12-Nov-2026 14:00`);
    expect(rows.every(({ joined, unsure }) => joined === undefined && unsure === undefined)).toBe(true);
  });

  it('6 home on Friday and in again on Saturday: two stays, and the letter goes to the one whose days it states', () => {
    const rows = rowsOf(
      stay('one', 'system-c', {
        serviceProvider: whittington,
        period: { start: '2026-11-02T10:00:00Z', end: '2026-11-06T12:00:00Z' },
      }),
      stay('two', 'system-c', {
        serviceProvider: whittington,
        period: { start: '2026-11-07T03:00:00Z', end: '2026-11-11T12:00:00Z' },
      }),
      letter('summary', 'Discharge summary', '2026-11-11T16:00:00Z', {
        context: { period: { start: '2026-11-07', end: '2026-11-11' } },
      }),
    );
    expect(rows).toHaveLength(2);
    expect(tellersOf(rows.find(({ key }) => key === 'Encounter/two'))).toEqual([
      'Encounter/two',
      'DocumentReference/summary',
    ]);
  });

  it('7 a letter that says only when it was written, after two clinics: it stands alone', () => {
    const clinic = (id: string, start: string) =>
      encounter(id, 'system-c', {
        type: [{ text: 'Outpatient visit' }],
        serviceType: { text: 'Cardiology' },
        serviceProvider: whittington,
        period: { start },
      });
    const rows = rowsOf(
      clinic('first', '2026-11-02T10:00:00Z'),
      clinic('again', '2026-11-09T10:00:00Z'),
      letter('clinic-letter', 'Cardiology clinic letter', '2026-11-12T16:00:00Z'),
    );
    expect(rows).toHaveLength(3);
    expect(rows.find(({ kind }) => kind === 'letter')?.cautions).toContain('Event date not known');
  });

  it('8 told at the wrong hour after the clocks changed: two rows that name each other, not a guess', () => {
    const visit = (id: string, source: string, start: string) =>
      encounter(id, source, {
        class: { code: 'EMER' },
        serviceProvider: whittington,
        reasonCode: [{ text: 'Head injury' }],
        period: { start },
      });
    const rows = rowsOf(
      visit('door', 'system-c', '2026-10-25T12:30:00Z'),
      visit('typed', 'emis', '2026-10-25T13:30:00Z'),
    );
    expect(rows).toHaveLength(2);
    expect(rows.map(({ unsure }) => unsure?.[0]?.apart)).toEqual([
      'times differ by 60 minutes',
      'times differ by 60 minutes',
    ]);
  });

  it('9 a discharge message that was lost: the stay stays open though the practice has it ended, and says that they differ', () => {
    const rows = rowsOf(
      stay('ward', 'carecast', {
        status: 'in-progress',
        serviceProvider: uclh,
        period: { start: '2026-10-20T09:00:00Z' },
      }),
      stay('entered', 'emis', {
        serviceProvider: { display: 'UCLH' },
        period: { start: '2026-10-20', end: '2026-10-24' },
      }),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ state: 'open', lasting: true });
    // Its own second telling is no later contact elsewhere.
    expect(rows[0]?.cautions).toEqual(['No discharge recorded, as at 22-Nov-2026 10:42', 'Sources differ: outcome']);
  });

  it('10 admitted, says the hospital; sent home, says the practice: one row that takes no side (misreading 10)', () => {
    const rows = rowsOf(
      encounter('door', 'system-c', {
        class: { code: 'EMER' },
        serviceProvider: whittington,
        reasonCode: [{ text: 'Chest pain' }],
        hospitalization: { dischargeDisposition: { text: 'Admitted to this hospital' } },
        period: { start: '2026-11-14T10:00:00Z', end: '2026-11-14T13:00:00Z' },
      }),
      encounter('typed', 'emis', {
        class: { code: 'EMER' },
        serviceProvider: { display: 'The Whittington Hospital' },
        reasonCode: [{ text: 'Chest pain' }],
        hospitalization: { dischargeDisposition: { text: 'Sent home' } },
        period: { start: '2026-11-14T10:00:00Z' },
      }),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.cautions).toEqual(['Sources differ: outcome']);
  });
});

describe('a hundred and one visits of one day, to one place, of one kind', () => {
  const visits = (source: string, precise: boolean) =>
    Array.from({ length: 101 }, (_, place) =>
      encounter(`${source}-${place}`, source, {
        class: { code: 'EMER' },
        serviceProvider: whittington,
        reasonCode: [{ text: 'Chest pain' }],
        period: { start: precise ? new Date(Date.UTC(2026, 10, 14, 0, place * 10)).toISOString() : '2026-11-14' },
      }),
    );
  const shown = (rows: Entry[]) =>
    layOut({
      entries: rows,
      now,
      watermark: -Infinity,
      status: 'all',
      filter: {},
      upcomingExpanded: true,
      gaps: [],
    }).shown;

  it('are all there, told by the minute or by the day', () => {
    expect(shown(rowsOf(...visits('system-c', true)))).toBe(101);
    expect(shown(rowsOf(...visits('system-c', false)))).toBe(101);
  });

  it('are all there when the practice tells of each as well and nobody can say which is which', () => {
    const rows = rowsOf(...visits('system-c', true), ...visits('emis', false));
    expect(shown(rows)).toBe(202);
    expect(rows.every(({ joined }) => joined === undefined)).toBe(true);
    // The doubt is told without burying the row.
    expect(Math.max(...rows.map(({ unsure }) => unsure?.length ?? 0))).toBeLessThanOrEqual(16);
    expect(Math.min(...rows.map(({ unsure }) => unsure?.length ?? 0))).toBeGreaterThan(0);
  });
});
