import type { Patient } from 'fhir/r4';
import { expect, it } from 'vitest';
import { nhsNumberSystem } from '../../../fhir/systems.ts';
import { deletedBit, labelBits } from '../../access/labels.ts';
import type { Database } from '../../store/database.ts';
import { eachEngine } from '../../store/testing.ts';
import type { InboxMessage } from '../format.ts';
import { keepMessage } from '../inbox/keep.ts';
import { replay } from '../inbox/operate.ts';
import { workThrough } from '../inbox/testing-worker.ts';
import { takeIn } from '../intake/intake.ts';
import { clientLevelData } from './client-level-data.ts';
import { socialCareExtension } from './social-care-extension.ts';
import { assessment, extension, file, homeCare, type Line } from './testing.ts';

let sent = 0;

async function work(db: Database): Promise<void> {
  const formats = { 'client-level-data': clientLevelData, 'social-care-extension': socialCareExtension };
  expect(await workThrough(db, formats)).toEqual([]);
}

/** Kept in the inbox one after another, a second apart, and worked on. Answers their places there. */
async function send(db: Database, ...messages: readonly InboxMessage[]): Promise<number[]> {
  const places: number[] = [];
  for (const { source, organisation, format, label, bytes } of messages) {
    sent += 1;
    const receivedAt = new Date(Date.UTC(2026, 9, 3, 4) + sent * 1000).toISOString();
    const { seq } = await keepMessage(db, {
      source,
      organisation,
      format,
      label: label.includes('whole') ? label : `${label} ${sent}`,
      receivedAt,
      bytes,
      subject: undefined,
    });
    places.push(seq);
  }
  await work(db);
  return places;
}

interface Row {
  type: string;
  mask: number;
  version: number;
  content: string;
}

/** What the hub holds of one of the council's records and has not withdrawn. */
function rowsOf(db: Database, subject: string): Promise<Row[]> {
  return db.query<Row>(
    `select type, mask, version, content from resource
     where origin = 'liquidlogic|' || $1 and (mask & $2::integer) = 0 and type <> 'Patient' order by type, id`,
    [subject, deletedBit],
  );
}

async function personOf(db: Database, subject: string): Promise<string | undefined> {
  const [row] = await db.query<{ person: string }>(
    `select person from source_patient where source = 'liquidlogic' and local_id = $1`,
    [subject],
  );
  return row?.person;
}

const typesOf = async (db: Database, subject: string): Promise<string[]> =>
  (await rowsOf(db, subject)).map(({ type }) => type);

/** Somebody of their own for each test: the store is the same. */
function somebody(personId: string, nhsNumber: string): Line {
  return { 'LA Person Unique Identifier': personId, 'NHS Number': nhsNumber };
}

eachEngine('social care in the hub', ({ db }) => {
  it('stands in the record that the GP holds, when number, birth date and name agree', async () => {
    const patient: Patient = {
      resourceType: 'Patient',
      id: 'gp-1',
      identifier: [{ system: nhsNumberSystem, value: '9990000018' }],
      name: [{ family: 'Quill', given: ['Ida'] }],
      birthDate: '1941-05-06',
    };
    const message = { id: 'gp-1', receivedAt: '2026-10-01T00:00:00.000Z' };
    const gp = await takeIn(db(), { source: 'emis', organisation: 'F83063', message, resources: [patient] });
    await send(db(), file([homeCare, assessment]));
    expect(await personOf(db(), '706-4711')).toBe(gp.patient);
    expect(await typesOf(db(), '706-4711')).toEqual(['Condition', 'EpisodeOfCare', 'Task']);
  });

  it('of somebody without an NHS number has a record of its own, whoever is called alike', async () => {
    const line = { ...homeCare, ...somebody('61', 'NULL') };
    await send(db(), file([line, { ...line, 'LA Person Unique Identifier': '62' }]));
    const [one, other] = [await personOf(db(), '706-61'), await personOf(db(), '706-62')];
    expect(one).toBeDefined();
    expect(one).not.toBe(other);
  });

  it('of a carer is the carer’s, and what is told of the cared-for stays theirs (false join)', async () => {
    const carer = {
      ...assessment,
      ...somebody('72', '9990000042'),
      'First Name': 'Noel',
      'Date of Birth': '1966-01-02',
      'Client Type': 'Carer',
      'Adult 1 Linked Person_ID': '71',
    };
    await send(db(), file([{ ...homeCare, ...somebody('71', '9990000050') }, carer]));
    expect(await personOf(db(), '706-71')).not.toBe(await personOf(db(), '706-72'));
    expect(await typesOf(db(), '706-71')).toEqual(['Condition', 'EpisodeOfCare']);
    expect(await typesOf(db(), '706-72')).toEqual(['Condition', 'Task']);
  });

  it('keeps the code of a key safe from every reader, and tells of the key safe', async () => {
    const equipment = [{ id: 'e', name: 'Key safe', asked: '2026-09-01', fitted: '2026-09-02', accessCode: '4471' }];
    const names = [{ family: 'Quill', given: ['Ida'] }];
    await send(db(), extension({ personId: '81', person: { names }, equipment }));
    const rows = await rowsOf(db(), '706-81');
    expect(rows.map(({ type, mask }) => [type, mask])).toEqual([
      ['DeviceRequest', 0],
      ['Flag', labelBits.restricted],
    ]);
    expect(
      rows
        .filter(({ mask }) => mask === 0)
        .map(({ content }) => content)
        .join(),
    ).not.toContain('4471');
  });

  it('of somebody whose name was not sent yet is kept by the council’s number, and joined once it is known who they are', async () => {
    const alerts = [{ id: 'a', kind: 'other', text: 'Lives alone' }];
    await send(db(), extension({ personId: '85', alerts }));
    expect(await typesOf(db(), '706-85')).toEqual(['Flag']);
    const patient: Patient = {
      resourceType: 'Patient',
      id: 'gp-85',
      identifier: [{ system: nhsNumberSystem, value: '9990000093' }],
      name: [{ family: 'Quill', given: ['Ida'] }],
      birthDate: '1941-05-06',
    };
    const message = { id: 'gp-85', receivedAt: '2026-10-01T00:00:00.000Z' };
    const gp = await takeIn(db(), { source: 'emis', organisation: 'F83063', message, resources: [patient] });
    await send(db(), file([{ ...homeCare, ...somebody('85', '9990000093') }]));
    expect(await personOf(db(), '706-85')).toBe(gp.patient);
    expect(await typesOf(db(), '706-85')).toEqual(['Condition', 'EpisodeOfCare', 'Flag']);
  });

  it('taken in again, and worked on again, changes nothing', async () => {
    const line = { ...homeCare, ...somebody('91', '9990000069') };
    const details = extension({
      personId: '91',
      person: { names: [{ family: 'Quill', given: ['Ida'] }], birthDate: '1941-05-06', nhsNumber: '9990000069' },
      events: [{ id: 'S-1', event: 'Service', status: 'open', name: 'Home care package' }],
      alerts: [{ id: 'a', kind: 'other', text: 'Lives alone' }],
    });
    const places = await send(db(), file([line]), details);
    const before = await rowsOf(db(), '706-91');
    expect(before.map(({ type }) => type)).toEqual(['Condition', 'EpisodeOfCare', 'Flag']);
    await send(db(), file([line]), details);
    await replay(db(), 'liquidlogic', places[0] ?? 0, places[1] ?? 0);
    await work(db());
    expect(await rowsOf(db(), '706-91')).toEqual(before);
  });

  it('is withdrawn where a whole return of its quarter has it no longer', async () => {
    const lines = [
      { ...homeCare, ...somebody('101', '9990000077') },
      { ...assessment, ...somebody('101', '9990000077') },
    ];
    await send(db(), file(lines));
    expect(await typesOf(db(), '706-101')).toEqual(['Condition', 'EpisodeOfCare', 'Task']);
    await send(db(), file(lines.slice(0, 1), { label: 'cld-706-whole-1.csv' }));
    expect(await typesOf(db(), '706-101')).toEqual(['Condition', 'EpisodeOfCare']);
  });

  it('a file that is none is a dead letter with its reason, and holds up nobody', async () => {
    const good = file([{ ...homeCare, ...somebody('111', '9990000085') }]);
    const [place] = await send(db(), { ...good, bytes: Buffer.from('Name,Sum\nx,1\n') }, good);
    const [letter] = await db().query<{ state: string; reason: string }>(
      `select state, reason from inbox where source = 'liquidlogic' and seq = $1`,
      [place],
    );
    expect(letter?.state).toBe('dead');
    expect(letter?.reason).toMatch(/^It is no Client Level Data return/);
    expect(await typesOf(db(), '706-111')).toContain('EpisodeOfCare');
  });
});
