import type { Annotation, CodeableConcept, Extension, Task, TaskInput, TaskOutput } from 'fhir/r4';
import { tellDocument } from './document.ts';
import type { CareEvent } from './events.ts';
import { factsOf, isCarer } from './event-facts.ts';
import { interweave, interweaveExtra, localIdentifier } from './interweave.ts';
import { metaOf, organisation, periodOf, staff, type Teller } from './teller.ts';
import { listed } from './told.ts';
import { coded } from './words.ts';

const statuses = {
  planned: 'accepted',
  open: 'in-progress',
  onhold: 'on-hold',
  closed: 'completed',
  cancelled: 'cancelled',
} as const;

/** An assessment or a review (Interweave SocialCareAssessment): who did it, how, and what came of it. */
export function tellTask(teller: Teller, each: CareEvent, follows: CareEvent | undefined): void {
  const { line, detail, reference } = each;
  const { start, end, stage, labels } = factsOf(teller, each);
  const status = statuses[stage];
  const paper = detail?.value.summary !== undefined && status === 'completed' ? `${each.id}-document` : undefined;
  const output = outputOf(each, paper);
  const input = inputOf(each);
  const extension = extensionOf(teller, each, status === 'completed');
  const description = line?.row.description;
  const basis =
    follows === undefined
      ? undefined
      : `${follows.event === 'Request' ? 'ServiceRequest' : 'EpisodeOfCare'}/${follows.id}`;
  const task: Task = {
    resourceType: 'Task',
    id: each.id,
    ...metaOf(labels),
    extension: listed(extension),
    identifier:
      reference === undefined ? undefined : [localIdentifier('socialcareassessment', `${teller.council}-${reference}`)],
    basedOn: basis !== undefined && each.event === 'Assessment' ? [{ reference: basis }] : undefined,
    status,
    intent: 'plan',
    code: codeOf(each),
    description,
    focus: basis !== undefined && each.event === 'Review' ? { reference: basis } : undefined,
    for: teller.patient,
    executionPeriod: periodOf(start, end),
    authoredOn: start,
    owner: organisation(teller, detail?.value.team ?? teller.council),
    reasonCode: reasonOf(each),
    note: noteOf(each),
    input: listed(input),
    output: listed(output),
  };
  teller.resources.push(task);
  if (paper !== undefined) tellDocument(teller, { task, paper, labels, end: end ?? start, detail });
}

function extensionOf(teller: Teller, { line, detail }: CareEvent, done: boolean): Extension[] {
  const outcome = detail?.value.outcome ?? line?.row.outcome;
  const extension: Extension[] = [];
  if (done && outcome !== undefined) {
    const valueCodeableConcept = coded('SocialCareAssessmentOutcome', outcome);
    extension.push(interweaveExtra('SocialCareAssessmentOutcome', { valueCodeableConcept }));
  }
  if (detail?.value.staff !== undefined) {
    const valueReference = staff(teller, detail.value.staff);
    extension.push(interweaveExtra('SocialCareAssessmentPerformer', { valueReference }));
  }
  return extension;
}

function codeOf(each: CareEvent): CodeableConcept {
  const { line, detail } = each;
  if (each.event === 'Review') {
    const reason = line?.row.reviewReason;
    const planned =
      detail?.value.planned ??
      (reason === undefined ? undefined : !/^un-?planned/i.test(reason) && /planned/i.test(reason));
    return { text: planned === undefined ? 'Care review' : `Care review: ${planned ? 'planned' : 'unplanned'}` };
  }
  const words = detail?.value.kind ?? line?.row.assessmentType;
  if (words !== undefined) return coded('SocialCareAssessmentType', words);
  return { text: isCarer(each) ? 'Carer’s assessment' : 'Care assessment' };
}

/** Why: a carer's own, or the reason for a review where it says more than planned or not. */
function reasonOf(each: CareEvent): CodeableConcept | undefined {
  const reason = each.line?.row.reviewReason;
  if (isCarer(each)) return { text: 'Carer' };
  return reason === undefined || /^(?:un-?)?planned$/i.test(reason) ? undefined : { text: reason };
}

/** What a carer does is told of them; whom they care for is told to nobody here. */
function noteOf({ line }: CareEvent): Annotation[] | undefined {
  const { caringHours, adultsCaredFor } = line?.row ?? {};
  const parts = [
    adultsCaredFor === undefined ? undefined : `Adults being cared for: ${adultsCaredFor}`,
    caringHours === undefined ? undefined : `Hours of caring a week: ${caringHours}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : [{ text: parts.join('. ') }];
}

function inputOf({ line }: CareEvent): TaskInput[] {
  const method = line?.row.assessmentMethod ?? line?.row.reviewMethod;
  return method === undefined ? [] : [{ type: { text: 'Method' }, valueString: method }];
}

function outputOf({ line }: CareEvent, paper: string | undefined): TaskOutput[] {
  const { eligibleNeeds, outcomesAchieved } = line?.row ?? {};
  const output: TaskOutput[] = [];
  if (paper !== undefined) {
    const type = interweave('SocialCareAssessmentOutputType', 'DOC', 'DocumentReference');
    output.push({ type, valueReference: { reference: `DocumentReference/${paper}` } });
  }
  if (eligibleNeeds !== undefined) output.push({ type: { text: 'Eligible needs' }, valueString: eligibleNeeds });
  if (outcomesAchieved !== undefined)
    output.push({ type: { text: 'Goals of the plan met' }, valueString: outcomesAchieved });
  return output;
}
