import type { CarePlan, Resource } from 'fhir/r4';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import { formatDate } from '../dates.ts';
import { linesOfText, noteWords } from '../notes.ts';
import { concept, date, firstConcept, items, text } from '../read.ts';
import { capital, inWords, phrases } from '../words.ts';
import { isResuscitationPlan } from './alerts.ts';
import { byDate, keyItem, type KeyFacts, type KeyItem, narrative, statedBy } from './topics.ts';

/**
 * Care plans in force: what, who wrote it, when it is to be reviewed. Those for an emergency or the end of life stand with
 * the alerts. A draft says that it is one.
 */
export function carePlansOf(facts: KeyFacts): KeyItem[] {
  return byDate(facts.topics.CarePlan.resources.flatMap((resource) => lineOf(resource, facts)));
}

function lineOf(resource: Resource, facts: KeyFacts): { item: KeyItem; at: PartialDate | undefined }[] {
  if (resource.resourceType !== 'CarePlan') return [];
  const plan = resource as CarePlan;
  const status = text(plan.status) ?? '';
  const end = date(plan.period?.end);
  if (['revoked', 'completed', 'entered-in-error'].includes(status) || isResuscitationPlan(plan)) return [];
  if (end !== undefined && end.end <= facts.now) return [];
  const at = date(plan.period?.start) ?? date(plan.created);
  const title = text(plan.title) ?? firstConcept(plan.category) ?? 'Care plan';
  const item = keyItem(plan, facts, {
    text: capital(inWords(title)),
    detail: phrases(
      status === 'draft' ? 'draft, not in force' : undefined,
      status === 'on-hold' ? 'On hold' : undefined,
      ...reviewWords(plan, facts.now),
      end === undefined ? undefined : `until ${formatDate(end)}`,
    ),
    recorded: at,
    by: statedBy([plan.author, ...items(plan.contributor)], plan, facts),
    narrative: narrative(linesOfText(plan.description), ...noteWords(plan.note, plan, facts)),
  });
  return [{ item, at }];
}

/** Reviews the plan itself holds as planned: `review due 12-Jan-2027`, `review was due 03-Mar-2026`. */
function reviewWords(plan: CarePlan, now: number): string[] {
  return items(plan.activity).flatMap(({ detail }) => {
    const open = ['not-started', 'scheduled', 'in-progress', 'on-hold'].includes(text(detail?.status) ?? '');
    if (!open || !/\breview/i.test(`${concept(detail?.code) ?? ''} ${text(detail?.description) ?? ''}`)) return [];
    const stated = text(detail?.scheduledString);
    const due =
      date(detail?.scheduledPeriod?.start) ?? date(items(detail?.scheduledTiming)[0]?.event?.[0]) ?? date(stated);
    if (due === undefined) return [stated === undefined ? 'review planned, no date recorded' : `review: ${stated}`];
    return [`${due.end <= now ? 'review was due' : 'review due'} ${formatDate(due)}`];
  });
}
