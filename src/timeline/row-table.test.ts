import type { Condition, FhirResource, Location, Observation, Organization, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { ukCoreExtension } from '../../fhir/systems.ts';
import type { Entry } from './entry.ts';
import { contextOf, from, onlyEntry } from './testing.ts';

// The row table of look.md, one story a kind: what the row says, and what must never stand in it. Each resource holds
// more than its row may tell; `never` lists it.

interface Row {
  kind: string;
  told: FhirResource;
  around?: FhirResource[];
  row: Partial<Pick<Entry, 'title' | 'detail' | 'facts' | 'cautions' | 'kind' | 'lane'>>;
  never: RegExp;
}

const extension = (name: string, valueCodeableConcept: object) => ({
  url: `${ukCoreExtension}${name}`,
  valueCodeableConcept,
});
const whittington: Organization = { resourceType: 'Organization', id: 'RKE', name: 'Whittington Hospital' };
const coyle: Location = { resourceType: 'Location', id: 'coyle', name: 'Coyle ward' };
const condition = (id: string, text: string, sure: string): Condition => ({
  resourceType: 'Condition',
  id,
  subject: { reference: 'Patient/p1' },
  code: { text },
  verificationStatus: { coding: [{ code: sure }] },
});
const subject = { reference: 'Patient/p1' };
const potassium: Observation = {
  resourceType: 'Observation',
  id: 'k',
  status: 'final',
  code: { text: 'Potassium' },
  valueQuantity: { value: 5.9, unit: 'mmol/L' },
  interpretation: [{ coding: [{ code: 'H' }] }],
};
const sodium: Observation = { ...potassium, id: 'na', code: { text: 'Sodium' }, interpretation: undefined };
const ureaComing: Observation = { ...potassium, id: 'u', status: 'preliminary', code: { text: 'Urea' } };

const rows: Row[] = [
  {
    kind: 'GP consultation',
    told: {
      resourceType: 'Encounter',
      id: 'e',
      meta: from('emis', 'F83063'),
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'GP Surgery', coding: [{ code: '9N11' }] }],
      subject,
      reasonCode: [{ text: 'Cough', coding: [{ code: '49727002' }] }],
      period: { start: '2026-11-10T09:00:00Z', end: '2026-11-10T09:10:00Z' },
      participant: [{ type: [{ text: 'GP' }], individual: { display: 'Dr A Okafor' } }],
      serviceProvider: { display: 'Killick Street Health Centre' },
      text: { status: 'additional', div: '<div>Worried about lung cancer</div>' },
    },
    row: {
      title: 'GP consultation: cough',
      detail: ['Killick Street Health Centre', 'GP, Dr A Okafor'],
      lane: 'gp',
    },
    never: /49727002|9N11|lung cancer/,
  },
  {
    kind: 'GP telephone',
    told: {
      resourceType: 'Encounter',
      id: 'e',
      meta: from('emis', 'F83063'),
      status: 'finished',
      class: { code: 'VR' },
      type: [{ text: 'Telephone consultation' }],
      subject,
      reasonCode: [{ text: 'Medication review' }],
      period: { start: '2026-11-21T09:05:00Z', end: '2026-11-21T09:11:00Z' },
      participant: [{ type: [{ text: 'GP' }], individual: { display: 'Dr A Okafor' } }],
      extension: [extension('OutcomeOfAttendance', { text: 'Amlodipine stopped' })],
      contained: [{ resourceType: 'Patient', telecom: [{ value: '020 7946 0000' }] } as Patient],
    },
    row: {
      title: 'GP phone call: medication review',
      detail: ['GP, Dr A Okafor', 'Amlodipine stopped'],
      facts: ['6 minutes'],
    },
    never: /020 7946/,
  },
  {
    kind: 'emergency department',
    told: {
      resourceType: 'Encounter',
      id: 'e',
      meta: from('system-c', 'RKE'),
      status: 'finished',
      class: { code: 'EMER' },
      subject,
      priority: { coding: [{ code: '1077241000000103', display: 'Triage 2' }] },
      reasonCode: [{ text: 'Chest pain' }],
      diagnosis: [{ condition: { reference: 'Condition/mi' } }, { condition: { reference: 'Condition/pe' } }],
      period: { start: '2026-11-08T14:00:00Z', end: '2026-11-08T18:40:00Z' },
      serviceProvider: { reference: 'Organization/RKE' },
      hospitalization: { dischargeDisposition: { text: 'Home' } },
    },
    around: [
      whittington,
      condition('mi', 'Myocardial infarction', 'provisional'),
      condition('pe', 'Pulmonary embolism', 'refuted'),
    ],
    row: {
      title: 'Emergency department: chest pain',
      detail: ['Whittington Hospital', 'Suspected: myocardial infarction'],
      facts: ['left 18:40', 'Home'],
    },
    never: /triage|1077241|embolism/i,
  },
  {
    kind: 'inpatient stay',
    told: {
      resourceType: 'Encounter',
      id: 'e',
      meta: from('system-c', 'RKE'),
      status: 'finished',
      class: { code: 'IMP' },
      subject,
      reasonCode: [{ text: 'Hip fracture' }],
      diagnosis: [{ condition: { reference: 'Condition/hip' } }],
      period: { start: '2026-11-14T02:41:00Z', end: '2026-11-19T15:30:00Z' },
      serviceProvider: { reference: 'Organization/RKE' },
      location: [
        {
          location: { display: 'Admissions unit, bed 7' },
          period: { start: '2026-11-14T02:41:00Z', end: '2026-11-15T09:00:00Z' },
        },
        { location: { reference: 'Location/coyle' }, period: { start: '2026-11-15T09:00:00Z' } },
      ],
      hospitalization: {
        extension: [extension('AdmissionMethod', { coding: [{ code: '21' }] })],
        dischargeDisposition: { coding: [{ code: '19' }] },
      },
    },
    around: [whittington, coyle, condition('hip', 'Fracture of neck of femur', 'confirmed')],
    row: {
      title: 'Hospital stay: hip fracture',
      detail: ['Whittington Hospital', 'Coyle ward', 'Diagnosis: fracture of neck of femur', 'Discharged home'],
      facts: ['5 nights', 'emergency'],
      cautions: [],
    },
    never: /bed 7|Admissions unit/,
  },
  {
    kind: 'outpatient',
    told: {
      resourceType: 'Encounter',
      id: 'e',
      meta: from('carecast', 'RRV'),
      status: 'finished',
      class: { code: 'AMB' },
      type: [{ text: 'Outpatient clinic', coding: [{ code: 'CARD-ECHO-3' }] }],
      serviceType: { text: 'Cardiology' },
      subject,
      period: { start: '2026-10-02T11:00:00Z' },
      participant: [{ type: [{ text: 'Consultant cardiologist' }], individual: { display: 'Dr F Amin' } }],
      serviceProvider: { display: 'University College Hospital' },
      extension: [
        extension('OutcomeOfAttendance', { coding: [{ code: '1' }] }),
        extension('DeliveryChannel', { text: 'Telephone' }),
      ],
    },
    row: {
      title: 'Outpatient: cardiology',
      detail: ['University College Hospital', 'Consultant cardiologist, Dr F Amin', 'Discharged from the clinic'],
      kind: 'outpatient',
    },
    never: /CARD-ECHO/,
  },
  {
    kind: '111 or out-of-hours call',
    told: {
      resourceType: 'Encounter',
      id: 'e',
      meta: from('adastra', 'XLCW1'),
      status: 'finished',
      class: { code: '111' },
      type: [{ text: 'NHS 111 call' }],
      subject,
      reasonCode: [{ text: 'Breathless' }],
      period: { start: '2026-11-14T02:10:00Z' },
      extension: [
        extension('OutcomeOfAttendance', {
          text: 'Speak to a clinician within 20 minutes',
          coding: [{ code: 'Dx333' }],
        }),
      ],
    },
    row: {
      title: '111 call: breathless',
      detail: ['Speak to a clinician within 20 minutes'],
      lane: 'urgent',
    },
    never: /Dx333/,
  },
  {
    kind: 'base or home visit',
    told: {
      resourceType: 'Encounter',
      id: 'e',
      meta: from('adastra', 'XLCW1'),
      status: 'finished',
      class: { code: 'HH' },
      type: [{ text: 'Out-of-hours visit' }],
      subject,
      reasonCode: [{ text: 'Breathless' }],
      period: { start: '2026-11-14T03:20:00Z', end: '2026-11-14T03:55:00Z' },
      participant: [{ type: [{ text: 'GP' }], individual: { display: 'Dr R Cole' } }],
      location: [
        { location: { display: "Person's home" }, physicalType: { coding: [{ code: 'A01' }] } },
        { location: { display: '12 Ellington Street, N7 8PN' } },
      ],
      extension: [extension('OutcomeOfAttendance', { text: 'Antibiotics given' })],
    },
    row: { title: 'Out-of-hours visit: breathless', facts: ['left 03:55'], lane: 'urgent' },
    never: /Ellington|N7 8PN/,
  },
  {
    kind: 'community nurse',
    told: {
      resourceType: 'Encounter',
      id: 'e',
      meta: from('system-c', 'RKE'),
      status: 'finished',
      class: { code: 'HH' },
      type: [{ text: 'Community nursing visit' }],
      serviceType: { text: 'District nursing, Central Islington' },
      subject,
      reasonCode: [{ text: 'Wound care' }],
      period: { start: '2026-11-21T11:55:00Z' },
      location: [{ location: { display: "Person's home" }, physicalType: { coding: [{ code: 'A01' }] } }],
      extension: [extension('OutcomeOfAttendance', { text: 'Wound clean' })],
      text: { status: 'additional', div: '<div>Key safe 4471</div>' },
    },
    row: { title: 'Community nurse visit: wound care', lane: 'community' },
    never: /4471|key safe/i,
  },
  {
    kind: 'mental health',
    told: {
      resourceType: 'Encounter',
      id: 'e',
      meta: from('carecast', 'RRV'),
      status: 'finished',
      class: { code: 'VR' },
      type: [{ text: 'Mental health contact' }],
      serviceType: { text: 'Crisis resolution team' },
      subject,
      reasonCode: [{ text: 'Suicidal thoughts' }],
      diagnosis: [{ condition: { display: 'Severe depression' } }],
      period: { start: '2026-09-01T10:00:00Z' },
      extension: [extension('LegalStatus', { text: 'Section 2' })],
      hospitalization: { dischargeDisposition: { text: 'High risk' } },
    },
    row: { title: 'Mental health contact', lane: 'mental-health', kind: 'mental-health-contact' },
    never: /suicid|depress|Section 2|risk/i,
  },
  {
    kind: 'social-care request',
    told: {
      resourceType: 'ServiceRequest',
      id: 'e',
      meta: from('liquidlogic', '706'),
      status: 'active',
      intent: 'order',
      subject,
      occurrenceDateTime: '2026-11-02',
      reasonCode: [{ text: 'Help at home' }],
      requester: { reference: 'Organization/x', display: 'Killick Street Health Centre' },
      performer: [{ display: 'Adult Social Care Access Team' }],
      note: [{ text: 'Son alleged to take money; package 310 pounds a week' }],
    },
    row: {
      title: 'Request for social care: help at home',
      detail: ['Asked for by: Killick Street Health Centre', 'Adult Social Care Access Team'],
      facts: ['open'],
    },
    never: /alleged|money|310/,
  },
  {
    kind: 'assessment',
    told: {
      resourceType: 'Task',
      id: 'e',
      meta: from('liquidlogic', '706'),
      status: 'completed',
      intent: 'order',
      for: subject,
      code: { text: "Carer's assessment" },
      executionPeriod: { start: '2026-11-04', end: '2026-11-09' },
      owner: { display: 'Hospital Discharge Team' },
      businessStatus: { text: 'Eligible needs' },
      output: [{ type: { text: 'Barthel score' }, valueInteger: 11 }],
      note: [{ text: 'Does not sleep' }],
    },
    row: {
      title: "Carer's assessment",
      detail: ['Hospital Discharge Team', 'Outcome: Eligible needs'],
      facts: ['As a carer', 'done 09-Nov-2026'],
    },
    never: /Barthel|\b11\b(?!-Nov)|sleep/,
  },
  {
    kind: 'service, package',
    told: {
      resourceType: 'EpisodeOfCare',
      id: 'e',
      meta: from('liquidlogic', '706'),
      status: 'active',
      patient: subject,
      type: [{ text: 'Home care package' }, { text: 'Personal care' }],
      period: { start: '2026-02-05' },
      managingOrganization: { display: 'Highbury Care' },
      extension: [
        { url: 'https://council.example/next-review', valueDate: '2027-02-02' },
        { url: 'https://council.example/weekly-cost', valueString: '£310' },
        { url: 'https://council.example/key-safe', valueString: '4471' },
      ],
    },
    row: {
      title: 'Home care package: arranged',
      detail: ['Personal care', 'Highbury Care'],
      facts: ['active', 'next review Tue 02-Feb-2027'],
    },
    never: /310|4471|visits made/,
  },
  {
    kind: 'review',
    told: {
      resourceType: 'Task',
      id: 'e',
      meta: from('liquidlogic', '706'),
      status: 'completed',
      intent: 'order',
      for: subject,
      code: { text: 'Care review' },
      reasonCode: { text: 'Unplanned' },
      executionPeriod: { start: '2026-11-04', end: '2026-11-04' },
      owner: { display: 'Review Team' },
      businessStatus: { text: 'Services continue' },
      note: [{ text: 'Daughter exhausted' }],
    },
    row: {
      title: 'Care review: unplanned',
      detail: ['Review Team', 'Outcome: Services continue'],
      facts: ['done'],
    },
    never: /exhausted/,
  },
  {
    kind: 'letter only',
    told: {
      resourceType: 'DocumentReference',
      id: 'e',
      meta: from('emis', 'F83063'),
      status: 'current',
      subject,
      type: { text: 'Clinic letter, cardiology' },
      date: '2026-10-05T10:00:00Z',
      author: [{ display: 'University College Hospital' }],
      content: [{ attachment: { data: btoa('No evidence of heart failure'), contentType: 'text/plain' } }],
    },
    row: { title: 'Letter: clinic, cardiology', kind: 'letter' },
    never: /evidence|heart failure/,
  },
  {
    kind: 'results only',
    told: {
      resourceType: 'DiagnosticReport',
      id: 'e',
      meta: from('system-c', 'RKE'),
      status: 'final',
      subject,
      category: [{ coding: [{ code: 'LAB' }], text: 'Blood sciences' }],
      code: { text: 'Kidney function' },
      effectiveDateTime: '2026-10-01T08:00:00Z',
      performer: [{ display: 'Whittington laboratory' }],
      result: [{ reference: 'Observation/k' }, { reference: 'Observation/na' }, { reference: 'Observation/u' }],
    },
    around: [potassium, sodium, ureaComing],
    row: {
      title: 'Blood results: kidney function',
      detail: ['Whittington laboratory'],
      facts: ['outside range 2', 'not flagged by lab 1', 'preliminary 1'],
    },
    never: /5\.9|normal/i,
  },
  {
    kind: 'future',
    told: {
      resourceType: 'Appointment',
      id: 'e',
      meta: from('carecast', 'RRV'),
      status: 'booked',
      specialty: [{ text: 'Cardiology' }],
      start: '2026-12-01T09:30:00Z',
      participant: [
        { actor: subject, status: 'accepted' },
        { actor: { reference: 'Location/uch', display: 'University College Hospital' }, status: 'accepted' },
      ],
      extension: [extension('DeliveryChannel', { text: 'Video' })],
    },
    row: { title: 'Booked: cardiology clinic', detail: ['University College Hospital'], facts: ['video'] },
    never: /will attend|accepted/i,
  },
  {
    kind: 'cancelled',
    told: {
      resourceType: 'Appointment',
      id: 'e',
      meta: from('carecast', 'RRV'),
      status: 'cancelled',
      specialty: [{ text: 'Cardiology' }],
      cancelationReason: { text: 'By the hospital: clinician not available' },
      start: '2026-11-03T09:30:00Z',
      participant: [{ actor: subject, status: 'declined' }],
    },
    row: {
      title: 'Cancelled: cardiology clinic',
      detail: ['Why cancelled: By the hospital: clinician not available'],
      facts: ['originally for 03-Nov-2026 09:30'],
    },
    never: /declined/,
  },
  {
    kind: 'missed',
    told: {
      resourceType: 'Appointment',
      id: 'e',
      meta: from('carecast', 'RRV'),
      status: 'noshow',
      specialty: [{ text: 'Cardiology' }],
      start: '2026-11-03T09:30:00Z',
      participant: [
        { actor: subject, status: 'accepted' },
        { actor: { reference: 'Location/uch', display: 'University College Hospital' }, status: 'accepted' },
      ],
      comment: 'Patient failed to attend again',
    },
    row: { title: 'Missed: cardiology clinic (not attended)', detail: ['University College Hospital'] },
    never: /failed|again|DNA/,
  },
  {
    kind: "person's reading",
    told: {
      resourceType: 'Observation',
      id: 'e',
      meta: from('patient'),
      status: 'final',
      code: { text: 'Blood pressure' },
      subject,
      performer: [subject],
      effectiveDateTime: '2026-11-20T08:10:00Z',
      device: { display: 'Omron M3' },
      interpretation: [{ text: 'High', coding: [{ code: 'H' }] }],
      component: [
        { code: { coding: [{ code: '8480-6' }] }, valueQuantity: { value: 152, unit: 'mmHg' } },
        { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { value: 88, unit: 'mmHg' } },
      ],
    },
    row: {
      title: 'Home blood pressure: 152/88 mmHg',
      detail: ['Omron M3'],
      facts: ['not checked by staff'],
      lane: 'patient',
    },
    never: /\bhigh\b/i,
  },
];

describe('the row of each kind', () => {
  it.each(rows)('$kind', ({ told, around = [], row, never }) => {
    const entry = onlyEntry([told], contextOf(...around));
    expect(entry).toMatchObject(row);
    expect(entry.facts.length).toBeLessThanOrEqual(3);
    const words = [entry.title, ...entry.detail, ...entry.facts, ...entry.cautions].join(' | ');
    expect(words).not.toMatch(never);
    expect(words).not.toMatch(/\b(?:ED|OOH|DNA|MCA|DoLS|POC|TTO|Hx)\b|…|\.\.\./);
  });

  it('has a story for every line of the table', () => {
    expect(rows.map(({ kind }) => kind)).toHaveLength(19);
    expect(new Set(rows.map(({ kind }) => kind)).size).toBe(19);
  });
});
