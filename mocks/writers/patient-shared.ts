import { dateTime } from '../borough/clock.ts';
import type { Borough, Life } from '../borough/truth.ts';
import { ukCore, ukCoreExtra } from './codes.ts';
import { writePatient } from './patient.ts';
import { penFor, recordOf } from './pen.ts';
import { vitalOf } from './vitals.ts';
import type { SourceRecordLike } from './source-record.ts';

/** Readings the person took at home and shared: performer is the person, setting residential, unchecked by staff. */
export function writePatientShared(life: Life, borough: Borough): SourceRecordLike | undefined {
  const readings = life.happenings.filter((event) => event.kind === 'reading');
  if (readings.length === 0) return undefined;
  const pen = penFor('patient', 'shared', life, borough);
  writePatient(pen);
  for (const reading of readings) {
    pen.add({
      resourceType: 'Observation',
      id: reading.id,
      extension: [ukCoreExtra('RecordingSetting', ukCore('RecordingSetting', 'residential', 'Residential'))],
      status: 'final',
      ...vitalOf(reading.type, reading.values),
      subject: pen.patient,
      effectiveDateTime: dateTime(reading.start),
      performer: [pen.patient],
      device: { display: reading.device },
      note: [{ text: 'Entered by the person, not checked by staff' }],
    });
  }
  return { ...recordOf(pen), organisation: undefined };
}
