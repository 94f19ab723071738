import type { SourceId } from '../../../fhir/sources.ts';
import { day, minute, officeDay } from '../clock.ts';
import type { Term } from '../facts.ts';
import type { Diagnosis, Hospital, Letter } from '../happenings.ts';
import type { Telling } from '../life.ts';

/** The system a hospital writes in. */
export const systemOf: Record<Hospital, SourceId> = { RKE: 'system-c', RRV: 'carecast' };

/** How a hospital holds a letter: as a page or inline, as chance has it, unless its story says. */
export function writtenAs(
  page: boolean,
  told: Pick<Letter, 'form' | 'table'> | undefined,
): Pick<Letter, 'form' | 'table'> {
  return told ?? (page ? { form: 'page' } : {});
}

/** A visit to the emergency department that ends at home. */
export function emergencyVisit(
  t: Telling,
  arrival: number,
  hospital: Hospital,
  reason: Term,
  more: { diagnosis?: Diagnosis; outcome?: 'home' | 'left'; letter?: boolean } = {},
): string {
  const end = arrival + t.random.int(90, 380) * minute;
  const id = t.tell({
    kind: 'emergency',
    hospital,
    visitNumber: t.number(),
    staff: t.random.chance(0.5) ? `${hospital}-180` : `${hospital}-ed2`,
    arrival: t.random.chance(0.3) ? 'ambulance' : 'walk-in',
    reason,
    diagnosis: more.diagnosis,
    outcome: more.outcome ?? 'home',
    start: arrival,
    end,
  });
  if (more.letter !== false) {
    t.tell({
      kind: 'letter',
      from: hospital,
      title: 'Emergency department discharge letter',
      text: `Attended with ${reason.text.toLowerCase()}. ${more.diagnosis === undefined ? 'No diagnosis recorded' : `Diagnosis: ${more.diagnosis.term.text}`}. Discharged home.`,
      author: `${hospital}-180`,
      about: id,
      tellers: [systemOf[hospital], 'emis'],
      filed: { at: officeDay(end + day) },
      start: end + 10 * minute,
    });
  }
  return id;
}
