import { describe, expect, it } from 'vitest';
import { makeBorough } from '../../mocks/borough/make.ts';
import { lostWhy } from './emis-csv-losses.ts';
import { roundTripEmisCsv, roundTripLines } from './emis-csv.ts';

// Half past one at night: the extract that is sent then knows all that is true by then.
const night = new Date('2026-11-22T01:30:00Z');
const trip = await roundTripEmisCsv(makeBorough({ people: 120, seed: 7, now: night }));

describe('what the borough’s practices know, told as EMIS extracts and read again', () => {
  it('comes back item by item, but for what the extract has no table for', () => {
    const missing = [...trip.items].filter(([, { there, back }]) => there !== back).map(([kind]) => kind);
    // Warnings, and what a GP Connect list says of itself.
    expect(missing).toEqual(['Flag', 'List']);
    expect(trip.items.get('Encounter')?.back).toBeGreaterThan(1000);
    expect([...trip.items.keys()]).toHaveLength(14);
  });

  it('holds nothing that is not true: what was entered by mistake and deleted is gone', () => {
    const unexplained = [...trip.besides].filter(([why]) => why.startsWith('unexplained'));
    expect(unexplained).toEqual([]);
    expect([...trip.doubts]).toEqual([]);
  });

  it('says every fact as it is, or there is a stated reason why the format cannot', () => {
    const odd = [...trip.facts].filter(([, { lost, other, added }]) => lost + other + added > 0);
    expect(odd.map(([fact]) => fact).filter((fact) => lostWhy(fact) === undefined)).toEqual([]);
    expect(odd.length).toBeGreaterThan(20);
    expect(roundTripLines(trip).join('\n')).toContain('Encounter: time of day: 0 the same');
  });

  it('is never told wrongly of who it is, what they are allergic to, take, or had measured', () => {
    const careful = [
      'Patient: NHS number',
      'Patient: family name',
      'Patient: birth date',
      'AllergyIntolerance: substance',
      'MedicationStatement: medicine',
      'MedicationStatement: dose',
      'MedicationStatement: status',
      'Observation: parts',
      'Appointment: status',
      'Appointment: start',
      'Encounter: day',
      'Encounter: status',
    ];
    for (const fact of careful) {
      expect(trip.facts.get(fact), fact).toMatchObject({ lost: 0, other: 0, added: 0 });
      expect(trip.facts.get(fact)?.same, fact).toBeGreaterThan(0);
    }
    // A value is told as its number or not at all as one.
    expect(trip.facts.get('Observation: value')).toMatchObject({ other: 0, added: 0 });
  });
});
