import type { Appointment, Encounter } from 'fhir/r4';
import { expect, it } from 'vitest';
import { deletedBit } from '../../../access/labels.ts';
import { resourceId } from '../../../store/ids.ts';
import { eachEngine } from '../../../store/testing.ts';
import type { InboxMessage } from '../../format.ts';
import { keepMessage } from '../../inbox/keep.ts';
import { workThrough } from '../../inbox/testing-worker.ts';
import { emisCsv } from './emis-csv.ts';
import { fileOf, guidOf } from './testing-extract.ts';

const [grace, hassan] = [guidOf(1), guidOf(2)];
const patient = (PatientGuid: string) => ({ PatientGuid, Surname: 'Okafor', DateOfBirth: '1948-03-12' });
const [visit, other] = [guidOf(21), guidOf(22)];
const consultation = (PatientGuid: string, ConsultationGuid: string) => ({
  PatientGuid,
  ConsultationGuid,
  EffectiveDate: '2026-11-02',
  ConsultationSourceTerm: 'Surgery consultation',
});
const slot = guidOf(31);
const slotOf = (PatientGuid: string) => ({
  PatientGuid,
  SlotGuid: slot,
  AppointmentDate: '2026-12-01',
  AppointmentStartTime: '10:00:00',
});

eachEngine('what comes a day later without a word on whom it was about', ({ db }) => {
  const take = async (...files: InboxMessage[]) => {
    for (const { seq: _seq, ...file } of files) await keepMessage(db(), { ...file, subject: undefined });
    expect(await workThrough(db(), { 'emis-csv': emisCsv })).toEqual([]);
  };
  const held = async <T>(type: string) => {
    const rows = await db().query<{ content: string; version: number }>(
      'select content, version from resource where type = $1 and (mask & $2::integer) = 0 order by content',
      [type, deletedBit],
    );
    return rows.map(({ content, version }) => ({ ...(JSON.parse(content) as T), version }));
  };

  it('a consultation that was taken back leaves the record that it stood in, and no other', async () => {
    await take(
      fileOf('Admin_Patient', [patient(grace), patient(hassan)]),
      fileOf('CareRecord_Consultation', [consultation(grace, visit), consultation(hassan, other)]),
    );
    expect(await held<Encounter>('Encounter')).toHaveLength(2);
    const deletion = { ConsultationGuid: visit, Deleted: 'true' };
    await take(fileOf('CareRecord_Consultation', [deletion], '20261123013000', 2));
    const left = await held<Encounter>('Encounter');
    expect(left.map(({ id, version }) => [id, version])).toEqual([[resourceId('emis', 'Encounter', other), 1]]);
  });

  it('a slot that was given up is cancelled for whoever had it, and booked again for nobody', async () => {
    await take(fileOf('Appointment_Slot', [slotOf(grace)], '20261122013000', 3));
    expect((await held<Appointment>('Appointment')).map(({ status }) => status)).toEqual(['booked']);
    await take(fileOf('Appointment_Slot', [{ ...slotOf(''), PatientGuid: '' }], '20261122014000', 4));
    expect((await held<Appointment>('Appointment')).map(({ status }) => status)).toEqual(['cancelled']);
    await take(fileOf('Appointment_Slot', [slotOf(hassan)], '20261122015000', 5));
    expect((await held<Appointment>('Appointment')).map(({ status }) => status).toSorted()).toEqual([
      'booked',
      'cancelled',
    ]);
  });
});
