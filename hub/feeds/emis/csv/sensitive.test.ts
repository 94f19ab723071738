import type { Patient } from 'fhir/r4';
import { expect, it } from 'vitest';
import { nhsNumberSystem } from '../../../../fhir/systems.ts';
import { findByNhsNumber } from '../../../people/find.ts';
import type { Database } from '../../../store/database.ts';
import { eachEngine } from '../../../store/testing.ts';
import { takeIn } from '../../intake/intake.ts';
import { fileOf, guidOf, Kept, type TestRow } from './testing-extract.ts';

const grace = guidOf(1);
const row: TestRow = {
  PatientGuid: grace,
  Surname: 'Okafor',
  GivenName: 'Grace',
  DateOfBirth: '1948-03-12',
  NhsNumber: '9990000026',
  NHSNumberStatus: 'Number present and verified',
  NumberAndStreet: '9 Hornsey Road',
};
const inHospital: Patient = {
  resourceType: 'Patient',
  id: 'RKE-1',
  name: [{ family: 'Okafor', given: ['Grace'] }],
  birthDate: '1948-03-12',
  identifier: [{ system: nhsNumberSystem, value: '9990000026' }],
};

async function tell(db: Database, kept: Kept): Promise<void> {
  const { resources } = await kept.tell(grace);
  const message = { id: String(resources.length), receivedAt: '2026-11-22T02:00:00.000Z' };
  const report = await takeIn(db, { source: 'emis', organisation: 'F83063', message, resources });
  expect(report.refused).toEqual([]);
}

eachEngine('a person whom the practice’s extract says to be sensitive on the Spine', ({ db }) => {
  it('can be opened by nobody, whoever else tells of them, until that is over', async () => {
    const message = { id: '1', receivedAt: '2026-11-22T01:00:00.000Z' };
    await takeIn(db(), { source: 'system-c', organisation: 'RKE', message, resources: [inHospital] });
    const kept = new Kept(fileOf('Admin_Patient', [row]));
    await tell(db(), kept);
    expect(await findByNhsNumber(db(), '9990000026')).toHaveLength(1);

    kept.take(fileOf('Admin_Patient', [{ ...row, SpineSensitive: 'true' }], '20261123013000', 2));
    await tell(db(), kept);
    expect(await findByNhsNumber(db(), '9990000026')).toEqual([]);
    const open = await db().query<{ content: string }>(
      "select content from resource where type = 'Patient' and mask = 0",
    );
    expect(open.filter(({ content }) => /Okafor|Hornsey/.test(content))).toEqual([]);

    kept.take(fileOf('Admin_Patient', [row], '20261124013000', 3));
    await tell(db(), kept);
    expect(await findByNhsNumber(db(), '9990000026')).toHaveLength(1);
  });
});
