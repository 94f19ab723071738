import { date } from '../borough/clock.ts';
import type { Plan } from '../borough/facts.ts';
import { type Pen, staffReference, metaOf } from './pen.ts';

const planWords: Record<Plan['kind'], string> = {
  'treatment-escalation': 'Treatment escalation plan',
  support: 'Care and support plan',
  disease: 'Personalised care and support plan',
  pregnancy: 'Maternity care plan',
};

export function writePlans(pen: Pen): void {
  for (const plan of pen.life.plans) {
    if (!plan.tellers.includes(pen.source) || plan.from > pen.asAt) continue;
    pen.add({
      resourceType: 'CarePlan',
      id: plan.id,
      ...metaOf(plan.labels),
      status: plan.until !== undefined && plan.until <= pen.asAt ? 'completed' : 'active',
      intent: 'plan',
      category: [{ text: planWords[plan.kind] }],
      title: plan.title,
      description: plan.text,
      subject: pen.patient,
      period: { start: date(plan.from), end: plan.until === undefined ? undefined : date(plan.until) },
      created: date(plan.from),
      author: staffReference(plan.author),
      activity:
        plan.reviewDue === undefined
          ? undefined
          : [
              {
                detail: {
                  code: { text: 'Care plan review' },
                  status: 'scheduled',
                  scheduledPeriod: { start: date(plan.reviewDue) },
                },
              },
            ],
    });
  }
}

export function writeImmunisations(pen: Pen): void {
  for (const { id, vaccine, given, at, tellers, labels } of pen.life.immunisations) {
    if (!tellers.includes(pen.source) || given > pen.asAt) continue;
    pen.add({
      resourceType: 'Immunization',
      id,
      ...metaOf(labels),
      status: 'completed',
      vaccineCode: { text: vaccine.text },
      patient: pen.patient,
      encounter: at !== undefined && pen.encounters.has(at) ? { reference: `Encounter/${at}` } : undefined,
      occurrenceDateTime: date(given),
      primarySource: true,
    });
  }
}
