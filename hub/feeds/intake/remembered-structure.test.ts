import type { Condition } from 'fhir/r4';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { rememberedStructure } from './remembered-structure.ts';

test('what is remembered of a resource is what its check says, the first time and every later one', () => {
  const condition = fc.record(
    {
      resourceType: fc.constant('Condition'),
      id: fc.constant('R1-diagnosis'),
      subject: fc.constantFrom({ reference: 'Patient/R1' }, undefined),
      code: fc.constantFrom({ text: 'Pneumonia' }, { text: 7 }, ['Pneumonia']),
      onsetDateTime: fc.constantFrom('2026-10-04', '2026-13-40', 2026),
      abatementString: fc.constantFrom('over', { over: true }),
    },
    { requiredKeys: ['resourceType'] },
  );
  fc.assert(
    fc.property(condition, (told) => {
      const resource = told as unknown as Condition;
      const report = checkStructure(resource);
      expect(rememberedStructure.get(resource)).toEqual(report);
      expect(rememberedStructure.get(structuredClone(resource))).toEqual(report);
    }),
    { numRuns: 60 },
  );
});

test('a resource that was changed after it was checked is checked again', () => {
  const resource: Condition = { resourceType: 'Condition', id: 'R2-diagnosis', subject: { reference: 'Patient/R2' } };
  expect(rememberedStructure.get(resource)?.problems).toEqual([]);
  Reflect.set(resource, 'onsetDateTime', 2026);
  expect(rememberedStructure.get(resource)?.problems).not.toEqual([]);
});
