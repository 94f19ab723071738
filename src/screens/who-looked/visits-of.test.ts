import * as fc from 'fast-check';
import type { AuditEvent } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { odsSystem } from '../../../fhir/systems.ts';
import { readLine, type Line } from './read-line.ts';
import { visitsOf } from './visits-of.ts';

const restful = 'http://hl7.org/fhir/restful-interaction';
const acts = 'https://care-timeline.example/fhir/CodeSystem/audit-act';
const day = '2026-11-22';

interface Told {
  at: string;
  act?: string;
  asked?: string;
  by?: 'gp' | 'person';
  outcome?: AuditEvent['outcome'];
  why?: string;
  purpose?: string;
}

/** A line as the hub tells it: BALP, with its own word for the act. */
function event({ at, act = 'search', asked, by = 'gp', outcome = '0', why, purpose = 'TREAT' }: Told): AuditEvent {
  const gp = by === 'gp';
  return {
    resourceType: 'AuditEvent',
    type: { code: 'rest' },
    subtype: [...(act === 'search' ? [{ system: restful, code: 'search-type' }] : []), { system: acts, code: act }],
    recorded: `${day}T${at}:00Z`,
    outcome,
    agent: [
      {
        role: [{ coding: [{ code: gp ? 'R0260' : 'person' }] }],
        altId: gp ? '555' : 'p1',
        name: gp ? 'Dr Ada Byrne' : 'ADEYEMI, Florence',
        requestor: true,
        purposeOfUse: [{ coding: [{ code: purpose }], ...(why === undefined ? {} : { text: why }) }],
      },
      ...(gp
        ? [{ who: { identifier: { system: odsSystem, value: 'F83063' }, display: 'Killick Street' }, requestor: false }]
        : []),
      { who: { display: 'care-timeline' }, name: gp ? 'emis' : 'person', requestor: false },
      { who: { display: 'Care Timeline hub' }, requestor: false },
    ],
    source: { observer: { display: 'Care Timeline hub' } },
    entity: asked === undefined ? [] : [{ query: btoa(asked) }],
  };
}
const visits = (...told: Told[]) => visitsOf(told.flatMap((one) => readLine(event(one)) ?? []));

describe('Who looked', () => {
  it('a page that stayed open and asked for what is new took no copy; alone it says that it was open', () => {
    const asked = [
      { at: '09:01', asked: 'Encounter?date=ge2020' },
      { at: '09:02', act: 'news' },
    ];
    expect(visits({ at: '09:00', act: 'launch' }, ...asked)[0]?.did).toEqual([
      'opened the record',
      'read visits and stays',
    ]);
    expect(visits({ at: '09:02', act: 'news' })[0]?.did).toEqual(['had it open']);
    expect(visits({ at: '09:02', act: 'everything' })[0]?.did).toEqual(['took a copy of it']);
  });

  it('tells one visit of a GP in plain words: who, as what, from where, when, and what they did', () => {
    const [visit, ...more] = visits(
      { at: '09:00', act: 'launch' },
      { at: '09:00', asked: 'Encounter?date=ge2020' },
      { at: '09:01', asked: 'DocumentReference?patient' },
      { at: '09:01', asked: 'Encounter?_id' },
      { at: '09:04', act: 'print' },
    );
    expect(more).toEqual([]);
    expect(visit).toMatchObject({
      who: 'Dr Ada Byrne',
      own: false,
      role: 'GP',
      organisation: 'Killick Street',
      from: 'EMIS',
      start: Date.parse(`${day}T09:00:00Z`),
      end: Date.parse(`${day}T09:04:00Z`),
      did: ['opened the record', 'printed it', 'read visits and stays, letters'],
      refused: false,
      glass: undefined,
    });
  });

  it('starts another visit after a long pause, and tells the latest first', () => {
    const two = visits({ at: '09:00', asked: 'Flag' }, { at: '09:29', asked: 'Flag' }, { at: '10:00', asked: 'Task' });
    expect(two.map(({ did }) => did)).toEqual([['read social care'], ['read alerts']]);
  });

  it('a broken glass stands out with the words that were written, also where only what was read through it is told', () => {
    const [broken] = visits({ at: '02:10', act: 'break-glass', why: 'Unconscious in the ambulance' });
    expect(broken).toMatchObject({ glass: 'Unconscious in the ambulance', did: ['opened what you keep back'] });
    const [through] = visits({ at: '02:11', asked: 'Encounter', purpose: 'BTG' });
    expect(through?.glass).toBe('');
  });

  it('what was opened alone is not told by its type, and is not called more than it was', () => {
    const [alone] = visits({ at: '09:00', act: 'read' });
    expect(alone?.did).toEqual(['read part of it']);
    const [beside] = visits({ at: '09:00', act: 'read' }, { at: '09:00', asked: 'Flag' });
    expect(beside?.did).toEqual(['read alerts']);
  });

  it('what was refused was not done, and is said to have been refused', () => {
    const [visit] = visits({ at: '09:00', asked: 'Encounter', outcome: '8' });
    expect(visit).toMatchObject({ did: [], refused: true });
  });

  it('the person’s own visits are theirs', () => {
    const [visit] = visits({ at: '09:00', asked: 'AuditEvent', by: 'person' });
    expect(visit).toMatchObject({ own: true, role: undefined, from: undefined, did: ['read who looked'] });
  });

  it('loses no act, whatever came in which order: each stands within one visit of who did it', () => {
    const line: fc.Arbitrary<Line> = fc.record({
      at: fc.integer({ min: 0, max: 400 }).map((minute) => Date.UTC(2026, 10, 22) + minute * 60_000),
      whoKey: fc.constantFrom('a', 'b'),
      who: fc.constant('x'),
      own: fc.constant(false),
      role: fc.constant(undefined),
      organisation: fc.constant(undefined),
      from: fc.constantFrom('EMIS', undefined),
      act: fc.constantFrom('search', 'print', 'launch'),
      type: fc.constantFrom('Encounter', undefined),
      refused: fc.boolean(),
      glassReason: fc.constant(undefined),
      throughGlass: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const all = visitsOf(lines);
        expect(visitsOf(lines.toReversed())).toEqual(all);
        for (const { at, whoKey, from } of lines) {
          const holding = all.filter(
            ({ key, start, end }) => key.endsWith([whoKey, 'x', from].join('|')) && start <= at && at <= end,
          );
          expect(holding).toHaveLength(1);
        }
      }),
    );
  });
});
