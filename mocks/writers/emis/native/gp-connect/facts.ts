import { date, dateTime } from '../../../../borough/clock.ts';
import type { Problem } from '../../../../borough/facts.ts';
import { organisationOf } from '../../../../borough/places.ts';
import { observationGuid } from '../csv/cells.ts';
import { type Chart, context, fileUnder, lists, mayLeave, practiceReference, put, staff } from './chart.ts';
import { correspondent, correspondentId } from './people.ts';
import { bare, careConnectExtension, coded, gpcExtension, reference, snomedCode } from './stu3.ts';

/** The problem list, and the entry that each problem was made from. How sure anybody is stands in the term, if anywhere. */
export function writeProblems(chart: Chart): void {
  for (const problem of chart.life.problems) {
    if (!problem.tellers.includes('emis') || problem.onset > chart.asAt) continue;
    if (!mayLeave(chart, problem.labels, lists.problems)) continue;
    const over = problem.ended !== undefined && problem.ended <= chart.asAt;
    const entry = bare(observationGuid(problem.id));
    const common = { code: coded(termOf(problem)), context: context(chart, problem.at) };
    const key = put(chart, 'Observation', entry, lists.other, {
      status: 'final',
      ...common,
      effectiveDateTime: date(problem.onset),
      performer: [staff(chart, chart.life.person.usualGp)],
    });
    fileUnder(chart, problem.at, 'Problem', key);
    put(chart, 'Condition', `${entry}-PROB`, lists.problems, {
      extension: [
        { url: careConnectExtension('ActualProblem'), valueReference: { reference: key } },
        { url: careConnectExtension('ProblemSignificance'), valueCode: 'major' },
      ],
      clinicalStatus: over || problem.certainty === 'refuted' ? 'inactive' : 'active',
      category: [
        {
          coding: [
            {
              system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-ConditionCategory-1',
              code: 'problem-list-item',
              display: 'Problem List Item',
            },
          ],
        },
      ],
      ...common,
      onsetDateTime: date(problem.onset),
      abatementDateTime: over ? date(problem.ended ?? problem.onset) : undefined,
      assertedDate: dateTime(problem.onset),
      asserter: staff(chart, chart.life.person.usualGp),
    });
  }
}

function termOf({ term, certainty }: Problem): Problem['term'] {
  if (certainty === 'confirmed') return term;
  const words = `${term.text.charAt(0).toLowerCase()}${term.text.slice(1)}`;
  return { text: certainty === 'suspected' ? `Suspected ${words}` : `No evidence of ${words}` };
}

/** Allergies and the statement that there are none; `unconfirmed` by GP Connect's rule, the reaction in the words beside it. */
export function writeAllergies(chart: Chart): void {
  for (const allergy of chart.life.allergies) {
    if (!allergy.tellers.includes('emis') || allergy.stated > chart.asAt) continue;
    if (!mayLeave(chart, allergy.labels, lists.allergies)) continue;
    const words = [allergy.reaction?.text, allergy.severe === true ? 'severe' : undefined].filter(Boolean).join(', ');
    put(chart, 'AllergyIntolerance', bare(observationGuid(allergy.id)), lists.allergies, {
      clinicalStatus: 'active',
      verificationStatus: 'unconfirmed',
      category: ['medication'],
      code: allergy.substance === undefined ? snomedCode('716186003', 'No known allergies') : coded(allergy.substance),
      assertedDate: dateTime(allergy.stated),
      recorder: staff(chart, allergy.statedBy),
      note: words === '' ? undefined : [{ text: words }],
    });
  }
}

/** Vaccinations, named by the procedure: EMIS states no vaccine. */
export function writeImmunisations(chart: Chart): void {
  for (const given of chart.life.immunisations) {
    if (!given.tellers.includes('emis') || given.given > chart.asAt) continue;
    if (!mayLeave(chart, given.labels, lists.immunisations)) continue;
    const encounter = context(chart, given.at);
    const key = put(chart, 'Immunization', bare(observationGuid(given.id)), lists.immunisations, {
      extension: [
        { url: careConnectExtension('DateRecorded'), valueDateTime: dateTime(given.given) },
        { url: careConnectExtension('VaccinationProcedure'), valueCodeableConcept: coded(given.vaccine) },
      ],
      status: 'completed',
      notGiven: false,
      vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/v3/NullFlavor', code: 'UNK', display: 'unknown' }] },
      encounter,
      date: date(given.given),
      primarySource: true,
    });
    fileUnder(chart, given.at, 'Procedure', key);
  }
}

/** Letters that were filed: what, when, from whom. The letter itself is kept at the practice, at an address of its own. */
export function writeDocuments(chart: Chart): void {
  const known = new Set<string>();
  for (const letter of chart.life.happenings) {
    if (letter.kind !== 'letter' || !letter.tellers.includes('emis')) continue;
    const filed = letter.filed?.at ?? letter.start;
    if (filed > chart.asAt || !mayLeave(chart, letter.labels, lists.consultations)) continue;
    if (!known.has(letter.from) && letter.from !== chart.practice) chart.resources.push(correspondent(letter.from));
    known.add(letter.from);
    const event = letter.filed?.entry === undefined ? letter.about : `${letter.about}-entered`;
    const encounter = context(chart, event);
    const id = bare(observationGuid(`${letter.id}-filed`));
    const key = put(chart, 'DocumentReference', id, undefined, {
      status: 'current',
      type: coded({ text: letter.title }),
      created: date(letter.start),
      indexed: new Date(filed).toISOString(),
      author: [
        letter.from === chart.practice
          ? practiceReference(chart)
          : reference('Organization', correspondentId(letter.from)),
      ],
      custodian: practiceReference(chart),
      description: `from ${organisationOf(letter.from).name}`,
      content: [
        {
          attachment: {
            contentType: 'text/plain',
            url: `https://emis.example/${chart.practice}/STU3/1/GPConnect/Documents/Binary/${id}`,
            size: letter.text.length,
          },
        },
      ],
      context: encounter === undefined ? undefined : { encounter },
    });
    fileUnder(chart, event, 'Document', key);
  }
}

/** A care plan is an entry with its words, and a diary entry for when it is due. */
export function writePlans(chart: Chart): void {
  for (const plan of chart.life.plans) {
    if (!plan.tellers.includes('emis') || plan.from > chart.asAt) continue;
    if (!mayLeave(chart, plan.labels, lists.other)) continue;
    put(chart, 'Observation', bare(observationGuid(plan.id)), lists.other, {
      status: 'final',
      code: coded({ text: plan.title }),
      effectiveDateTime: date(plan.from),
      performer: [staff(chart, plan.author)],
      comment: plan.text,
    });
    const over = plan.until !== undefined && plan.until <= chart.asAt;
    if (plan.reviewDue === undefined || over) continue;
    put(chart, 'ProcedureRequest', bare(observationGuid(`${plan.id} review`)), lists.diary, {
      status: 'active',
      intent: 'plan',
      code: coded({ text: 'Care plan review' }),
      occurrenceDateTime: date(plan.reviewDue),
      authoredOn: dateTime(plan.from),
      requester: { agent: staff(chart, plan.author) },
    });
  }
}

/** A medicine's extension for how it is prescribed. */
export function prescriptionType(code: 'acute' | 'repeat') {
  return {
    url: gpcExtension('PrescriptionType'),
    valueCodeableConcept: {
      coding: [
        {
          system: 'https://fhir.nhs.uk/STU3/CodeSystem/CareConnect-PrescriptionType-1',
          code,
          display: code === 'acute' ? 'Acute' : 'Repeat',
        },
      ],
    },
  };
}
