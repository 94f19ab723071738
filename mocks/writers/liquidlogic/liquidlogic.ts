import type { Happening } from '../../borough/happenings.ts';
import type { Borough, Life } from '../../borough/truth.ts';
import { writePatient } from '../patient.ts';
import { penFor, recordOf } from '../pen.ts';
import { writeTeams } from '../teams.ts';
import { writeWarnings } from '../warnings.ts';
import type { SourceRecordLike } from '../source-record.ts';
import { writeRequest } from './requests.ts';
import { writeEquipment, writePackage, writeSupportReasons } from './services.ts';
import { writeAssessment, writeReview } from './tasks.ts';

/** The council's record by the Interweave social care profiles: never an Encounter. Undefined for who never asked. */
export function writeLiquidlogic(life: Life, borough: Borough): SourceRecordLike | undefined {
  const pen = penFor('liquidlogic', '706', life, borough);
  const events = life.happenings.filter(
    (event) => event.kind.startsWith('care-') && (event.start <= pen.asAt || isPlanned(event)),
  );
  if (!events.some(({ start }) => start <= pen.asAt)) return undefined;
  writePatient(pen);
  const told = new Set(events.map(({ id }) => id));
  for (const event of events) {
    if (event.kind === 'care-request') writeRequest(pen, event);
    if (event.kind === 'care-assessment') writeAssessment(pen, event, told);
    if (event.kind === 'care-review') writeReview(pen, event);
    if (event.kind === 'care-package') writePackage(pen, event, told);
  }
  writeSupportReasons(pen);
  writeEquipment(pen);
  writeWarnings(pen);
  writeTeams(pen);
  return recordOf(pen);
}

function isPlanned(event: Happening): boolean {
  return event.kind === 'care-review' && event.status === 'accepted';
}
