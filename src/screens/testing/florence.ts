import type {
  AllergyIntolerance,
  Appointment,
  CarePlan,
  CareTeam,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  Endpoint,
  EpisodeOfCare,
  Flag,
  MedicationRequest,
  Observation,
  OperationOutcome,
  Patient,
  Resource,
  ServiceRequest,
  Task,
} from 'fhir/r4';
import { nhsNumberSystem, provenanceTagSystem, sourceTagSystem } from '../../../fhir/systems.ts';
import type { SourceId } from '../../../fhir/sources.ts';

/** A made-up person told by five sources, for component tests. Everything hangs on `now`, epoch milliseconds. */

export const florenceId = 'florence';
const subject = { reference: `Patient/${florenceId}` };
const day = 86_400_000;

export function florence(more: Partial<Patient> = {}): Patient {
  return {
    resourceType: 'Patient',
    id: florenceId,
    identifier: [{ system: nhsNumberSystem, value: '9990000018' }],
    name: [{ use: 'official', family: 'Adeyemi', given: ['Florence'], prefix: ['Mrs'] }],
    gender: 'female',
    birthDate: '1948-03-12',
    address: [{ use: 'home', line: ['12 Hornsey Rise'], city: 'London', postalCode: 'N19 3AA' }],
    telecom: [{ system: 'phone', value: '020 7946 0018' }],
    generalPractitioner: [{ display: 'Killick Street Health Centre' }],
    ...more,
  };
}

function meta(source: SourceId, organisation: string) {
  return {
    tag: [
      { system: sourceTagSystem, code: source },
      { system: provenanceTagSystem, code: organisation },
    ],
    lastUpdated: '2026-11-21T23:10:00Z',
  };
}

export function florencesRecord(now: number): Resource[] {
  const at = (days: number) => new Date(now + days * day).toISOString();
  const on = (days: number) => at(days).slice(0, 10);
  const gp = (id: string, days: number, reason: string): Encounter => ({
    resourceType: 'Encounter',
    id,
    meta: meta('emis', 'F83010'),
    status: 'finished',
    class: { code: 'AMB' },
    subject,
    type: [{ text: 'GP consultation' }],
    reasonCode: [{ text: reason }],
    serviceProvider: { display: 'Killick Street Health Centre' },
    participant: [{ individual: { display: 'Dr A Okafor' } }],
    period: { start: at(days), end: at(days + 0.01) },
  });
  const stay: Encounter = {
    resourceType: 'Encounter',
    id: 'stay',
    meta: meta('system-c', 'RKE'),
    status: 'finished',
    class: { code: 'IMP' },
    subject,
    reasonCode: [{ text: 'Hip fracture' }],
    serviceProvider: { display: 'Whittington Hospital' },
    location: [
      { location: { display: 'Emergency department' }, period: { start: at(-12), end: at(-11.8) } },
      { location: { display: 'Coyle ward' }, period: { start: at(-11.8), end: at(-6) } },
    ],
    hospitalization: { dischargeDisposition: { coding: [{ code: '19' }], text: 'Usual place of residence' } },
    period: { start: at(-12), end: at(-6) },
  };
  const openStay: Encounter = {
    ...stay,
    id: 'open-stay',
    meta: meta('carecast', 'RRV'),
    status: 'in-progress',
    reasonCode: [{ text: 'Pneumonia' }],
    serviceProvider: { display: 'University College Hospital' },
    location: [{ location: { display: 'T10 North ward' }, period: { start: at(-2) } }],
    hospitalization: {},
    period: { start: at(-2) },
  };
  const call: Encounter = {
    resourceType: 'Encounter',
    id: 'call',
    meta: meta('adastra', 'NLO'),
    status: 'finished',
    class: { code: 'VR' },
    subject,
    type: [{ text: '111 call' }],
    reasonCode: [{ text: 'Fall at home, cannot stand' }],
    serviceProvider: { display: 'LCW 111' },
    period: { start: at(-12.1), end: at(-12.08) },
  };
  const clinic: Appointment = {
    resourceType: 'Appointment',
    id: 'clinic',
    meta: meta('system-c', 'RKE'),
    status: 'booked',
    serviceType: [{ text: 'Fracture clinic' }],
    start: at(9),
    end: at(9.02),
    participant: [
      { actor: subject, status: 'accepted' },
      { actor: { display: 'Whittington Hospital' }, status: 'accepted' },
    ],
  };
  const soon: Appointment = {
    ...clinic,
    id: 'soon',
    serviceType: [{ text: 'Physiotherapy' }],
    start: at(2),
    end: at(2.02),
  };
  const request: ServiceRequest = {
    resourceType: 'ServiceRequest',
    id: 'request',
    meta: meta('liquidlogic', '206'),
    status: 'active',
    intent: 'order',
    subject,
    code: { text: 'Help at home' },
    occurrenceDateTime: on(-7),
    requester: { display: 'Whittington Hospital' },
    performer: [{ display: 'Islington Council, Hospital Discharge Team' }],
  };
  const assessment: Task = {
    resourceType: 'Task',
    id: 'assessment',
    meta: meta('liquidlogic', '206'),
    status: 'completed',
    intent: 'order',
    for: subject,
    code: { text: 'Care needs assessment' },
    executionPeriod: { start: on(-6), end: on(-5) },
    owner: { display: 'T Mensah, social worker' },
  };
  const reablement: EpisodeOfCare = {
    resourceType: 'EpisodeOfCare',
    id: 'package',
    meta: meta('liquidlogic', '206'),
    status: 'active',
    patient: subject,
    type: [{ text: 'Reablement' }],
    managingOrganization: { display: 'Highbury Care' },
    period: { start: on(-4) },
  };
  const letter: DocumentReference = {
    resourceType: 'DocumentReference',
    id: 'letter',
    meta: meta('carecast', 'RRV'),
    status: 'current',
    subject,
    type: { text: 'Clinic letter, cardiology' },
    date: at(-40),
    author: [{ display: 'University College Hospital' }],
    content: [
      { attachment: { contentType: 'text/plain', data: btoa('Dear Dr Okafor,\n\nNo evidence of heart failure.') } },
    ],
  };
  const discharge: DocumentReference = {
    ...letter,
    id: 'discharge',
    meta: meta('system-c', 'RKE'),
    type: { text: 'Discharge summary' },
    date: at(-6),
    context: { encounter: [{ reference: 'Encounter/stay' }] },
    content: [{ attachment: { contentType: 'application/pdf', url: 'Binary/discharge' } }],
  };
  const blood: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id: 'blood',
    meta: meta('system-c', 'RKE'),
    status: 'final',
    subject,
    encounter: { reference: 'Encounter/stay' },
    code: { text: 'Full blood count' },
    effectiveDateTime: at(-11),
    result: [{ reference: 'Observation/haemoglobin' }],
  };
  const haemoglobin: Observation = {
    resourceType: 'Observation',
    id: 'haemoglobin',
    meta: meta('system-c', 'RKE'),
    status: 'final',
    subject,
    encounter: { reference: 'Encounter/stay' },
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text: 'Haemoglobin' },
    valueQuantity: { value: 94, unit: 'g/L' },
    interpretation: [{ coding: [{ code: 'L' }] }],
    referenceRange: [{ low: { value: 115, unit: 'g/L' }, high: { value: 165, unit: 'g/L' } }],
  };
  const fracture: Condition = {
    resourceType: 'Condition',
    id: 'fracture',
    meta: meta('system-c', 'RKE'),
    subject,
    encounter: { reference: 'Encounter/stay' },
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { text: 'Fractured neck of femur, left' },
    onsetDateTime: on(-12),
  };
  const apixaban: MedicationRequest = {
    resourceType: 'MedicationRequest',
    id: 'apixaban',
    meta: meta('emis', 'F83010'),
    status: 'active',
    intent: 'order',
    subject,
    medicationCodeableConcept: { text: 'Apixaban 2.5 mg tablets' },
    dosageInstruction: [{ text: 'One twice a day, for 35 days' }],
    authoredOn: on(-6),
  };
  const penicillin: AllergyIntolerance = {
    resourceType: 'AllergyIntolerance',
    id: 'penicillin',
    meta: meta('emis', 'F83010'),
    patient: subject,
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'confirmed' }] },
    code: { text: 'Penicillin' },
    reaction: [{ manifestation: [{ text: 'Rash' }] }],
    recordedDate: '1998-05-02',
  };
  const plan: CarePlan = {
    resourceType: 'CarePlan',
    id: 'plan',
    meta: meta('emis', 'F83010'),
    status: 'active',
    intent: 'plan',
    subject,
    title: 'Treatment escalation plan',
    period: { start: on(-51) },
  };
  const alone: Flag = {
    resourceType: 'Flag',
    id: 'alone',
    meta: meta('liquidlogic', '206'),
    status: 'active',
    subject,
    code: { text: 'Lives alone' },
  };
  const team: CareTeam = {
    resourceType: 'CareTeam',
    id: 'team',
    meta: meta('liquidlogic', '206'),
    status: 'active',
    subject,
    participant: [{ member: { display: 'T Mensah' }, role: [{ text: 'Social worker' }] }],
    telecom: [{ system: 'phone', value: '020 7946 0300' }],
  };
  const reading: Observation = {
    resourceType: 'Observation',
    id: 'reading',
    meta: meta('patient', 'person'),
    status: 'final',
    subject,
    performer: [subject],
    code: { text: 'Blood pressure' },
    effectiveDateTime: at(-3),
    component: [
      { code: { text: 'Systolic' }, valueQuantity: { value: 152, unit: 'mmHg' } },
      { code: { text: 'Diastolic' }, valueQuantity: { value: 88, unit: 'mmHg' } },
    ],
  };
  const reasons = ['Cough', 'Medication review', 'Knee pain', 'Blood pressure check', 'Dizziness', 'Flu vaccination'];
  const past = Array.from({ length: 60 }, (_, index) =>
    gp(`gp-${index}`, -20 - index * 37, reasons[index % reasons.length] ?? 'Cough'),
  );
  const undated: Encounter = { ...gp('undated', -1, 'Foot check'), period: undefined };
  return [
    florence(),
    gp('gp-now', -5, 'Wound check'),
    stay,
    openStay,
    call,
    ...past,
    undated,
    clinic,
    soon,
    request,
    assessment,
    reablement,
    letter,
    discharge,
    blood,
    haemoglobin,
    fracture,
    apixaban,
    penicillin,
    plan,
    alone,
    team,
    reading,
  ];
}

const extension = 'https://care-timeline.example/fhir/StructureDefinition';

/** One Endpoint per source; `status` says which are other than well. */
export function endpoints(now: number, status: Partial<Record<SourceId, string>> = {}): Endpoint[] {
  const names: Record<SourceId, string> = {
    emis: 'EMIS',
    'system-c': 'System C',
    adastra: 'Adastra',
    carecast: 'Carecast',
    liquidlogic: 'Liquidlogic',
    patient: 'Shared by the person',
  };
  return (Object.keys(names) as SourceId[]).map((id) => ({
    resourceType: 'Endpoint',
    id,
    status: status[id] === 'failed' ? 'error' : 'active',
    identifier: [{ system: sourceTagSystem, value: id }],
    name: names[id],
    connectionType: { code: 'hl7-fhir-rest' },
    payloadType: [],
    address: 'https://hub.example',
    extension: [
      { url: `${extension}/as-at`, valueDateTime: new Date(now - 3_600_000).toISOString() },
      { url: `${extension}/status`, valueCode: status[id] ?? 'ok' },
    ],
  }));
}

/** What every search Bundle of a person ends with when something is withheld with notice. */
export const withheldOutcome: OperationOutcome = {
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity: 'information',
      code: 'suppressed',
      details: { text: 'Some information is not shown to you, for privacy.' },
    },
  ],
};
