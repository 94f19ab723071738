import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { emisCsv } from './emis-csv.ts';
import { fileOf, guidOf, Kept, message, only } from './testing-extract.ts';

// Set SAMPLES_DIR to a folder of sample messages; without it there is nothing to read here.
const folder = process.env['SAMPLES_DIR'];
const read = (name: string): string => readFileSync(join(folder ?? '', 'emis', 'csv', name), 'utf8');

describe.skipIf(folder === undefined)(
  'the extract as it is described elsewhere (skipped unless SAMPLES_DIR is set)',
  () => {
    it('has every table and column that is read here, in all its versions', () => {
      const versions = read('emis-csv-columns.txt')
        .split('\n')
        .flatMap((line) => {
          const [, domain = '', table = '', columns = ''] = /^(\w+)\/(\w+) \(variant \d\): (.+)$/.exec(line) ?? [];
          return columns === ''
            ? []
            : [{ name: `${domain.charAt(0).toUpperCase()}${domain.slice(1)}_${table}`, columns }];
        });
      expect(versions.length).toBeGreaterThan(20);
      for (const { name, columns } of versions) {
        const file = message(`291_${name}_20261122013000_a.csv`, `${columns}\n`);
        expect(emisCsv.sort(file), name).toEqual({ pieces: [], links: [], doubts: [] });
      }
    });

    it('has no kind of prescription or urgency of referral that comes out as nothing', async () => {
      const wordsOf = (name: string): string[] =>
        parse(read(name))
          .slice(1)
          .map(([word = '']) => word);
      const grace = guidOf(1);
      const person = fileOf('Admin_Patient', [{ PatientGuid: grace }]);
      for (const PrescriptionType of wordsOf('EmisDrugRecordPrescriptionTypeMap.csv')) {
        const drug = fileOf('Prescribing_DrugRecord', [
          { DrugRecordGuid: guidOf(2), PatientGuid: grace, PrescriptionType },
        ]);
        const told = only(await new Kept(person, drug).tell(grace), 'MedicationRequest');
        expect(told.courseOfTherapyType, PrescriptionType).toBeDefined();
      }
      for (const ReferralUrgency of wordsOf('EmisReferralPriorityMap.csv')) {
        const entry = { ObservationGuid: guidOf(3), PatientGuid: grace, ReferralUrgency };
        const files = [fileOf('CareRecord_Observation', [entry]), fileOf('CareRecord_ObservationReferral', [entry])];
        const told = only(await new Kept(person, ...files).tell(grace), 'ServiceRequest');
        expect(told.note?.map(({ text }) => text)).toContain(`Urgency: ${ReferralUrgency}`);
      }
      for (const SignificanceDescription of wordsOf('EmisProblemSeverityMap.csv')) {
        const entry = { ObservationGuid: guidOf(4), PatientGuid: grace, SignificanceDescription };
        const files = [fileOf('CareRecord_Observation', [entry]), fileOf('CareRecord_Problem', [entry])];
        const told = only(await new Kept(person, ...files).tell(grace), 'Condition');
        expect(told.extension?.[0]?.valueCode, SignificanceDescription).toMatch(/^(?:major|minor)$/);
      }
    });
  },
);
