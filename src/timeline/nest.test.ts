import type { Appointment, DiagnosticReport, DocumentReference, Encounter, Resource, Task } from 'fhir/r4';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf, from, onlyEntry } from './testing.ts';
import { mapRecord } from './to-entries.ts';

const encounter = (id: string, parts: Partial<Encounter> = {}): Encounter => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  period: { start: '2026-11-14T10:00:00Z', end: '2026-11-14T11:00:00Z' },
  ...parts,
});
const partOf = (id: string, parent: string) => encounter(id, { partOf: { reference: `Encounter/${parent}` } });
const booking = (id: string, parts: Partial<Appointment> = {}): Appointment => ({
  resourceType: 'Appointment',
  id,
  status: 'fulfilled',
  start: '2026-11-14T09:50:00Z',
  participant: [],
  ...parts,
});

const keys = (resources: Resource[]) => mapRecord(resources, contextOf()).entries.map((entry) => entry.key);

describe('parts of an encounter', () => {
  it('stand under it, oldest first, and count as its statements', () => {
    const late = encounter('late', {
      partOf: { reference: 'https://hub.example/fhir/Encounter/top/_history/2' },
      period: { start: '2026-11-15T10:00:00Z' },
    });
    const entry = onlyEntry([late, encounter('top'), partOf('early', 'top')]);
    expect(entry.key).toBe('Encounter/top');
    expect(entry.children.map((child) => child.key)).toEqual(['Encounter/early', 'Encounter/late']);
    expect(entry.statements.map((statement) => statement.reference)).toEqual([
      'Encounter/top',
      'Encounter/early',
      'Encounter/late',
    ]);
  });

  it('are told in the row, where nobody who opens nothing would see them', () => {
    const [alone] = mapRecord([encounter('top')], contextOf()).entries;
    expect(alone?.facts.join()).not.toContain('linked');
    expect(onlyEntry([encounter('top'), partOf('a', 'top')]).facts.at(-1)).toBe('linked visit');
    const many = onlyEntry([
      encounter('top'),
      partOf('a', 'top'),
      partOf('b', 'top'),
      encounter('stay', { partOf: { reference: 'Encounter/top' }, class: { code: 'IMP' } }),
    ]);
    expect(many.facts.slice(-2)).toEqual(['linked stay', '2 linked visits']);
  });

  it('of parts stand one level down as well', () => {
    const entry = onlyEntry([encounter('a'), partOf('b', 'a'), partOf('c', 'b')]);
    expect(entry.children.map((child) => child.key).sort()).toEqual(['Encounter/b', 'Encounter/c']);
    expect(entry.children.every((child) => child.children.length === 0)).toBe(true);
  });

  it('that point at themselves, at each other or at nothing stand on their own', () => {
    expect(keys([partOf('a', 'a')])).toEqual(['Encounter/a']);
    expect(keys([partOf('a', 'b'), partOf('b', 'a')])).toEqual(['Encounter/a', 'Encounter/b']);
    expect(keys([partOf('a', 'b'), partOf('b', 'a'), partOf('c', 'a')])).toHaveLength(3);
    expect(keys([partOf('a', 'not-read')])).toEqual(['Encounter/a']);
  });

  it('are never lost and never doubled, however they point', () => {
    const graph = fc.array(fc.option(fc.nat({ max: 9 }), { nil: undefined }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(graph, (parents) => {
        const resources = parents.map((parent, id) =>
          parent === undefined ? encounter(String(id)) : partOf(String(id), String(parent)),
        );
        const { entries } = mapRecord(resources, contextOf());
        const told = entries.flatMap((entry) => entry.statements.map((statement) => statement.reference));
        expect(told.sort()).toEqual(resources.map((resource) => `Encounter/${resource.id}`).sort());
        for (const entry of entries) for (const child of entry.children) expect(child.children).toEqual([]);
      }),
    );
  });
});

describe('a booking and its own visit', () => {
  it('are one row when the visit names the booking', () => {
    const entry = onlyEntry([booking('b'), encounter('v', { appointment: [{ reference: 'Appointment/b' }] })]);
    expect(entry.key).toBe('Encounter/v');
    expect(entry.detail).toContain('Planned for 14-Nov-2026 09:50, kept');
    expect(entry.statements.map((statement) => statement.reference)).toEqual(['Encounter/v', 'Appointment/b']);
  });

  it('are one row when the booking names the visit', () => {
    const named = booking('b', { supportingInformation: [{ reference: 'Encounter/v' }] });
    expect(onlyEntry([encounter('v'), named]).statements).toHaveLength(2);
  });

  it('stay two when neither names the other, however close in time', () => {
    expect(keys([booking('b', { start: '2026-11-14T10:00:00Z' }), encounter('v')])).toHaveLength(2);
  });

  it('that contradict each other say so, and neither is dropped (misreading 10)', () => {
    const missed = booking('b', { status: 'noshow' });
    const entry = onlyEntry([missed, encounter('v', { appointment: [{ reference: 'Appointment/b' }] })]);
    expect(entry.cautions).toEqual(['Sources differ: the booking says not attended']);
    expect(entry.detail.join()).not.toContain('kept');
  });

  it('join within a nested part too', () => {
    const child = encounter('c', {
      partOf: { reference: 'Encounter/top' },
      appointment: [{ reference: 'Appointment/b' }],
    });
    const entry = onlyEntry([encounter('top'), child, booking('b')]);
    expect(entry.statements.map((statement) => statement.reference)).toEqual([
      'Encounter/top',
      'Encounter/c',
      'Appointment/b',
    ]);
  });
});

describe('what belongs to an entry above', () => {
  const letter = (parts: Partial<DocumentReference> = {}): DocumentReference => ({
    resourceType: 'DocumentReference',
    id: 'd',
    status: 'current',
    content: [],
    ...parts,
  });

  it('is no row of its own, and its entry is known', () => {
    const report: DiagnosticReport = {
      resourceType: 'DiagnosticReport',
      id: 'r',
      status: 'final',
      code: { text: 'Full blood count' },
      encounter: { reference: 'Encounter/part' },
    };
    const record = mapRecord(
      [letter({ context: { encounter: [{ reference: 'Encounter/e' }] } }), report, encounter('e'), partOf('part', 'e')],
      contextOf(),
    );
    expect(record.entries.map((entry) => entry.key)).toEqual(['Encounter/e']);
    expect(record.entries[0]?.statements).toHaveLength(2);
    expect(record.linked.map((link) => [link.to, link.statement.reference])).toEqual([
      ['Encounter/e', 'DocumentReference/d'],
      ['Encounter/e', 'DiagnosticReport/r'],
    ]);
  });

  it('is a row when its encounter was not read: nothing is dropped for a dangling reference', () => {
    expect(keys([letter({ context: { encounter: [{ reference: 'Encounter/gone' }] } })])).toEqual([
      'DocumentReference/d',
    ]);
  });

  it('is a row when its encounter was entered in error', () => {
    const wrong = encounter('e', { status: 'entered-in-error' });
    const record = mapRecord([letter({ context: { encounter: [{ reference: 'Encounter/e' }] } }), wrong], contextOf());
    expect(record.entries.map((entry) => entry.key)).toEqual(['DocumentReference/d']);
    expect(record.withdrawn.map((statement) => statement.reference)).toEqual(['Encounter/e']);
  });

  it('stands with the assessment that produced it', () => {
    const task: Task = {
      resourceType: 'Task',
      id: 't',
      meta: from('liquidlogic'),
      status: 'completed',
      intent: 'order',
      output: [{ type: { text: 'Document' }, valueReference: { reference: 'DocumentReference/d' } }],
    };
    const record = mapRecord([letter(), task], contextOf());
    expect(record.entries.map((entry) => entry.key)).toEqual(['Task/t']);
    expect(record.linked).toMatchObject([{ to: 'Task/t' }]);
  });
});
