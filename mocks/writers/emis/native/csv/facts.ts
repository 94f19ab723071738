import { date } from '../../../../borough/clock.ts';
import type { Problem } from '../../../../borough/facts.ts';
import { organisationOf } from '../../../../borough/places.ts';
import { entry, filedIn, observationGuid, type Chart } from './cells.ts';
import { guid } from './guid.ts';
import type { CsvRow } from './ledger.ts';

function observe(chart: Chart, fact: string, type: string, row: CsvRow): void {
  const id = observationGuid(fact);
  chart.ledger.put('CareRecord_Observation', id, { ObservationType: type, ...row, ObservationGuid: id });
}

/** The problem list. It has no place for how sure anybody is: what is suspected or ruled out says so in its own words. */
export function writeProblemRows(chart: Chart): void {
  for (const problem of chart.life.problems) {
    if (!problem.tellers.includes('emis') || problem.onset > chart.asAt) continue;
    const over = problem.ended !== undefined && problem.ended <= chart.asAt;
    const past = over || problem.certainty === 'refuted';
    const common = entry(chart, { at: problem.onset, labels: problem.labels });
    observe(chart, problem.id, 'Observation', {
      ...common,
      ...filedIn(chart, problem.at),
      CodeId: chart.ledger.code(termOf(problem)),
    });
    const id = observationGuid(problem.id);
    chart.ledger.put('CareRecord_Problem', id, {
      ObservationGuid: id,
      PatientGuid: common['PatientGuid'],
      OrganisationGuid: common['OrganisationGuid'],
      Deleted: 'false',
      EndDate: over ? date(problem.ended ?? problem.onset) : undefined,
      EndDatePrecision: over ? 'YMD' : undefined,
      ProblemStatusDescription: past ? 'Past Problem' : 'Active Problem',
      SignificanceDescription: 'Significant Problem',
    });
  }
}

function termOf({ term, certainty }: Problem): Problem['term'] {
  if (certainty === 'confirmed') return term;
  const words = `${term.text.charAt(0).toLowerCase()}${term.text.slice(1)}`;
  return { text: certainty === 'suspected' ? `Suspected ${words}` : `No evidence of ${words}` };
}

export function writeAllergyRows(chart: Chart): void {
  for (const allergy of chart.life.allergies) {
    if (!allergy.tellers.includes('emis') || allergy.stated > chart.asAt) continue;
    const none = { text: 'No known allergies', code: '716186003' };
    const words = [allergy.reaction?.text, allergy.severe === true ? 'severe' : undefined].filter(Boolean).join(', ');
    observe(chart, allergy.id, 'Allergy', {
      ...entry(chart, { at: allergy.stated, staff: allergy.statedBy, labels: allergy.labels }),
      CodeId: chart.ledger.code(allergy.substance ?? none),
      AssociatedText: words === '' ? undefined : words,
    });
  }
}

export function writeImmunisationRows(chart: Chart): void {
  for (const given of chart.life.immunisations) {
    if (!given.tellers.includes('emis') || given.given > chart.asAt) continue;
    observe(chart, given.id, 'Immunisation', {
      ...entry(chart, { at: given.given, labels: given.labels }),
      ...filedIn(chart, given.at),
      CodeId: chart.ledger.code(given.vaccine),
    });
  }
}

/** Letters that were filed: that one is there, from whom; the letter itself is not in the extract. */
export function writeDocumentRows(chart: Chart): void {
  for (const letter of chart.life.happenings) {
    if (letter.kind !== 'letter' || !letter.tellers.includes('emis')) continue;
    const filed = letter.filed?.at ?? letter.start;
    if (filed > chart.asAt) continue;
    const event = letter.filed?.entry === undefined ? letter.about : `${letter.about}-entered`;
    observe(chart, `${letter.id}-filed`, 'Document', {
      ...entry(chart, { at: letter.start, entered: filed, labels: letter.labels }),
      ...filedIn(chart, event),
      CodeId: chart.ledger.code({ text: letter.title }),
      AssociatedText: `From ${organisationOf(letter.from).name}`,
      DocumentGuid: guid(`document ${letter.id}`),
    });
  }
}

/** A plan is an entry with its words, and a diary entry for when it is due. */
export function writePlanRows(chart: Chart): void {
  for (const plan of chart.life.plans) {
    if (!plan.tellers.includes('emis') || plan.from > chart.asAt) continue;
    const common = entry(chart, { at: plan.from, staff: plan.author, labels: plan.labels });
    observe(chart, plan.id, 'Observation', {
      ...common,
      CodeId: chart.ledger.code({ text: plan.title }),
      AssociatedText: plan.text,
    });
    if (plan.reviewDue === undefined) continue;
    const id = guid(`diary ${plan.id}`);
    const over = plan.until !== undefined && plan.until <= chart.asAt;
    chart.ledger.put('CareRecord_Diary', id, {
      ...common,
      DiaryGuid: id,
      EffectiveDate: date(plan.reviewDue),
      CodeId: chart.ledger.code({ text: 'Care plan review' }),
      OriginalTerm: 'Care plan review',
      IsActive: over ? 'false' : 'true',
      IsComplete: 'false',
    });
  }
}

const ethnicWords: Record<string, string> = {
  A: 'British',
  B: 'Irish',
  C: 'Any other White background',
  H: 'Indian',
  K: 'Bangladeshi',
  M: 'Caribbean',
  N: 'African',
  R: 'Chinese',
  Z: 'Not stated',
};

export function writeEthnicityRow(chart: Chart): void {
  const { ethnicity, key } = chart.life.person;
  const text = `${ethnicWords[ethnicity] ?? 'Not stated'} - ethnic category 2001 census`;
  observe(chart, `${key} ethnicity`, 'Observation', {
    ...entry(chart, { at: chart.life.recordStart }),
    CodeId: chart.ledger.code(
      { text },
      { NationalCodeCategory: 'Ethnicity', NationalCode: ethnicity, NationalDescription: ethnicWords[ethnicity] },
    ),
  });
}
