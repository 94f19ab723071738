import { cutEnd, endBy, isPlan, loosen } from './cut.ts';
import type { Life } from './truth.ts';

/**
 * Cuts a told life to what can be true: nothing before birth, after death or in the future, except bookings and planned
 * reviews, which may lie ahead of the living. What is under way at death ends with it; what is under way now has no end
 * yet. Whatever pointed at something cut no longer does.
 */
export function settle(life: Life, now: number): void {
  const { birth, death } = life.person;
  const limit = Math.min(now, death?.at ?? Infinity);
  const within = (instant: number): boolean => instant >= birth && instant < limit;

  life.happenings = life.happenings
    .filter((happening) =>
      isPlan(happening) && happening.start >= now ? death === undefined : within(happening.start),
    )
    .map((happening) => cutEnd(happening, limit, death?.at))
    .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  dropVisitsDuringStays(life);
  const ids = new Set(life.happenings.map(({ id }) => id));
  const known = (id: string | undefined): string | undefined => (id !== undefined && ids.has(id) ? id : undefined);

  life.happenings = life.happenings.map((happening) => loosen(happening, known));
  life.problems = life.problems.filter((each) => within(each.onset)).map((each) => ({ ...each, at: known(each.at) }));
  life.medicines = life.medicines
    .filter((each) => within(each.start))
    .map((each) => ({
      ...each,
      at: known(each.at),
      end: endBy(each.end, limit, death?.at),
      lastIssued: Math.min(each.lastIssued, limit - 1),
    }));
  life.allergies = life.allergies.filter((each) => within(each.stated));
  life.reports = life.reports.filter((each) => within(each.taken)).map((each) => ({ ...each, at: known(each.at) }));
  life.vitals = life.vitals.filter((each) => within(each.taken) && ids.has(each.at));
  life.warnings = life.warnings.filter((each) => within(each.from));
  life.plans = life.plans.filter((each) => within(each.from));
  life.teams = life.teams.filter((each) => within(each.from));
  life.immunisations = life.immunisations
    .filter((each) => within(each.given))
    .map((each) => ({ ...each, at: known(each.at) }));
  life.equipment = life.equipment
    .filter((each) => within(each.asked))
    .map((each) => (each.fitted !== undefined && each.fitted >= limit ? { ...each, fitted: undefined } : each));
  life.supportReasons = life.supportReasons
    .filter((each) => within(each.from))
    .map((each) => ({ ...each, until: endBy(each.until, limit, death?.at) }));
}

/** Nobody sits in a surgery while lying in a ward. A stay whose end nobody recorded may have ended: it drops nothing. */
export function dropVisitsDuringStays(life: Life): void {
  const stays = life.happenings.filter((event) => event.kind === 'stay' && event.end !== undefined);
  const inWard = (instant: number): boolean =>
    stays.some(({ start, end }) => instant >= start && instant < (end ?? start));
  life.happenings = life.happenings.filter((event) => {
    const inPerson = event.kind === 'gp' && ['surgery', 'nurse', 'home'].includes(event.mode);
    return !((inPerson || event.kind === 'community') && inWard(event.start));
  });
}
