import type { CarePackage, Happening, HappeningOf, Stay } from './happenings.ts';

/** What may lie in the future: it is a plan, not a happening. */
export function isPlan(happening: Happening): boolean {
  return happening.kind === 'booking' || (happening.kind === 'care-review' && happening.status === 'accepted');
}

/** An end as far as it has come: at the latest death; one that lies ahead of the living is not known yet. */
export function endBy(end: number | undefined, limit: number, death: number | undefined): number | undefined {
  if (death !== undefined) return end === undefined ? death : Math.min(end, death);
  return end !== undefined && end >= limit ? undefined : end;
}

/** The event as far as it has come by `limit` (now, or death where there was one). */
export function cutEnd(happening: Happening, limit: number, death: number | undefined): Happening {
  if (happening.kind === 'booking' || (isPlan(happening) && happening.start >= limit)) return happening;
  if (happening.kind === 'stay') return cutStay(happening, limit, death);
  if (happening.kind === 'care-package') return cutPackage(happening, limit, death);
  if (happening.kind === 'care-assessment' || happening.kind === 'care-review') {
    return cutTask(happening, limit, death);
  }
  return { ...happening, end: happening.end === undefined ? undefined : Math.min(happening.end, limit) };
}

function cutStay(stay: Stay, limit: number, death: number | undefined): Stay {
  const end = endBy(stay.end, limit, death);
  const wards = stay.wards
    .filter(({ start }) => start < limit)
    .map((move) => ({ ...move, end: endBy(move.end, limit, death) }));
  const died = death !== undefined && end === death;
  const words = died ? { method: '4', destination: '79', words: 'Died in hospital' } : stay.discharge;
  const procedures = stay.procedures.filter(({ at }) => at < (end ?? limit));
  return { ...stay, end, wards, procedures, discharge: end === undefined ? undefined : words };
}

function cutPackage(service: CarePackage, limit: number, death: number | undefined): CarePackage {
  const history = service.history
    .filter(({ start }) => start < limit)
    .map((part) => ({ ...part, end: endBy(part.end, limit, death) }));
  return {
    ...service,
    end: endBy(service.end, limit, death),
    history,
    status: death === undefined ? service.status : 'finished',
    nextReview: death === undefined ? service.nextReview : undefined,
  };
}

type CareTask = HappeningOf<'care-assessment' | 'care-review'>;

function cutTask(task: CareTask, limit: number, death: number | undefined): CareTask {
  if (task.end === undefined || task.end < limit) return task;
  return death === undefined
    ? { ...task, end: undefined, status: 'in-progress', outcome: undefined }
    : { ...task, end: death, status: 'cancelled', outcome: undefined };
}

/** Drops references to what was cut. */
export function loosen(happening: Happening, known: (id: string | undefined) => string | undefined): Happening {
  if (happening.kind === 'emergency') return { ...happening, stay: known(happening.stay) };
  if (happening.kind === 'urgent-call') return { ...happening, visit: known(happening.visit) };
  if (happening.kind === 'urgent-visit') return { ...happening, call: known(happening.call) };
  if (happening.kind === 'booking') return { ...happening, attendance: known(happening.attendance) };
  if (happening.kind === 'care-assessment') return { ...happening, request: known(happening.request) };
  if (happening.kind === 'care-review') return { ...happening, package: known(happening.package) };
  if (happening.kind === 'care-package') return { ...happening, assessment: known(happening.assessment) };
  return happening.kind === 'letter' ? { ...happening, about: known(happening.about) } : happening;
}
