import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkStructure } from '../../../fhir/validate.ts';
import { isObject, type JsonObject } from '../../../resource/json.ts';
import { UnusableMessage } from '../../format.ts';
import { gpConnect } from './gp-connect.ts';
import { liftContained } from './contained.ts';
import { mapRecord } from './map-record.ts';
import { allergyOf, bundle, listOf, message, patientId, practice, type Sent, wholeRecord } from './testing-record.ts';

const about = { subject: { reference: `Patient/${patientId}` }, context: { reference: 'Encounter/1' } };
/** One of every kind that the consultation of the fixture does not hold. */
const everyKind: Sent[] = wholeRecord(
  allergyOf('1', { reaction: [{ manifestation: [{ text: 'Rash' }], severity: 'mild' }] }),
  { resourceType: 'Medication', id: '1', code: { text: 'Ramipril' } },
  {
    resourceType: 'MedicationRequest',
    id: '1',
    intent: 'plan',
    status: 'active',
    medicationReference: { reference: 'Medication/1' },
    dosageInstruction: [{ text: 'One daily' }],
    dispenseRequest: { quantity: { value: 28, unit: 'tablet' }, validityPeriod: { start: '2026-01-02' } },
    extension: [
      { url: 'Extension-CareConnect-GPC-PrescriptionType-1', valueCodeableConcept: { coding: [{ code: 'repeat' }] } },
      {
        url: 'Extension-CareConnect-GPC-MedicationRepeatInformation-1',
        extension: [{ url: 'numberOfRepeatPrescriptionsIssued', valueUnsignedInt: 3 }],
      },
    ],
    ...about,
  },
  {
    resourceType: 'Immunization',
    id: '1',
    date: '2026-01-02',
    notGiven: false,
    patient: about.subject,
    practitioner: [{ actor: {} }],
  },
  { resourceType: 'DiagnosticReport', id: '1', status: 'final', result: [{ reference: 'Observation/1' }], ...about },
  {
    resourceType: 'Observation',
    id: '1',
    related: [{ type: 'has-member', target: { reference: 'Observation/1' } }],
    ...about,
  },
  {
    resourceType: 'ReferralRequest',
    id: '1',
    status: 'active',
    requester: { agent: {} },
    note: [{ text: 'Soon' }],
    ...about,
  },
  {
    resourceType: 'DocumentReference',
    id: '1',
    content: [{ attachment: { url: 'https://x/Binary/1' } }],
    ...about,
    context: {},
  },
  { resourceType: 'QuestionnaireResponse', id: '1', item: [{ answer: [{ valueString: 'Yes' }] }], ...about },
  { resourceType: 'Appointment', id: '1', participant: [{ actor: about.subject }], start: '2026-12-01T09:00:00Z' },
  { ...listOf('1103671000000101', ['#1']), contained: [allergyOf('1')] },
);

/** A place in the JSON, as a path of keys. */
function paths(value: unknown, path: readonly string[] = []): string[][] {
  const own = path.length === 0 ? [] : [[...path]];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, part]) => paths(part, [...path, key]))];
}

function replaced(value: unknown, [head, ...rest]: readonly string[], by: unknown): unknown {
  if (head === undefined) return by;
  if (Array.isArray(value)) return value.map((one, place) => (String(place) === head ? replaced(one, rest, by) : one));
  return isObject(value) ? { ...value, [head]: replaced(value[head], rest, by) } : value;
}

const places = paths(everyKind);
const damage = fc.tuple(
  fc.constantFrom(...places),
  fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('31-02-2020', '#1', 'List/1', '', 7, 'constructor', '__proto__', {
      coding: [{ code: 'constructor' }],
    }),
  ),
);

it('whatever a practice’s system writes in any place, nothing crashes, nothing is unaccounted for, and the rest is sound', () => {
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 6 }), (damages) => {
      const damaged = damages.reduce<unknown>((record, [path, by]) => replaced(record, path, by), everyKind);
      const sent = (Array.isArray(damaged) ? damaged : []).filter(isObject);
      const lifted = sent.flatMap((one: JsonObject) => (one['resourceType'] === 'List' ? liftContained(one) : [one]));
      const { resources, account } = mapRecord(lifted, patientId, practice);
      expect(account.total).toBe(lifted.length);
      for (const resource of resources) {
        const problems = checkStructure(resource).problems.filter((one) => !isAboutText(one));
        expect(problems).toEqual([]);
      }
      expect(new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`)).size).toBe(resources.length);
      expect(mapRecord(lifted, patientId, practice).resources).toEqual(resources);
    }),
  );
});

/** Dates that cannot be read are kept as they were written, and the intake takes them so. */
function isAboutText(problem: string): boolean {
  return /is not a valid (?:date|dateTime|instant)\.$/.test(problem);
}

it('what refers to itself, or round in a ring, is read and ends', () => {
  const ring = [
    { resourceType: 'PractitionerRole', id: '1', practitioner: { reference: 'PractitionerRole/1' } },
    { ...listOf('325851000000107', ['List/l1']), id: 'l1', encounter: { reference: 'Encounter/1' } },
    {
      resourceType: 'Encounter',
      id: '1',
      participant: [{ individual: { reference: 'PractitionerRole/1' } }],
      ...about,
    },
    {
      resourceType: 'Observation',
      id: '1',
      ...about,
      related: [{ type: 'has-member', target: { reference: 'Observation/1' } }],
    },
    { resourceType: 'DiagnosticReport', id: '1', ...about, result: [{ reference: 'Observation/1' }] },
  ];
  const { resources, account } = mapRecord(wholeRecord(...ring) as unknown as JsonObject[], patientId, practice);
  expect(account.total).toBe(wholeRecord(...ring).length);
  expect(resources.some(({ resourceType, id }) => resourceType === 'Encounter' && id === `${practice}-1`)).toBe(true);
});

it('a message cut off anywhere is refused, and never taken for less than it was', () => {
  const whole = JSON.stringify(bundle(everyKind));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
      expect(() => gpConnect.sort(message(whole.slice(0, length)))).toThrow(/not JSON/);
    }),
  );
});

it('whatever is sent, it becomes pieces or is refused with a sentence', () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    damage.map(([path, by]) => bundle((replaced(everyKind, path, by) as Sent[]).slice(0))),
    fc.jsonValue().map((entry) => ({ resourceType: 'Bundle', entry })),
    fc.constantFrom('['.repeat(100_000), `${'['.repeat(5000)}${']'.repeat(5000)}`, '{"a":'.repeat(300), '\ufeff{}'),
  );
  fc.assert(
    fc.property(anything, (body) => {
      expect(outcomeOf(body)).toMatch(/^pieces: [1-9]|^[A-Z].*[.)]$/);
    }),
  );
});

/** What comes of a message; anything thrown but a refusal is a crash. */
function outcomeOf(body: unknown): string {
  try {
    const { pieces } = gpConnect.sort(message(body));
    return `pieces: ${pieces.filter(({ subject, content }) => subject !== '' && content !== '').length}`;
  } catch (error) {
    if (error instanceof UnusableMessage) return error.message;
    throw error;
  }
}
