import type { Happening } from './happenings.ts';
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

/** What may lie in the future: it is a plan, not a happening. */
function isPlan(happening: Happening): boolean {
  return happening.kind === 'booking' || (happening.kind === 'care-review' && happening.status === 'accepted');
}

function endBy(end: number | undefined, limit: number, death: number | undefined): number | undefined {
  if (death !== undefined) return end === undefined ? death : Math.min(end, death);
  return end !== undefined && end >= limit ? undefined : end;
}

function cutEnd(happening: Happening, limit: number, death: number | undefined): Happening {
  if (isPlan(happening) && happening.start >= limit) return happening;
  switch (happening.kind) {
    case 'stay': {
      const end = endBy(happening.end, limit, death);
      const wards = happening.wards
        .filter(({ start }) => start < limit)
        .map((move) => ({ ...move, end: endBy(move.end, limit, death) }));
      const died = death !== undefined && end === death;
      const words = died ? { method: '4', destination: '79', words: 'Died in hospital' } : happening.discharge;
      const procedures = happening.procedures.filter(({ at }) => at < limit);
      return { ...happening, end, wards, procedures, discharge: end === undefined ? undefined : words };
    }
    case 'care-package': {
      const end = endBy(happening.end, limit, death);
      const history = happening.history
        .filter(({ start }) => start < limit)
        .map((part) => ({ ...part, end: endBy(part.end, limit, death) }));
      const status = death === undefined ? happening.status : 'finished';
      return { ...happening, end, history, status, nextReview: death === undefined ? happening.nextReview : undefined };
    }
    case 'care-assessment':
    case 'care-review':
      if (happening.end === undefined || happening.end < limit) return happening;
      return death === undefined
        ? { ...happening, end: undefined, status: 'in-progress', outcome: undefined }
        : { ...happening, end: death, status: 'cancelled', outcome: undefined };
    case 'booking':
      return happening;
    default:
      return { ...happening, end: happening.end === undefined ? undefined : Math.min(happening.end, limit) };
  }
}

/** Drops references to what was cut. */
function loosen(happening: Happening, known: (id: string | undefined) => string | undefined): Happening {
  switch (happening.kind) {
    case 'emergency':
      return { ...happening, stay: known(happening.stay) };
    case 'urgent-call':
      return { ...happening, visit: known(happening.visit) };
    case 'urgent-visit':
      return { ...happening, call: known(happening.call) };
    case 'booking':
      return { ...happening, attendance: known(happening.attendance) };
    case 'care-assessment':
      return { ...happening, request: known(happening.request) };
    case 'care-review':
      return { ...happening, package: known(happening.package) };
    case 'care-package':
      return { ...happening, assessment: known(happening.assessment) };
    case 'letter':
      return { ...happening, about: known(happening.about) };
    default:
      return happening;
  }
}
