import { day, dayAt, hour, minute, officeDay } from '../clock.ts';
import type { CarePackage, CareRequest } from '../happenings.ts';
import type { Telling } from '../life.ts';
import { careWords } from './care-words.ts';

type Word = { code: string; text: string };

export interface CareChain {
  from: Word;
  reason: Word;
  assessment: Word;
  outcome: Word;
  requestTeam: string;
  team: string;
  staff: string;
  summary?: string;
  package?: Omit<PackageShape, 'assessment'>;
}

export interface PackageShape {
  category: Word;
  type: Word;
  title: string;
  provider: string;
  /** Days it lasts; without it, it is still running. */
  days?: number;
  status?: CarePackage['status'];
  assessment?: string;
  reviewEvery?: number;
  heldSince?: number;
}

/** Request, assessment and, where it led to one, a package with its reviews. */
export function careChain(
  t: Telling,
  asked: number,
  chain: CareChain,
): { request: string; assessment: string; package?: string } {
  const request = careRequest(t, asked, chain.from, chain.reason, chain.requestTeam, 'closed', chain.assessment.text);
  const start = dayAt(officeDay(asked + t.random.int(1, 9) * day), 0, t.random.int(9, 15), 0);
  const assessment = t.tell({
    kind: 'care-assessment',
    type: chain.assessment,
    team: chain.team,
    staff: chain.staff,
    status: 'completed',
    outcome: chain.outcome,
    request,
    summary: chain.summary,
    asCarer: chain.assessment.code === 'CA' ? true : undefined,
    start,
    end: dayAt(officeDay(start + t.random.int(1, 6) * day), 0, 15, 30),
  });
  if (chain.package === undefined) return { request, assessment };
  const begins = dayAt(start, t.random.int(3, 9), 8, 0);
  return {
    request,
    assessment,
    package: carePackage(t, begins, chain.staff, chain.team, { ...chain.package, assessment }),
  };
}

export function careRequest(
  t: Telling,
  at: number,
  from: Word,
  reason: Word,
  team: string,
  status: CareRequest['status'],
  outcome?: string,
): string {
  return t.tell({
    kind: 'care-request',
    from,
    reason,
    team,
    status,
    outcome,
    start: dayAt(officeDay(at), 0, t.random.int(9, 16), t.random.int(0, 11) * 5),
  });
}

/** A package from its first day, with reviews that happened and the one that is planned. */
export function carePackage(t: Telling, start: number, staff: string, team: string, shape: PackageShape): string {
  const end = shape.days === undefined ? undefined : dayAt(start, shape.days, 17, 0);
  const ended = end !== undefined && end < t.limit;
  const status = ended ? 'finished' : (shape.status ?? 'active');
  const every = (shape.reviewEvery ?? 365) * day;
  const nextReview = ended
    ? undefined
    : officeDay(dayAt(start + Math.ceil((t.now - start + 1) / every) * every, 0, 14, 0));
  const history: CarePackage['history'] =
    status === 'onhold' && shape.heldSince !== undefined
      ? [
          { status: 'active', start, end: shape.heldSince },
          { status: 'onhold', start: shape.heldSince },
        ]
      : [{ status: ended ? 'active' : status, start, end }];
  const id = t.tell({
    kind: 'care-package',
    category: shape.category,
    type: shape.type,
    title: shape.title,
    provider: shape.provider,
    status,
    history,
    staff,
    assessment: shape.assessment,
    nextReview,
    start,
    end,
  });
  for (let due = start + every; due < Math.min(end ?? Infinity, t.limit); due += every) {
    const held = dayAt(officeDay(due), 0, 11, 0);
    t.tell({
      kind: 'care-review',
      planned: true,
      team,
      staff,
      status: 'completed',
      outcome: careWords.outcome.unchanged,
      package: id,
      start: held,
      end: held + hour,
    });
  }
  if (nextReview !== undefined && t.person.death === undefined) {
    t.tell({
      kind: 'care-review',
      planned: true,
      team,
      staff,
      status: 'accepted',
      package: id,
      start: nextReview,
      end: nextReview + 60 * minute,
    });
  }
  return id;
}
