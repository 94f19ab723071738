import type { Condition, Encounter, Location, Organization, Practitioner } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { ukCoreExtension } from '../../../fhir/systems.ts';
import { contextOf, from, now, onlyEntry } from '../testing.ts';
import { mapEncounter } from './encounter.ts';

const visit = (parts: Partial<Encounter>): Encounter => ({
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { code: 'AMB' },
  period: { start: '2026-11-14T10:00:00Z', end: '2026-11-14T10:12:00Z' },
  ...parts,
});

const whittington: Organization = { resourceType: 'Organization', id: 'RKE', name: 'Whittington Hospital' };
const ward = (id: string, name: string): Location => ({ resourceType: 'Location', id, name });

describe('a GP consultation', () => {
  const consultation = visit({
    meta: from('emis', 'F83063'),
    type: [{ text: 'GP Surgery' }],
    reasonCode: [{ text: 'Cough' }],
    serviceProvider: { display: 'Killick Street Health Centre' },
    participant: [{ type: [{ text: 'GP' }], individual: { reference: 'Practitioner/x', display: 'Dr A Okafor' } }],
  });

  it('says its kind first, then the reason, then place and person; dangling references use their display', () => {
    const entry = onlyEntry([consultation]);
    expect(entry).toMatchObject({
      key: 'Encounter/e1',
      kind: 'gp-consultation',
      lane: 'gp',
      state: 'closed',
      title: 'GP consultation: cough',
      detail: ['Killick Street Health Centre', 'GP, Dr A Okafor'],
      cautions: [],
      lasting: false,
    });
    expect(entry.statements).toMatchObject([{ reference: 'Encounter/e1', source: 'emis', organisation: 'F83063' }]);
  });

  it('prefers the name that was read to the display', () => {
    const doctor: Practitioner = {
      resourceType: 'Practitioner',
      id: 'x',
      name: [{ prefix: ['Dr'], given: ['Amara'], family: 'Okafor' }],
    };
    expect(mapEncounter(consultation, contextOf(doctor)).detail[1]).toBe('GP, Dr Amara Okafor');
  });

  it('by phone is a phone call with its minutes', () => {
    const entry = onlyEntry([{ ...consultation, class: { code: 'VR' }, type: [{ text: 'Telephone consultation' }] }]);
    expect(entry).toMatchObject({ kind: 'gp-call', title: 'GP phone call: cough', facts: ['12 minutes'] });
  });

  it('that was only typed in at the practice is no consultation there', () => {
    const entry = onlyEntry([{ ...consultation, type: [{ text: 'Externally Entered' }] }]);
    expect(entry).toMatchObject({ lane: 'gp', title: 'Care elsewhere, entered by GP: cough' });
  });
});

describe('a hospital stay', () => {
  const stay = visit({
    meta: from('system-c', 'RKE'),
    class: { code: 'IMP' },
    period: { start: '2026-11-14T02:41:00Z', end: '2026-11-19T15:30:00Z' },
    reasonCode: [{ text: 'Hip fracture' }],
    serviceProvider: { reference: 'Organization/RKE' },
    location: [
      { location: { reference: 'Location/w2' }, period: { start: '2026-11-15T09:00:00Z' } },
      {
        location: { reference: 'Location/w1' },
        period: { start: '2026-11-14T02:41:00Z', end: '2026-11-15T09:00:00Z' },
      },
      { location: { display: 'Rehabilitation ward' }, status: 'planned' },
    ],
    hospitalization: {
      extension: [{ url: `${ukCoreExtension}AdmissionMethod`, valueCodeableConcept: { coding: [{ code: '21' }] } }],
      dischargeDisposition: { coding: [{ code: '19', display: 'Usual place of residence unless listed below' }] },
    },
  });
  const context = contextOf(whittington, ward('w1', 'Admissions unit'), ward('w2', 'Coyle ward'));

  it('counts its nights, names the last ward and where the person went', () => {
    expect(mapEncounter(stay, context)).toMatchObject({
      kind: 'stay',
      lane: 'hospital',
      state: 'closed',
      title: 'Hospital stay: hip fracture',
      detail: ['Whittington Hospital', 'Coyle ward', 'Discharged home'],
      facts: ['5 nights', 'emergency'],
      cautions: [],
      lasting: true,
    });
  });

  it('has its wards as moves in the order they were lived in, without planned ones', () => {
    expect(mapEncounter(stay, context).moves.map((move) => move.place)).toEqual(['Admissions unit', 'Coyle ward']);
  });

  it('without an end stays open and says since when that was known (misreading 4)', () => {
    const open: Encounter = { ...stay, status: 'in-progress', period: { start: '2026-09-23T10:00:00Z' } };
    expect(mapEncounter(open, context)).toMatchObject({
      state: 'open',
      cautions: ['No discharge recorded, as at 22-Nov-2026 10:42'],
      facts: ['emergency'],
    });
    const asAt = new Map([['system-c', Date.parse('2026-11-21T23:10:00Z')]]);
    expect(mapEncounter(open, { ...context, asAt }).cautions).toEqual([
      'No discharge recorded, as at 21-Nov-2026 23:10',
    ]);
  });

  it('whose status nobody gave is open, never finished', () => {
    const unsaid = { ...stay, status: undefined, period: { start: '2026-11-20' } } as unknown as Encounter;
    expect(mapEncounter(unsaid, context).state).toBe('open');
  });

  it('that is finished without an end says that its end is missing', () => {
    expect(mapEncounter({ ...stay, period: { start: '2026-11-14' } }, context)).toMatchObject({
      state: 'closed',
      cautions: ['Discharge date not recorded'],
    });
  });

  it('that ended in death says so', () => {
    const died: Encounter = {
      ...stay,
      extension: [{ url: `${ukCoreExtension}DischargeMethod`, valueCodeableConcept: { coding: [{ code: '4' }] } }],
    };
    expect(mapEncounter(died, context).detail).toContain('Died in hospital');
  });
});

describe('problems linked to an encounter (misreading 7)', () => {
  const condition = (status: string | undefined): Condition => ({
    resourceType: 'Condition',
    id: 'c1',
    subject: { reference: 'Patient/p1' },
    code: { text: 'Pulmonary embolism' },
    verificationStatus: status === undefined ? undefined : { coding: [{ code: status }] },
  });
  const attendance = visit({
    class: { code: 'EMER' },
    meta: from('system-c'),
    diagnosis: [{ condition: { reference: 'Condition/c1', display: 'Pulmonary embolism' } }],
  });

  it.each([
    ['confirmed', ['Diagnosis: pulmonary embolism']],
    ['provisional', ['Suspected: pulmonary embolism']],
    ['differential', ['Suspected: pulmonary embolism']],
    ['unconfirmed', ['Suspected: pulmonary embolism']],
    ['refuted', []],
    ['entered-in-error', []],
    [undefined, ['Listed: pulmonary embolism']],
  ])('%s is shown as %j', (status, detail) => {
    expect(mapEncounter(attendance, contextOf(condition(status))).detail).toEqual(detail);
  });

  it('that were not read are only listed', () => {
    expect(mapEncounter(attendance, contextOf()).detail).toEqual(['Listed: pulmonary embolism']);
  });

  it('never give a refuted problem or a relative’s as the reason', () => {
    const byReference = visit({ reasonReference: [{ reference: 'Condition/c1', display: 'Pulmonary embolism' }] });
    expect(mapEncounter(byReference, contextOf(condition('refuted'))).title).toBe('Visit');
    const relative = visit({ reasonReference: [{ reference: 'FamilyMemberHistory/f', display: 'Stroke in father' }] });
    expect(mapEncounter(relative, contextOf()).title).toBe('Visit');
  });

  it('are found among contained resources', () => {
    const contained = visit({
      class: { code: 'EMER' },
      contained: [{ ...condition('confirmed'), id: 'own' }],
      diagnosis: [{ condition: { reference: '#own' } }],
    });
    expect(mapEncounter(contained, contextOf()).detail).toEqual(['Diagnosis: pulmonary embolism']);
  });
});

describe('other settings', () => {
  it('an emergency department says when the person left, as London’s clock had it', () => {
    const entry = onlyEntry([
      visit({
        meta: from('system-c'),
        class: { code: 'EMER' },
        reasonCode: [{ text: 'Chest pain' }],
        period: { start: '2026-07-01T15:00:00Z', end: '2026-07-01T17:40:00Z' },
      }),
    ]);
    expect(entry).toMatchObject({
      title: 'Emergency department: chest pain',
      facts: ['left 18:40'],
      kind: 'emergency',
    });
  });

  it('an open emergency attendance is pinned and says that no departure is recorded', () => {
    const entry = onlyEntry([
      visit({ class: { code: 'EMER' }, status: 'triaged', period: { start: '2026-11-22T08:00:00Z' } }),
    ]);
    expect(entry).toMatchObject({ state: 'open', lasting: true });
    expect(entry.cautions[0]).toMatch(/^No departure recorded, as at /);
  });

  it('an outpatient visit names its specialty, how it was held, and the reason as a reason', () => {
    const entry = onlyEntry([
      visit({
        meta: from('carecast'),
        type: [{ text: 'Outpatient visit' }],
        serviceType: { text: 'Cardiology' },
        reasonCode: [{ text: 'Palpitations' }],
        extension: [{ url: `${ukCoreExtension}DeliveryChannel`, valueCodeableConcept: { text: 'Video' } }],
      }),
    ]);
    expect(entry).toMatchObject({
      kind: 'outpatient',
      title: 'Outpatient: cardiology',
      detail: ['Reason: Palpitations'],
      facts: ['video'],
    });
  });

  it('a 111 call and an out-of-hours visit are told apart', () => {
    const call = onlyEntry([
      visit({ meta: from('adastra'), class: { code: '111' }, reasonCode: [{ text: 'Breathless' }] }),
    ]);
    expect(call).toMatchObject({ kind: 'urgent-call', title: '111 call: breathless', facts: [] });
    const base = onlyEntry([
      visit({
        meta: from('adastra'),
        class: { code: 'HH' },
        reasonCode: [{ text: 'Fever' }],
        location: [{ location: { display: '1 Any Street' }, physicalType: { coding: [{ code: 'A01' }] } }],
      }),
    ]);
    expect(base).toMatchObject({
      kind: 'urgent-visit',
      title: 'Out-of-hours visit: fever',
      detail: ['At home'],
      facts: ['left 10:12'],
    });
  });

  it('a community nurse is named as one', () => {
    const entry = onlyEntry([
      visit({
        meta: from('system-c'),
        class: { code: 'HH' },
        type: [{ text: 'District nurse visit' }],
        reasonCode: [{ text: 'Wound care' }],
      }),
    ]);
    expect(entry).toMatchObject({ lane: 'community', title: 'Community nurse visit: wound care', facts: ['at home'] });
  });

  it('a community visit at home says home, team and outcome once each, and leaves the trust to the details', () => {
    const entry = onlyEntry([
      visit({
        meta: from('system-c'),
        class: { code: 'HH' },
        type: [{ text: 'Community nursing: District nursing, Central Islington' }],
        reasonCode: [{ text: 'Wound care' }],
        serviceProvider: { display: 'Whittington Health NHS Trust' },
        location: [{ location: { display: '1 Any Street' }, physicalType: { coding: [{ code: 'A01' }] } }],
        participant: [{ individual: { display: 'Mr M Hartley' } }],
        extension: [{ url: `${ukCoreExtension}OutcomeOfAttendance`, valueCodeableConcept: { text: 'Wound clean' } }],
      }),
    ]);
    expect(entry.detail).toEqual(['At home', 'District nursing, Central Islington', 'Mr M Hartley', 'Wound clean']);
    expect(entry.facts).toEqual([]);
  });

  it('a clinic with its hospital names neither the specialty twice nor the trust; who comes before why', () => {
    const clinic = visit({
      meta: from('carecast'),
      type: [{ text: 'Outpatient visit' }],
      serviceType: { text: 'Cardiology' },
      reasonCode: [{ text: 'Palpitations' }],
      serviceProvider: { display: 'University College London Hospitals NHS Foundation Trust' },
      location: [{ location: { display: 'Cardiology clinic, University College Hospital' } }],
      participant: [{ individual: { display: 'Dr R Doyle' } }],
    });
    expect(onlyEntry([clinic]).detail).toEqual(['University College Hospital', 'Dr R Doyle', 'Reason: Palpitations']);
    const alone = { ...clinic, location: [{ location: { display: 'Clinic 3' } }] };
    expect(onlyEntry([alone]).detail.slice(0, 2)).toEqual([
      'University College London Hospitals NHS Foundation Trust',
      'Clinic 3',
    ]);
  });

  it('an online consultation is said once, and not as phone or video', () => {
    const entry = onlyEntry([
      visit({
        meta: from('emis'),
        class: { code: 'VR' },
        type: [{ text: 'Online consultation' }],
        reasonCode: [{ text: 'Rash' }],
      }),
    ]);
    expect([...entry.detail, ...entry.facts]).toEqual(['Online consultation']);
  });

  it('a mental health contact never says why, nor how it ended', () => {
    const entry = onlyEntry([
      visit({
        meta: from('emis'),
        type: [{ text: 'Community mental health team contact' }],
        reasonCode: [{ text: 'Self-harm' }],
        reasonReference: [{ display: 'Paranoid schizophrenia' }],
        diagnosis: [{ condition: { display: 'Paranoid schizophrenia' } }],
        extension: [
          { url: `${ukCoreExtension}OutcomeOfAttendance`, valueCodeableConcept: { text: 'Detained' } },
          { url: `${ukCoreExtension}LegalStatus`, valueCodeableConcept: { text: 'Section 3' } },
        ],
        serviceProvider: { display: 'North London NHS Foundation Trust' },
      }),
    ]);
    expect(entry).toMatchObject({ lane: 'mental-health', title: 'Mental health contact' });
    expect(JSON.stringify([entry.title, entry.detail, entry.facts, entry.cautions])).not.toMatch(
      /harm|schizo|section|detain/i,
    );
  });
});

describe('where an encounter stands in its life', () => {
  it.each<[string, Partial<Encounter>, string, string[]]>([
    ['planned for tomorrow', { status: 'planned', period: { start: '2026-11-23T09:00:00Z' } }, 'planned', []],
    ['planned for today without a time', { status: 'planned', period: { start: '2026-11-22' } }, 'planned', []],
    [
      'planned for yesterday',
      { status: 'planned', period: { start: '2026-11-21' } },
      'unknown',
      ['Not known if attended'],
    ],
    ['cancelled', { status: 'cancelled' }, 'cancelled', []],
    ['under way since this morning', { status: 'in-progress', period: { start: '2026-11-22T09:00:00Z' } }, 'open', []],
    [
      'never closed, years ago',
      { status: 'in-progress', period: { start: '2019-04' } },
      'closed',
      ['End not recorded'],
    ],
    ['with an end, but marked as going on', { status: 'in-progress' }, 'closed', ['Not marked as finished']],
    ['of unknown status', { status: 'unknown' }, 'closed', []],
  ])('%s', (_, parts, state, cautions) => {
    expect(onlyEntry([visit(parts)])).toMatchObject({ state, cautions });
  });

  it('a planned visit turns into "Not known if attended" as time passes (misreading 6)', () => {
    const planned = visit({ status: 'planned', period: { start: '2026-11-22T11:00:00Z' } });
    expect(mapEncounter(planned, contextOf()).state).toBe('planned');
    const later = mapEncounter(planned, { ...contextOf(), now: now + 3_600_000 });
    expect(later).toMatchObject({ state: 'unknown', cautions: ['Not known if attended'] });
  });
});

describe('times that do not fit', () => {
  it('an end before the start is said, and nothing is mended', () => {
    const entry = onlyEntry([visit({ period: { start: '2026-11-14T10:00:00Z', end: '2026-11-13T10:00:00Z' } })]);
    expect(entry.cautions).toEqual(['End as sent (13-Nov-2026 10:00) is before the start']);
    expect(entry.start?.text).toBe('2026-11-14T10:00:00Z');
  });

  it('a missing or unreadable date is said; the row stays', () => {
    expect(onlyEntry([visit({ period: undefined })])).toMatchObject({
      start: undefined,
      cautions: ['Event date not known'],
    });
    expect(onlyEntry([visit({ period: { start: '14/11/2026' } })]).cautions).toEqual([
      'Event date not readable: 14/11/2026',
    ]);
  });

  it('an encounter with neither class, type nor period is still a visit', () => {
    const bare = { resourceType: 'Encounter', id: 'e1', status: 'finished' } as Encounter;
    expect(onlyEntry([bare])).toMatchObject({ kind: 'visit', title: 'Visit', detail: [], facts: [] });
  });
});

describe('records nobody here wrote', () => {
  it('an American check-up is a visit, not a GP consultation', () => {
    const entry = onlyEntry([visit({ type: [{ text: 'General examination of patient (procedure)' }] })]);
    expect(entry).toMatchObject({ kind: 'visit', lane: 'gp', title: 'Visit: general examination of patient' });
  });

  it('conditional references use their display, technical roles are left out, semantic tags dropped', () => {
    const entry = onlyEntry([
      visit({
        type: [{ text: 'Encounter for problem (procedure)' }],
        reasonCode: [{ coding: [{ code: '46177005', display: 'End-stage renal disease (disorder)' }] }],
        participant: [
          {
            type: [{ text: 'primary performer' }],
            individual: { reference: 'Practitioner?identifier=x|1', display: 'Dr. Chelsey Simonis' },
          },
        ],
        serviceProvider: { reference: 'Organization?identifier=x|2', display: 'NEWMAN MEMORIAL COUNTY HOSPITAL' },
      }),
    ]);
    expect(entry.title).toBe('Visit: end-stage renal disease');
    expect(entry.detail).toEqual(['NEWMAN MEMORIAL COUNTY HOSPITAL', 'Encounter for problem', 'Dr. Chelsey Simonis']);
  });
});
