import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { day } from '../../../../borough/clock.ts';
import type { Happening } from '../../../../borough/happenings.ts';
import { makeBorough } from '../../../../borough/make.ts';
import type { NativeMessage } from '../../../native.ts';
import { patientGuid, slotGuid } from './cells.ts';
import { columns } from './columns.ts';
import { nightsOf, writeEmisCsvNative } from './write.ts';

const now = new Date('2026-11-22T10:40:00Z');
const borough = makeBorough({ people: 60, seed: 3, now });
const files = [...writeEmisCsvNative(borough)];
const rowsOf = ({ bytes }: NativeMessage): Record<string, string>[] =>
  parse(Buffer.from(bytes).toString('utf8'), { columns: true });
const tableOf = ({ label }: NativeMessage): string => label.split('_').slice(1, 3).join('_');
const allOf = (table: string, among = files): Record<string, string>[] =>
  among.filter((file) => tableOf(file) === table).flatMap(rowsOf);

describe('the practices’ extracts', () => {
  it('are a file a table, a practice and a night, in the order of the nights, and never from after the last of them', () => {
    const nights = nightsOf(borough.now);
    expect(nights.map((at) => new Date(at).toISOString())).toEqual([
      '2026-11-20T01:30:00.000Z',
      '2026-11-21T01:30:00.000Z',
      '2026-11-22T01:30:00.000Z',
    ]);
    const practices = new Set(borough.lives.map(({ person }) => person.practice)).size;
    expect(files).toHaveLength(nights.length * practices * Object.keys(columns).length);
    expect(files.map(({ at }) => at)).toEqual(files.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(files[0]?.label).toMatch(/^291_Admin_Organisation_20261120013000_[0-9A-F-]{36}\.csv$/);
    expect([...writeEmisCsvNative(borough)]).toEqual(files);
  });

  it('have the whole record on the first night, and then what changed', () => {
    const size = (at: number | undefined): number =>
      allOf(
        'CareRecord_Observation',
        files.filter((file) => file.at === at),
      ).length;
    const [first, second, third] = nightsOf(borough.now);
    expect(size(first)).toBeGreaterThan(500);
    expect(size(second) + size(third)).toBeLessThan(size(first) / 20);
  });

  it('take back the next night what was entered by mistake', () => {
    const gone = allOf('CareRecord_Consultation').filter((row) => row['Deleted'] === 'true');
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.every((row) => row['ConsultationSourceTerm'] === 'Telephone consultation')).toBe(true);
  });

  it('free the slot that somebody gave up', () => {
    const [life] = borough.lives;
    if (life === undefined) throw new Error('nobody lives here');
    const { practice, usualGp } = life.person;
    const booking: Happening = {
      kind: 'booking',
      id: 'given-up',
      organisation: practice,
      service: 'Blood pressure check',
      place: `${practice}-surgery`,
      staff: usualGp,
      channel: 'In-person',
      booked: borough.now - 9 * day,
      start: borough.now + 3 * day,
      end: borough.now + 3 * day + 600_000,
      status: 'cancelled',
    };
    const changed = { ...borough, lives: [{ ...life, happenings: [...life.happenings, booking] }] };
    const slots = allOf('Appointment_Slot', [...writeEmisCsvNative(changed)]);
    const own = slots.filter(({ SlotGuid }) => SlotGuid === slotGuid('given-up'));
    expect(own.map(({ PatientGuid }) => PatientGuid)).toEqual([patientGuid(life.person.key), '']);
  });

  it('name codes, staff, sessions and consultations that they hold', () => {
    const known = (table: string, column: string): Set<string | undefined> =>
      new Set(allOf(table).map((row) => row[column]));
    const refers = (table: string, column: string, to: Set<string | undefined>): string[] =>
      allOf(table)
        .map((row) => row[column] ?? '')
        .filter((value) => value !== '' && !to.has(value));
    const codes = known('Coding_ClinicalCode', 'CodeId');
    expect(refers('CareRecord_Observation', 'CodeId', codes)).toEqual([]);
    expect(refers('Prescribing_IssueRecord', 'CodeId', known('Coding_DrugCode', 'CodeId'))).toEqual([]);
    expect(
      refers('Prescribing_IssueRecord', 'DrugRecordGuid', known('Prescribing_DrugRecord', 'DrugRecordGuid')),
    ).toEqual([]);
    expect(refers('CareRecord_Problem', 'ObservationGuid', known('CareRecord_Observation', 'ObservationGuid'))).toEqual(
      [],
    );
    expect(
      refers('CareRecord_Observation', 'ConsultationGuid', known('CareRecord_Consultation', 'ConsultationGuid')),
    ).toEqual([]);
    expect(refers('Appointment_Slot', 'SessionGuid', known('Appointment_Session', 'AppointmentSessionGuid'))).toEqual(
      [],
    );
    // One clinician left before the first extract: nobody can look that name up.
    const strangers = new Set(
      refers('CareRecord_Consultation', 'ClinicianUserInRoleGuid', known('Admin_UserInRole', 'UserInRoleGuid')),
    );
    expect(strangers.size).toBeLessThanOrEqual(1);
  });

  it('name nobody outside the range that is never issued', () => {
    const numbers = allOf('Admin_Patient').map((row) => row['NhsNumber'] ?? '');
    expect(numbers.length).toBeGreaterThan(50);
    expect(numbers.filter((number) => !number.startsWith('999'))).toEqual([]);
  });
});
