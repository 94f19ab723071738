import { day, dayAt, officeDay } from '../clock.ts';
import type { Telling } from '../life.ts';
import { mentalHealthTrustAt } from '../places.ts';
import { drugs, problems, reasons } from '../vocabulary.ts';
import { found } from './illnesses.ts';
import { gpVisit } from './surgery.ts';

export function lowMood(t: Telling): void {
  const { random } = t;
  const onset = t.life.recordStart + (t.limit - t.life.recordStart) * random.next();
  found(t, onset, problems.depression, gpVisit(t, onset, { reason: reasons.lowMood, drug: drugs.sertraline }));
  for (const weeks of [3, 8, 20])
    gpVisit(t, onset + weeks * 7 * day, { reason: reasons.lowMood, mode: random.pick(['phone', 'surgery']) });
  if (random.chance(0.6)) {
    for (let visit = 0; visit < random.int(3, 10); visit += 1) {
      const contact = mentalHealthContact(
        t,
        onset + (30 + visit * 16) * day,
        visit === 0 ? 'TAF-psychiatrist' : 'TAF-nurse',
      );
      if (visit === 0) assessmentLetter(t, onset + 40 * day, contact);
    }
  }
}

/** The trust writes to the GP once, after the first meeting. */
function assessmentLetter(t: Telling, written: number, about: string): void {
  t.tell({
    kind: 'letter',
    from: mentalHealthTrustAt(written).ods,
    title: 'Mental health assessment letter',
    text: 'Thank you for referring this person. We have met and agreed a plan.',
    author: 'TAF-psychiatrist',
    about,
    tellers: ['system-c', 'emis'],
    filed: { at: officeDay(written + 6 * day) },
    start: written,
  });
}

export function mentalHealthContact(
  t: Telling,
  around: number,
  staff: string,
  labels?: readonly ('PSY' | 'R')[],
): string {
  const start = dayAt(officeDay(around), 0, t.random.int(9, 16), t.random.pick([0, 30]));
  return t.tell({
    kind: 'mental-health',
    visitNumber: t.number(),
    channel: t.random.pick(['In-person', 'In-person', 'Telephone', 'Video']),
    team: staff === 'TAF-memory' ? 'Islington memory service' : 'Islington core mental health team',
    staff,
    reason: staff === 'TAF-memory' ? reasons.memory : reasons.lowMood,
    start,
    end: start + 50 * 60_000,
    labels,
  });
}
