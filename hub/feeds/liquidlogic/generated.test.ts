import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { withoutControls } from './csv-text.ts';
import { sectionSchemas } from './extension-schema.ts';
import { extension, file, ida, Pieces, type Line } from './testing.ts';

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('=HYPERLINK("http://x")', '\0', '"', 'NULL', 'null', '2026-02-30', '31/12/2025', '﻿', 'a\r\nb'),
);
const columns = [
  'Event Reference',
  'Event Start Date',
  'Event End Date',
  'Event Description',
  'Event Outcome',
  'First Name',
  'Last Name',
  'Date of Birth',
  'Postcode',
  'Gender',
  'Client Type',
  'Primary Support Reason',
  'Service Component',
  'Service Type',
  'Assessment Type',
  'Review Reason',
  'Has Unpaid Carer',
  'Provider CQC Location Name',
  'Request: Route of Access',
] as const;
const oddLine: fc.Arbitrary<Line> = fc
  .tuple(
    fc.constantFrom('Service', 'Assessment', 'Request', 'Review', 'Other'),
    fc.array(fc.tuple(fc.constantFrom(...columns), anything), { maxLength: 8 }),
  )
  .map(([type, parts]) => ({ ...ida, ...Object.fromEntries(parts), 'Event Type': type }));

const day = fc.constantFrom('2026-08-03', '2026-09', '2026-09-14T10:30:00+01:00', '2026-11-02T09:00:00+00:00');
const id = fc.constantFrom('X1', 'X2', 'X3');
const word = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .filter((text) => withoutControls(text).trim() !== '');
const oddEvent = fc.record(
  {
    id,
    event: fc.constantFrom('Service', 'Assessment', 'Request', 'Review'),
    status: fc.constantFrom('planned', 'open', 'onhold', 'closed', 'cancelled'),
    start: day,
    end: day,
    name: word,
    kind: word,
    reason: word,
    outcome: word,
    summary: word,
    follows: id,
    labels: fc.constantFrom(['R'], ['PSY', 'V']),
  },
  { requiredKeys: ['id', 'event', 'status'] },
);
const oddAlert = fc.record(
  { id, kind: fc.constantFrom('access', 'other'), text: word, from: day, until: day },
  { requiredKeys: ['id', 'kind', 'text'] },
);
const oddEquipment = fc.record(
  { id, name: word, asked: day, fitted: day, note: word, accessCode: word },
  { requiredKeys: ['id', 'name'] },
);
const oddPerson = fc.record({
  events: fc.array(oddEvent, { maxLength: 5 }),
  alerts: fc.array(oddAlert, { maxLength: 3 }),
  equipment: fc.array(oddEquipment, { maxLength: 3 }),
});
const person = { names: [{ family: 'Quill', given: ['Ida'] }], birthDate: '1941-05-06', nhsNumber: '9990000018' };

describe('whatever the council’s people typed', () => {
  it('what is told of a line is sound FHIR R4 that the store keeps, and the line is told or doubted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(oddLine, { minLength: 1, maxLength: 4 }), async (lines) => {
        const pieces = new Pieces().take(file(lines));
        const told = await pieces.tell('706-4711');
        for (const resource of told.resources) expect(checkStructure(resource).problems).toEqual([]);
        expect(JSON.stringify(told.resources)).not.toContain(String.raw`\u0000`);
        expect(told.resources.length + pieces.doubts.length + told.doubts.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('what is told of the extension is, too', async () => {
    await fc.assert(
      fc.asyncProperty(oddPerson, async (odd) => {
        const pieces = new Pieces().take(extension({ person, ...odd }));
        const told = await pieces.tell('706-4711');
        for (const resource of told.resources) expect(checkStructure(resource).problems).toEqual([]);
        expect(JSON.stringify(told.resources)).not.toContain(String.raw`\u0000`);
        const good = odd.alerts.filter((alert) => sectionSchemas.alerts.safeParse(alert).success);
        expect(new Set(good.map((alert) => alert.id)).size).toBe(
          told.resources.filter(({ resourceType }) => resourceType === 'Flag').length - codesIn(told.resources),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('both feeds may come in any order, and again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(oddLine, { maxLength: 3 }),
        fc.array(oddLine, { maxLength: 3 }),
        oddPerson,
        oddPerson,
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        fc.nat(3),
        async (first, second, early, late, order, again) => {
          const receivedAt = '2027-01-05T04:00:00.000Z';
          const messages = [
            file(first, { seq: 1, label: 'a', receivedAt }),
            extension({ person, ...early }, { seq: 2, asAt: '2026-10-02T04:00:00Z', receivedAt }),
            file(
              second.map((line) => ({ ...line, 'Reporting Period End Date': '2026-12-31' })),
              { seq: 3, label: 'b', receivedAt },
            ),
            extension({ person, ...late }, { seq: 4, asAt: '2027-01-04T04:00:00Z', receivedAt }),
          ];
          const inOrder = await new Pieces().take(...messages).tell('706-4711');
          const shuffled = [...order, again].flatMap((place) => messages[place] ?? []);
          expect(await new Pieces().take(...shuffled).tell('706-4711')).toEqual(inOrder);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Flags that stand for an access code rather than for an alert. */
function codesIn(resources: readonly object[]): number {
  return resources.filter((resource) => JSON.stringify(resource).includes('"id":"access-code-')).length;
}
