import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InboxMessage, UnusableMessage } from '../../format.ts';
import { emisCsv } from './emis-csv.ts';
import { fileOf, guidOf, Kept, message, type TestRow } from './testing-extract.ts';

const [grace, visit] = [guidOf(1), guidOf(10)];
const consultation = (more: TestRow = {}): TestRow => ({
  ConsultationGuid: visit,
  PatientGuid: grace,
  EffectiveDate: '2026-11-02',
  EffectiveDatePrecision: 'YMD',
  Deleted: 'false',
  ...more,
});

describe('a file of the extract', () => {
  it('is as many pieces as it has rows, each its person’s, from the London time in its name', () => {
    const { pieces } = emisCsv.sort(fileOf('CareRecord_Consultation', [consultation()], '20260714013000'));
    expect(pieces).toHaveLength(1);
    expect(pieces[0]).toMatchObject({
      subject: grace,
      scope: 'record',
      name: `CareRecord_Consultation ${visit}`,
      at: '2026-07-14T00:30:00.000Z',
    });
    expect(JSON.parse(pieces[0]?.content ?? '')).toMatchObject({ EffectiveDate: '2026-11-02' });
  });

  it('says the same of one person whether its ids stand in braces and capitals or not', () => {
    const braced = consultation({ PatientGuid: `{${grace.toUpperCase()}}`, ConsultationGuid: `{${visit}}` });
    expect(emisCsv.sort(fileOf('CareRecord_Consultation', [braced])).pieces[0]).toMatchObject({
      subject: grace,
      name: `CareRecord_Consultation ${visit}`,
    });
  });

  it('keeps an empty piece of what was deleted, so that an older file brings nothing back', async () => {
    const gone = fileOf('CareRecord_Consultation', [consultation({ Deleted: 'true' })], '20261123013000', 1);
    const late = fileOf('CareRecord_Consultation', [consultation()], '20261122013000', 2);
    expect(emisCsv.sort(gone).pieces[0]?.content).toBe('');
    const kept = new Kept(fileOf('Admin_Patient', [{ PatientGuid: grace }]), gone, late);
    expect((await kept.tell(grace)).resources.map(({ resourceType }) => resourceType)).toEqual(['Patient']);
  });

  it('takes back a row whose deletion does not say whose it was, and has it again when a later file has', async () => {
    const kept = new Kept(
      fileOf('Admin_Patient', [{ PatientGuid: grace }], '20261120013000', 1),
      fileOf('CareRecord_Consultation', [consultation()], '20261120013000', 2),
      fileOf('CareRecord_Consultation', [consultation({ PatientGuid: '', Deleted: 'true' })], '20261121013000', 3),
    );
    expect((await kept.tell(grace)).resources.map(({ resourceType }) => resourceType)).toEqual(['Patient']);
    kept.take(fileOf('CareRecord_Consultation', [consultation()], '20261122013000', 4));
    expect((await kept.tell(grace)).resources.map(({ resourceType }) => resourceType)).toEqual([
      'Patient',
      'Encounter',
    ]);
  });

  it('takes the later of two rows of one name', () => {
    const rows = [
      consultation({ ConsultationSourceTerm: 'First' }),
      consultation({ ConsultationSourceTerm: 'Second' }),
    ];
    const { pieces } = emisCsv.sort(fileOf('CareRecord_Consultation', rows));
    expect(pieces.map(({ content }) => JSON.parse(content).ConsultationSourceTerm)).toEqual(['Second']);
  });

  it('names the lines that are no rows, and nothing of what stands there', () => {
    const file = fileOf('CareRecord_Consultation', [consultation({ PatientGuid: '' }), consultation()]);
    const spoilt = new TextDecoder().decode(file.bytes).replace(/\r\n$/, '\r\n"Okafor","Grace"\r\n');
    const { pieces, doubts } = emisCsv.sort(message(file.label, spoilt));
    expect(pieces).toHaveLength(1);
    expect(doubts).toEqual(['Line 4 cannot be read as a row', 'Line 2 does not say whose or what it is']);
  });

  it('says of many broken lines the first, and how many more there are', () => {
    const [header = ''] = new TextDecoder().decode(fileOf('Coding_DrugCode', []).bytes).split('\r\n');
    const { doubts } = emisCsv.sort(
      message('1_Coding_DrugCode_20261122013000_a.csv', `${header}\n${'x\n'.repeat(500)}`),
    );
    expect(doubts).toHaveLength(21);
    expect(doubts.at(-1)).toBe('480 further lines: each cannot be read as a row');
  });

  it('of an older version is read with its own spellings', () => {
    const file = fileOf('Prescribing_DrugRecord', [
      { DrugRecordGuid: visit, PatientGuid: grace, ClinicianUserInRoleGuid: guidOf(3) },
    ]);
    const older = new TextDecoder().decode(file.bytes).replace('ClinicianUserInRoleGuid', 'ClinicanUserInRoleGuid');
    expect(emisCsv.sort(message(file.label, older)).pieces[0]?.content).toContain('"ClinicianUserInRoleGuid"');
  });

  it('with a header that is not its table’s, or a name that is no table’s, is refused with the reason', () => {
    const unusable = (label: string, text: string): string => {
      try {
        emisCsv.sort(message(label, text));
      } catch (error) {
        if (error instanceof UnusableMessage) return error.message;
        throw error;
      }
      return 'taken';
    };
    const name = '291_CareRecord_Consultation_20261122013000_a.csv';
    expect(unusable(name, 'ConsultationGuid,PatientGuid\n')).toBe(
      'The file’s header is not that of CareRecord_Consultation: it has no OrganisationGuid, EffectiveDate, EffectiveDatePrecision.',
    );
    expect(unusable(name, '')).toContain('The file’s header is not that of');
    expect(unusable('notes.csv', 'a,b\n')).toBe('The name of the file is not that of a table of the EMIS extract.');
    expect(unusable('291_Audit_PatientAudit_20261122013000_a.csv', 'ItemGuid\n')).toBe('taken');
  });

  it('says that it has columns nobody here knows', () => {
    const file = new TextDecoder().decode(fileOf('Coding_DrugCode', []).bytes).replace('"Term"', '"Term","Colour"');
    expect(emisCsv.sort(message('1_Coding_DrugCode_20261122013000_a.csv', file)).doubts).toEqual([
      '1 of the file’s columns are not known here, and are told nowhere',
    ]);
  });

  it('of 100,000 rows is taken apart in seconds', () => {
    const rows = Array.from({ length: 100_000 }, (_, row) =>
      consultation({
        ConsultationGuid: guidOf(row),
        PatientGuid: guidOf(row % 900),
        ConsultationSourceTerm: 'Seen, and "well"',
      }),
    );
    const file = fileOf('CareRecord_Consultation', rows);
    const before = process.cpuUsage();
    expect(emisCsv.sort(file).pieces).toHaveLength(100_000);
    // Of this process’s own time: other work on the machine does not count.
    expect(process.cpuUsage(before).user / 1_000_000).toBeLessThan(15);
  }, 60_000);
});

describe('the same extract', () => {
  const person: TestRow = { PatientGuid: grace, Surname: 'Okafor' };
  const days = ['20261120013000', '20261121013000', '20261122013000'];
  const tables = [
    'CareRecord_Consultation',
    'CareRecord_Observation',
    'CareRecord_Problem',
    'Appointment_Slot',
    'Coding_ClinicalCode',
    'Admin_Patient',
  ] as const;
  const keys: Record<(typeof tables)[number], string> = {
    CareRecord_Consultation: 'ConsultationGuid',
    CareRecord_Observation: 'ObservationGuid',
    CareRecord_Problem: 'ObservationGuid',
    Appointment_Slot: 'SlotGuid',
    Coding_ClinicalCode: 'CodeId',
    Admin_Patient: 'PatientGuid',
  };
  interface Said {
    table: (typeof tables)[number];
    day: string;
    row: TestRow;
  }
  const said: fc.Arbitrary<Said> = fc
    .record({
      table: fc.constantFrom(...tables),
      day: fc.constantFrom(...days),
      which: fc.integer({ min: 1, max: 4 }),
      deleted: fc.constantFrom('false', 'false', 'true'),
      term: fc.constantFrom('GP Surgery', 'Telephone', ''),
      code: fc.constantFrom('1', '2'),
      holder: fc.constantFrom(grace, ''),
    })
    .map(({ table, day, which, deleted, term, code, holder }) => {
      const id = table === 'Coding_ClinicalCode' ? code : table === 'Admin_Patient' ? grace : guidOf(which);
      const row: TestRow = {
        // A slot may be nobody's, and a deletion may not say whose row it takes back.
        PatientGuid: table === 'Appointment_Slot' || deleted === 'true' ? holder : grace,
        [keys[table]]: id,
        Deleted: deleted,
        ConsultationSourceTerm: term,
        ConsultationGuid: table === 'CareRecord_Consultation' ? id : guidOf(1),
        CodeId: code,
        Term: `Term ${term}`,
        Surname: 'Okafor',
        AppointmentDate: '2026-11-30',
        EffectiveDate: '2026-11-02',
      };
      return { table, day, row };
    });
  /** One row of a name a day: an extract says each thing once. */
  const extract = fc.uniqueArray(said, {
    maxLength: 30,
    selector: ({ table, day, row }) => `${table} ${day} ${row[keys[table]]}`,
  });

  it('comes to one record however its rows are split over files, in whatever order these come, and however often', async () => {
    await fc.assert(
      fc.asyncProperty(extract, fc.infiniteStream(fc.nat({ max: 1000 })), async (rows, chance) => {
        const next = (): number => chance.next().value ?? 0;
        const filesOf = (partOf: () => number): InboxMessage[] => {
          const parts = new Map<string, Said[]>();
          for (const one of rows) {
            const part = `${one.table} ${one.day} ${partOf()}`;
            parts.set(part, [...(parts.get(part) ?? []), one]);
          }
          return [...parts.values()].map((part, at) => {
            const { table, day } = part[0] as Said;
            return fileOf(
              table,
              part.map(({ row }) => row),
              day,
              at + 2,
            );
          });
        };
        const first = fileOf('Admin_Patient', [person], '20261119013000', 1);
        const inOrder = new Kept(first, ...filesOf(() => 0).sort((a, b) => (a.label < b.label ? -1 : 1)));
        const shuffled = [first, ...filesOf(() => next() % 3)]
          .flatMap((file) => Array.from({ length: 1 + (next() % 2) }, () => ({ file, place: next() })))
          .sort((a, b) => a.place - b.place)
          .map(({ file }, at) => ({ ...file, seq: at + 1 }));
        const mixed = new Kept(...shuffled);
        expect(await mixed.tell(grace)).toEqual(await inOrder.tell(grace));
        expect(await mixed.tell('', 'Coding_ClinicalCode')).toEqual(await inOrder.tell('', 'Coding_ClinicalCode'));
      }),
    );
  });
});
