import type { Observation } from 'fhir/r4';
import { expect, it } from 'vitest';
import { eachEngine } from '../../../store/testing.ts';
import type { InboxMessage } from '../../format.ts';
import { keepMessage } from '../../inbox/keep.ts';
import { workThrough } from '../../inbox/testing-worker.ts';
import { emisCsv } from './emis-csv.ts';
import { fileOf, guidOf } from './testing-extract.ts';

const [grace, hassan] = [guidOf(1), guidOf(2)];
const patient = (PatientGuid: string) => ({ PatientGuid, Surname: 'Okafor', DateOfBirth: '1948-03-12' });
const finding = (PatientGuid: string, ObservationGuid: string, CodeId: string) => ({
  PatientGuid,
  ObservationGuid,
  CodeId,
  EffectiveDate: '2026-11-02',
  ObservationType: 'Observation',
});
const code = (CodeId: string, Term: string) => ({ CodeId, Term, SnomedCTConceptId: '49727002' });

eachEngine('a code list that comes a day after the rows that go by it', ({ db }) => {
  it('names them when it comes, whether or not their person is told of again', async () => {
    const take = async (...files: InboxMessage[]) => {
      for (const { seq: _seq, ...file } of files) await keepMessage(db(), { ...file, subject: undefined });
      expect(await workThrough(db(), { 'emis-csv': emisCsv })).toEqual([]);
    };
    const read = async () => {
      const rows = await db().query<{ content: string; version: number }>(
        `select content, version from resource where type = 'Observation'`,
      );
      return rows
        .map(({ content, version }) => `${(JSON.parse(content) as Observation).code.text} (${version})`)
        .toSorted();
    };
    const [cough, rash] = [guidOf(11), guidOf(12)];
    await take(
      fileOf('Admin_Patient', [patient(grace), patient(hassan)]),
      fileOf('Coding_ClinicalCode', [code('1', 'Cough')]),
      fileOf('CareRecord_Observation', [finding(grace, cough, '1'), finding(hassan, rash, '2')]),
    );
    const unnamed = 'Entry with a code that is not in the extract (2)';
    expect(await read()).toEqual(['Cough (1)', `${unnamed} (1)`]);

    // What lacked nothing is left as it stands.
    await take(fileOf('Coding_ClinicalCode', [code('2', 'Rash')], '20261123013000', 2));
    expect(await read()).toEqual(['Cough (1)', 'Rash (2)']);
  });
});
