import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { validateStructure } from '../../hub/fhir/validate.ts';
import { gpConnect } from '../../hub/feeds/emis/gp-connect/gp-connect.ts';
import { makeBorough } from '../../mocks/borough/make.ts';
import { writeGpConnectNative } from '../../mocks/writers/emis/native/gp-connect/write.ts';
import { comparisonLines } from './compare-facts.ts';
import { gpConnectLoss } from './emis-gp-connect-losses.ts';
import { roundTripGpConnect } from './emis-gp-connect.ts';

const borough = makeBorough({ people: 120, seed: 7, now: new Date('2026-11-21T12:00:00Z') });
const trip = await roundTripGpConnect(borough);

describe('what the borough’s practices know, asked for by GP Connect and read', () => {
  it('comes back item by item, but for alerts and for what is confidential, and the clinician is told of that', () => {
    expect(trip.missing).toEqual(
      new Map([
        ['Flag: GP Connect has no place for alerts', 2],
        ['Encounter: confidential: it does not leave the practice, and the list says so', 1],
      ]),
    );
    expect(trip.items.get('Encounter')?.back).toBeGreaterThan(4000);
    expect(trip.items.get('List')).toEqual({ there: 2, back: 2 });
    expect([...trip.items.keys()]).toHaveLength(14);
    expect([trip.notFound, [...trip.doubts]]).toEqual([1, []]);
  });

  it('holds nothing that is not true', () => {
    expect([...trip.besides.keys()].filter((why) => why.startsWith('unexplained'))).toEqual([]);
    // All but a consultation in which nothing was written.
    expect(trip.besides.get('notes of consultations')).toBe((trip.items.get('Encounter')?.back ?? 0) - 1);
  });

  it('says every fact as it is, or there is a stated reason why the format cannot', () => {
    const odd = [...trip.facts].filter(([, { lost, other, added }]) => lost + other + added > 0).map(([fact]) => fact);
    expect(odd.filter((fact) => gpConnectLoss(fact) === undefined)).toEqual([]);
    expect(comparisonLines(trip, gpConnectLoss).filter((line) => line.includes('unexplained'))).toEqual([]);
    // What must come back whole, named, so that a loss of it is seen.
    for (const fact of [
      'Patient: NHS number',
      'Encounter: day',
      'Encounter: time of day',
      'AllergyIntolerance: substance',
      'MedicationStatement: dose',
      'MedicationStatement: last issue',
      'Observation: value',
      'Observation: comparator',
      'Observation: flag',
      'Observation: category',
      'Observation: day',
      'DiagnosticReport: name',
      'DiagnosticReport: day',
      'DiagnosticReport: results',
      'Immunization: vaccine',
      'DocumentReference: title',
      'CarePlan: text',
    ]) {
      const { same, ...not } = trip.facts.get(fact) ?? { same: 0, lost: 0, other: 0, added: 0 };
      expect([fact, same > 0, not.lost + not.other + not.added]).toEqual([fact, true, 0]);
    }
  });
});

describe('an answer of a practice of the borough', () => {
  const messages = [...writeGpConnectNative(borough)];

  it('is the same each time, holds only numbers for testing, and names nobody in its label', () => {
    const digests = (all: Iterable<{ bytes: Uint8Array }>) => [...all].map(({ bytes }) => hash('sha256', bytes));
    expect(digests(writeGpConnectNative(borough))).toEqual(digests(messages));
    for (const { bytes, label, subject } of messages) {
      const text = Buffer.from(bytes).toString('utf8');
      const numbers = [...text.matchAll(/nhs-number","value":"(\d+)"/g)].map(([, number]) => number);
      expect(numbers.length).toBeGreaterThanOrEqual(text.includes('"type":"searchset"') ? 0 : 1);
      for (const number of numbers) expect(number).toMatch(/^999/);
      expect(label).not.toContain(subject);
      expect(gpConnect.subjectOf(bytes)).toBe(subject);
    }
  });

  it('comes to sound R4 in every part', async () => {
    for (const { bytes, at, label } of messages.slice(0, 6)) {
      const receivedAt = new Date(at).toISOString();
      const { pieces } = gpConnect.sort({
        seq: 1,
        source: 'emis',
        organisation: 'F83063',
        format: 'gp-connect',
        label,
        receivedAt,
        bytes,
      });
      const scope = { source: 'emis' as const, organisation: 'F83063', subject: pieces[0]?.subject ?? '', scope: '' };
      const kept = pieces.map(({ name, content }) => ({ name, content, at: receivedAt, seq: 1 }));
      const { resources } = await gpConnect.tell(scope, kept, () => Promise.resolve(new Map()));
      expect(resources.flatMap(validateStructure)).toEqual([]);
    }
  });
});
