import type { Condition } from 'fhir/r4';
import { conditionLabel } from '../mappers/diagnosis.ts';
import { concept, conceptOrCode, date, firstConcept, hasCode, items, text } from '../read.ts';
import { capital, inWords, phrases } from '../words.ts';
import { byDate, keyItem, type KeyFacts, type KeyItem } from './topics.ts';

const family = /family history|\bfh\b[: ]|\bfhx\b|history of .* in (?:mother|father|sibling|relative)/i;

/**
 * Active problems, the newest first, each with its source; nothing is merged. Refuted, entered in error and family history
 * never stand here, what is suspected says so (misreading 7); what concerns the person as a carer of somebody else is no
 * need of their own (misreading 11).
 */
export function problemsOf(facts: KeyFacts): KeyItem[] {
  const lines = [];
  for (const resource of facts.topics.Condition.resources) {
    const condition = resource as Condition;
    if (condition.resourceType !== 'Condition' || !isActive(condition)) continue;
    const label = conditionLabel(condition);
    const name = conceptOrCode(condition.code) ?? 'Problem not named';
    const kind = items(condition.category).map(concept).join(' ');
    if (label === undefined || family.test(`${name} ${kind}`)) continue;
    const at = date(condition.onsetDateTime) ?? date(condition.onsetPeriod?.start) ?? date(condition.recordedDate);
    const unstated =
      items(condition.clinicalStatus?.coding).length === 0 && text(condition.clinicalStatus?.text) === undefined;
    lines.push({
      at,
      item: keyItem(condition, facts, {
        text: capital(inWords(name)),
        detail: phrases(
          firstConcept(condition.severity),
          unstated ? 'Not stated if active' : undefined,
          /support reason/i.test(kind) ? 'support reason' : undefined,
          /carer/i.test(name) ? 'As a carer' : undefined,
        ),
        label: label === 'Suspected' ? 'Suspected' : undefined,
        recorded: at,
      }),
    });
  }
  return byDate(lines);
}

function isActive(condition: Condition): boolean {
  if (hasCode(condition.clinicalStatus, 'inactive', 'remission', 'resolved')) return false;
  const ended = text(condition.abatementDateTime) ?? text(condition.abatementPeriod?.end);
  return ended === undefined || hasCode(condition.clinicalStatus, 'active', 'recurrence', 'relapse');
}
