import type { Condition, Extension } from 'fhir/r4';
import type { PartialDate } from '../../../fhir/partial-date.ts';
import { noteWords } from '../notes.ts';
import { asCarer } from '../mappers/carer.ts';
import { conditionLabel } from '../mappers/diagnosis.ts';
import { codeKeys, concept, conceptOrCode, date, firstConcept, hasCode, items, keyOf, text } from '../read.ts';
import { sourceOf } from '../source.ts';
import { capital, inWords, phrases } from '../words.ts';
import { type Contrary, contraryOf, statedAgainst } from './contrary.ts';
import { ofOneVisit } from './lines.ts';
import { byDate, keyItem, type KeyFacts, type KeyItem, narrative, statedBy } from './topics.ts';

type Significance = 'major' | 'minor' | 'unstated';

const family = /family history|\bfh\b[: ]|\bfhx\b|history of .* in (?:mother|father|sibling|relative)/i;

/**
 * Active problems, those their source calls major first, minor last, the newest first among them. Refuted, entered in error
 * and family history never stand here, what is suspected says so (misreading 7); what concerns the person as a carer of
 * somebody else is no need of their own (misreading 11), and what is the diagnosis of a visit says that. What another
 * source holds resolved or ruled out says so.
 */
export function problemsOf(facts: KeyFacts): KeyItem[] {
  const all = facts.topics.Condition.resources.filter(
    (resource): resource is Condition => resource.resourceType === 'Condition',
  );
  const contraries = all.flatMap(contrary);
  const lines: { item: KeyItem; at: PartialDate | undefined; weight: Significance }[] = [];
  for (const condition of all) {
    if (!isActive(condition)) continue;
    const label = conditionLabel(condition);
    const name = conceptOrCode(condition.code) ?? 'Problem not named';
    const kind = items(condition.category).map(concept).join(' ');
    if (label === undefined || family.test(`${name} ${kind}`)) continue;
    const at = beganOn(condition);
    const codes = codesOf(condition);
    const unstated =
      items(condition.clinicalStatus?.coding).length === 0 && text(condition.clinicalStatus?.text) === undefined;
    const weight = significanceOf(condition);
    const visit = visitOf(condition);
    lines.push({
      at,
      weight,
      item: keyItem(condition, facts, {
        text: capital(inWords(name)),
        detail: phrases(
          ...items(condition.bodySite).map(concept),
          firstConcept(condition.severity),
          weight === 'minor' ? 'Minor' : undefined,
          unstated ? 'Not stated if active' : undefined,
          /support reason/i.test(kind) ? 'support reason' : undefined,
          asCarer(name) ? 'As a carer' : undefined,
          visit === undefined ? undefined : ofOneVisit,
        ),
        label: label === 'Suspected' ? 'Suspected' : undefined,
        recorded: at,
        by: statedBy([condition.recorder, condition.asserter], condition, facts),
        narrative: narrative(...noteWords(condition.note, condition, facts)),
        codes,
        visit,
        against: statedAgainst(contraries, { source: sourceOf(condition), codes, since: at }),
      }),
    });
  }
  return (['major', 'unstated', 'minor'] as const).flatMap((weight) =>
    byDate(lines.filter((line) => line.weight === weight)),
  );
}

/** A hospital's diagnosis of a visit is no entry of a problem list: whether it is active still, nobody said. */
function visitOf(condition: Condition): string | undefined {
  const kinds = items(condition.category);
  if (!kinds.some((kind) => hasCode(kind, 'encounter-diagnosis'))) return undefined;
  if (kinds.some((kind) => hasCode(kind, 'problem-list-item'))) return undefined;
  return text(condition.encounter?.reference) ?? keyOf(condition);
}

function beganOn(condition: Condition): PartialDate | undefined {
  return date(condition.onsetDateTime) ?? date(condition.onsetPeriod?.start) ?? date(condition.recordedDate);
}

/** A code tells that two statements are of one problem only at one site: left and right hip stay two. */
function codesOf(condition: Condition): string[] {
  const site = items(condition.bodySite).flatMap(codeKeys).toSorted().join(' ');
  const codes = codeKeys(condition.code);
  return site === '' ? codes : codes.map((code) => `${code} at ${site}`);
}

function isActive(condition: Condition): boolean {
  if (hasCode(condition.clinicalStatus, 'inactive', 'remission', 'resolved')) return false;
  const ended = text(condition.abatementDateTime) ?? text(condition.abatementPeriod?.end);
  return ended === undefined || hasCode(condition.clinicalStatus, 'active', 'recurrence', 'relapse');
}

function contrary(condition: Condition): Contrary[] {
  if (hasCode(condition.verificationStatus, 'entered-in-error')) return [];
  const over = date(condition.abatementDateTime) ?? date(condition.abatementPeriod?.end);
  const codes = codesOf(condition);
  if (hasCode(condition.verificationStatus, 'refuted')) {
    return [contraryOf(condition, codes, 'ruled out', date(condition.recordedDate))];
  }
  return isActive(condition) ? [] : [contraryOf(condition, codes, 'no longer active', over)];
}

/** UK Core and GP Connect: ProblemSignificance, major or minor. */
function significanceOf(condition: Condition): Significance {
  const found = items<Extension>(condition.extension).find(({ url }) => /ProblemSignificance/i.test(text(url) ?? ''));
  const word = text(found?.valueCode) ?? text(found?.valueCodeableConcept?.coding?.[0]?.code) ?? '';
  return word === 'major' || word === 'minor' ? word : 'unstated';
}
