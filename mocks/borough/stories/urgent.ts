import type { Term } from '../facts.ts';
import type { Telling } from '../life.ts';
import { minute } from '../clock.ts';

export interface UrgentStory {
  reason: Term;
  advice: string;
  visit?: { place: 'base' | 'home'; after: number; outcome: string; staff?: string };
  letter?: boolean;
}

/** A call to 111 and, where it led to one, the out-of-hours visit that belongs to it. Answers both ids. */
export function urgentCall(t: Telling, start: number, story: UrgentStory): { call: string; visit?: string } {
  const caseNumber = t.number();
  const call = t.tell({
    kind: 'urgent-call',
    caseNumber,
    reason: story.reason,
    advice: story.advice,
    start,
    end: start + t.random.int(6, 17) * minute,
  });
  if (story.visit === undefined) return { call };
  const arrived = start + story.visit.after * minute;
  const staff = story.visit.staff ?? t.random.pick(['XLCW1-gp1', 'XLCW1-gp2', 'XLCW1-clinician']);
  const visit = t.tell({
    kind: 'urgent-visit',
    caseNumber,
    place: story.visit.place,
    staff,
    reason: story.reason,
    outcome: story.visit.outcome,
    call,
    start: arrived,
    end: arrived + t.random.int(12, 35) * minute,
  });
  const told = t.life.happenings.find(({ id }) => id === call);
  if (told?.kind === 'urgent-call') told.visit = visit;
  if (story.letter !== false) {
    t.tell({
      kind: 'letter',
      from: 'XLCW1',
      title: 'Out-of-hours report',
      text: `Called about ${story.reason.text.toLowerCase()}. ${story.visit.outcome}.`,
      author: staff,
      about: visit,
      tellers: ['emis'],
      filed: { at: arrived + 9 * 60 * minute },
      start: arrived + 45 * minute,
    });
  }
  return { call, visit };
}
