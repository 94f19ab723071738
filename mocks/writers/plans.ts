import { date } from '../borough/clock.ts';
import type { ListWarning, Plan, Warning } from '../borough/facts.ts';
import { professionalOf } from '../borough/professionals.ts';
import { interweave, ukCore, ukCoreExtra } from './codes.ts';
import { metaOf, organisationReference, staffReference, type Pen } from './pen.ts';

const warningWords: Record<Warning['kind'], { text: string; interweave: readonly [string, string] }> = {
  'special-note': { text: 'Special note', interweave: ['OTH', 'Other'] },
  safeguarding: { text: 'Safeguarding', interweave: ['SGC', 'Safeguarding concern'] },
  risk: { text: 'Risk', interweave: ['RTS', 'Risk to self'] },
  access: { text: 'Access', interweave: ['OTH', 'Other'] },
  communication: { text: 'Alert', interweave: ['OTH', 'Other'] },
  legal: { text: 'Legal', interweave: ['OTH', 'Other'] },
};

/** Alerts and special notes; the council's carry the Interweave categories. */
export function writeWarnings(pen: Pen): void {
  for (const warning of pen.life.warnings) {
    if (!warning.tellers.includes(pen.source) || warning.from > pen.asAt) continue;
    const words = warningWords[warning.kind];
    const [code, display] = words.interweave;
    const over = warning.until !== undefined && warning.until <= pen.asAt;
    pen.add({
      resourceType: 'Flag',
      id: `${warning.id}-${pen.source}`,
      ...metaOf(warning.labels),
      status: over ? 'inactive' : 'active',
      category: [
        pen.source === 'liquidlogic' ? interweave('FlagCategory', code, display, words.text) : { text: words.text },
      ],
      code: { text: warning.text },
      subject: pen.patient,
      period: { start: date(warning.from), end: over ? date(warning.until ?? warning.from) : undefined },
      author: organisationReference(pen.organisation),
    });
  }
}

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
    });
  }
}

export function writeTeams(pen: Pen): void {
  for (const team of pen.life.teams) {
    if (!team.tellers.includes(pen.source) || team.from > pen.asAt) continue;
    pen.add({
      resourceType: 'CareTeam',
      id: team.id,
      ...metaOf(team.labels),
      status: team.until === undefined ? 'active' : 'inactive',
      name: team.name,
      subject: pen.patient,
      period: { start: date(team.from), end: team.until === undefined ? undefined : date(team.until) },
      participant: team.members.map(({ staff, role, keyWorker }) => ({
        role: [{ text: keyWorker === true ? `${role}, key worker` : role }],
        member: staffReference(staff),
        onBehalfOf: organisationReference(professionalOf(staff).organisation),
      })),
      managingOrganization: [organisationReference(pen.organisation)],
      telecom: [{ system: 'phone', value: '020 7946 0706' }],
    });
  }
}

const listWarningWords: Record<ListWarning['code'], string> = {
  'confidential-items': 'Confidential Items',
  'data-in-transit': 'Data in Transit',
  'data-awaiting-filing': 'Data Awaiting Filing',
};

/** What a source says about its own lists: items held back, or a record still in transfer (UK Core ListWarningCode). */
export function writeListWarnings(pen: Pen): void {
  for (const warning of pen.life.listWarnings) {
    if (!warning.tellers.includes(pen.source)) continue;
    pen.add({
      resourceType: 'List',
      id: warning.id,
      extension: [
        ukCoreExtra('ListWarningCode', ukCore('ListWarningCode', warning.code, listWarningWords[warning.code])),
      ],
      status: 'current',
      mode: 'snapshot',
      title: 'Consultations',
      code: {
        coding: [{ system: 'http://snomed.info/sct', code: '1149501000000101', display: 'List of consultations' }],
        text: 'Consultations',
      },
      subject: pen.patient,
      date: date(warning.at),
      note: [{ text: warning.text }],
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
