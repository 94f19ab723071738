import { randomUUID } from 'node:crypto';
import type { Patient } from 'fhir/r4';
import { expect, it } from 'vitest';
import { nhsNumberSystem } from '../../../fhir/systems.ts';
import type { Database } from '../../store/database.ts';
import { resourceId } from '../../store/ids.ts';
import { readSources, setSourceState } from '../../store/sources.ts';
import { eachEngine } from '../../store/testing.ts';
import { keepMessage } from '../inbox/keep.ts';
import { replay } from '../inbox/operate.ts';
import { workThrough } from '../inbox/testing-worker.ts';
import { takeIn } from '../intake/intake.ts';
import { adastraCase } from './case-format.ts';
import { nhs111Report } from './report-format.ts';
import { caseXml, exported, patientXml, phoned, reported, reportXml, type Sent } from './testing.ts';

let sent = 0;

async function send(db: Database, ...messages: readonly Sent[]): Promise<void> {
  for (const [format, text] of messages) {
    sent += 1;
    const bytes = Buffer.from(text);
    await keepMessage(db, {
      source: 'adastra',
      organisation: 'XLCW1',
      format: format.name,
      label: `message ${sent}`,
      receivedAt: new Date(Date.UTC(2026, 10, 21, 23, 10) + sent * 1000).toISOString(),
      bytes,
      subject: format.subjectOf(bytes),
    });
  }
  expect(await workThrough(db, { 'adastra-case': adastraCase, 'nhs-111-cda': nhs111Report })).toEqual([]);
}

/** A case of its own with its patient as `change` has them. */
function caseOf(guid: string, change: (text: string) => string, parts: Record<string, string> = {}): Sent {
  const reference = `<adastraCaseReference>${guid}</adastraCaseReference>`;
  return exported(caseXml({ adastraCaseReference: reference, patient: patientXml(change), ...parts }));
}

const newGuid = (): string => randomUUID().toUpperCase();

interface Row {
  patient: string;
  version: number;
}

async function rowOf(db: Database, type: string, id: string): Promise<Row | undefined> {
  const [row] = await db.query<Row>(
    'select patient, version from resource where type = $1 and id = $2 and (mask & (1 << 29)) = 0',
    [type, resourceId('adastra', type, id)],
  );
  return row;
}

/** The GP's record of a person with this number. */
async function knownToGp(db: Database, number: string, birthDate = '1948-03-12'): Promise<string | undefined> {
  const patient: Patient = {
    resourceType: 'Patient',
    id: `gp-${number}`,
    identifier: [{ system: nhsNumberSystem, value: number }],
    name: [{ family: 'Example', given: ['Rosa'] }],
    birthDate,
  };
  const message = { id: `gp-${number}`, receivedAt: '2026-11-01T00:00:00.000Z' };
  return (await takeIn(db, { source: 'emis', organisation: 'F83063', message, resources: [patient] })).patient;
}

eachEngine('out-of-hours cases in the hub', ({ db }) => {
  it('a case with a confirmed number stands in the record that the GP holds, call and visit', async () => {
    const person = await knownToGp(db(), '9990000018');
    const guid = newGuid();
    await send(
      db(),
      reported(reportXml({ guid })),
      caseOf(guid, (text) => text),
    );
    for (const id of [`${guid}-call`, `${guid}-20261120T2130`])
      expect((await rowOf(db(), 'Encounter', id))?.patient).toBe(person);
  });

  it('cases of one unconfirmed number are joined neither to one another nor to whoever has it (wrong patient)', async () => {
    const person = await knownToGp(db(), '9990000026');
    const unsure = (text: string) => text.replace('Confirmed', 'Unconfirmed').replace('999 000 0018', '9990000026');
    const guids = [newGuid(), newGuid(), newGuid()] as const;
    await send(
      db(),
      caseOf(guids[0], (text) =>
        unsure(text).replace('1948', '1990').replace('Rosa', 'Bela').replace('Example', 'Other'),
      ),
      caseOf(guids[1], (text) =>
        unsure(text).replace('1948', '1971').replace('Rosa', 'Cato').replace('Example', 'Third'),
      ),
      caseOf(guids[2], (text) => unsure(text).replace('Exact', 'AgeOnly')),
    );
    const people = await Promise.all(
      guids.map(async (guid) => (await rowOf(db(), 'Encounter', `${guid}-call`))?.patient),
    );
    expect(new Set([...people, person]).size).toBe(4);
    const conflicts = await db().query<{ kind: string }>(
      'select kind from match_conflict where source = $1 and local_id = any($2::text[])',
      ['adastra', guids],
    );
    expect(conflicts.length).toBeGreaterThanOrEqual(3);

    // On either side it is said that the other one has something (silent gap), but of nobody who is withheld.
    for (const source of ['adastra', 'emis']) await setSourceState(db(), { source, name: source, status: 'ok' });
    const apart = async (of: string | undefined) =>
      (await readSources(db(), of)).filter((each) => each.apart).map(({ source }) => source);
    expect(await apart(person)).toEqual(['adastra']);
    expect(await apart(people[0])).toEqual(['adastra', 'emis']);
    expect((await readSources(db(), person, () => false)).some((each) => each.apart)).toBe(false);
    await db().query('update person set mask = 1 where id = any($1::text[])', [people]);
    expect(await apart(person)).toEqual([]);
  });

  it('a case whose number is found later moves to that person with all that it told', async () => {
    const person = await knownToGp(db(), '9990000034');
    const guid = newGuid();
    const without = (text: string) => text.replace(/<nationalNumber[\s\S]*<\/nationalNumber>/, '');
    const open = { caseStatus: '<caseStatus>TRIAGE</caseStatus>', completedDate: '', consultations: phoned };
    await send(db(), caseOf(guid, without, open));
    expect((await rowOf(db(), 'Encounter', `${guid}-call`))?.patient).not.toBe(person);
    await send(
      db(),
      caseOf(guid, (text) => text.replace('999 000 0018', '9990000034')),
    );
    for (const id of [`${guid}-call`, `${guid}-20261120T2130`])
      expect((await rowOf(db(), 'Encounter', id))?.patient).toBe(person);
  });

  it('a consultation that was taken out again is withdrawn, and the whole inbox told again changes nothing', async () => {
    const guid = newGuid();
    const anonymous = (text: string) => text.replace(/<nationalNumber[\s\S]*<\/nationalNumber>/, '');
    await send(db(), caseOf(guid, anonymous));
    expect(await rowOf(db(), 'Encounter', `${guid}-20261120T2130`)).toBeDefined();
    await send(db(), caseOf(guid, anonymous, { consultations: phoned }));
    expect(await rowOf(db(), 'Encounter', `${guid}-20261120T2130`)).toBeUndefined();
    expect(await rowOf(db(), 'DocumentReference', `${guid}-20261120T2130-notes`)).toBeUndefined();
    const all = () => db().query('select type, id, patient, version, mask from resource order by type, id');
    const before = await all();
    expect(await replay(db(), 'adastra', 0, 1_000_000)).toBeGreaterThan(5);
    await send(db());
    expect(await all()).toEqual(before);
  });
});
