import { date, dateTime } from '../../../borough/clock.ts';
import type { CareAssessment, CarePackage, CareReview } from '../../../borough/happenings.ts';
import type { CareEvent } from './known-events.ts';

/** An event in the words of the extension, as far as it had come by `asAt` (epoch milliseconds). */
export function eventItem(event: CareEvent, asAt: number): object {
  const shared = { id: event.id, labels: event.labels };
  if (event.kind === 'care-request') {
    return {
      ...shared,
      event: 'Request',
      start: dateTime(event.start),
      status: event.status,
      reason: event.reason.text,
      requester: event.from.text,
      outcome: event.outcome,
      team: event.team,
      asCarer: event.reason.code === 'REQ-CS' ? true : undefined,
    };
  }
  if (event.kind === 'care-assessment') {
    return {
      ...shared,
      event: 'Assessment',
      ...progress(event, asAt),
      kind: event.type.text,
      asCarer: event.asCarer,
      follows: event.request,
      summary: event.summary,
    };
  }
  if (event.kind === 'care-review') {
    return { ...shared, event: 'Review', ...progress(event, asAt), planned: event.planned, follows: event.package };
  }
  return { ...shared, event: 'Service', ...serviceItem(event, asAt) };
}

function progress(event: CareAssessment | CareReview, asAt: number): object {
  const done = event.end !== undefined && event.end <= asAt;
  const stages = { accepted: 'planned', 'in-progress': 'open', completed: 'closed', cancelled: 'cancelled' } as const;
  const status = event.status === 'completed' && !done ? 'open' : stages[event.status];
  return {
    start: dateTime(event.start),
    end: event.end !== undefined && (done || status === 'planned') ? dateTime(event.end) : undefined,
    status,
    outcome: status === 'closed' ? event.outcome?.text : undefined,
    team: event.team,
    staff: event.staff,
  };
}

function serviceItem(service: CarePackage, asAt: number): object {
  const end = service.end !== undefined && service.end <= asAt ? service.end : undefined;
  const stages = { planned: 'planned', active: 'open', onhold: 'onhold', finished: 'closed' } as const;
  return {
    start: date(service.start),
    end: end === undefined ? undefined : date(end),
    status: end === undefined ? stages[service.status] : 'closed',
    name: service.title,
    kind: service.type.text,
    category: service.category.text,
    provider: service.provider,
    staff: service.staff,
    follows: service.assessment,
    history: service.history.map((part) => ({
      status: part.status,
      start: date(part.start),
      end: part.end === undefined ? undefined : date(part.end),
    })),
  };
}
