import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { labelBits } from '../../access/labels.ts';
import type { Database } from '../../store/database.ts';
import { resourceId } from '../../store/ids.ts';
import { eachEngine } from '../../store/testing.ts';
import { keepMessage } from '../inbox/keep.ts';
import { workThrough } from '../inbox/testing-worker.ts';
import { hl7V2 } from './format.ts';

/** What a sexual health clinic of UCLH sends of one visit, marked only on the visit itself. */
function clinicVisit(mrn: string) {
  const message = (kind: string, at: string, ...lines: string[]) =>
    [
      `MSH|^~\\&|CARECAST|RRV|ROUTE|RRV|${at}||${kind}|${kind.slice(0, 3)}${at}|P|2.3`,
      `PID|1||${mrn}^^^RRV^MRN||Rivers^Jordan||19990704|M`,
      ...lines,
    ].join('\r');
  const visit = (mark: string) => `PV1|1|O|Clinic 9||B${mrn}|||||350||||||${mark}||ATTEND|V${mrn}`;
  return {
    booking: message('SIU^S12', '20261001090000', `SCH|B${mrn}||||||^Review||||^^^20261102140000^20261102143000`),
    visit: message('ADT^A04', '20261102140500', visit('GUM')),
    report: message(
      'ORU^R01',
      '20261102180000',
      visit(''),
      `OBR|1||L${mrn}|HIV^HIV screen^WinPath|||20261102142000|||||||||||||||20261102180000||LAB|F`,
      'OBX|1|TX|HIV^HIV screen||Not detected||||||F',
    ),
    letter: message(
      'MDM^T02',
      '20261104160000',
      visit(''),
      `TXA|1|^Clinic letter||20261102140500||20261104160000||||||D${mrn}|||||AU`,
      'OBX|1|TX|^Clinic letter||Seen in clinic.||||||F',
    ),
  };
}

async function take(db: Database, ...messages: string[]): Promise<void> {
  for (const [index, text] of messages.entries()) {
    const bytes = Buffer.from(text);
    await keepMessage(db, {
      source: 'carecast',
      organisation: 'RRV',
      format: 'hl7-v2',
      label: `${index}`,
      receivedAt: '2026-11-21T12:00:00.000Z',
      bytes,
      subject: hl7V2.subjectOf(bytes),
    });
  }
  expect(await workThrough(db, { 'hl7-v2': hl7V2 })).toEqual([]);
}

async function rowsOf(db: Database, mrn: string) {
  const ids = [
    ['Encounter', `${mrn}-visit-V${mrn}`],
    ['Appointment', `${mrn}-appointment-B${mrn}`],
    ['DiagnosticReport', `${mrn}-report-L${mrn}-HIV`],
    ['DocumentReference', `${mrn}-document-D${mrn}`],
  ].map(([type = '', id = '']) => resourceId('carecast', type, id));
  return db.query<{ type: string; mask: number; content: string }>(
    'select type, mask, content from resource where id = any($1::text[]) order by type collate "C"',
    [ids],
  );
}

const fresh = () => randomUUID().slice(0, 8);
eachEngine('what departments send of a visit', ({ db }) => {
  it('a clinic’s booking, result and letter are as private as its visit, whichever of them came first', async () => {
    const [inOrder, reversed] = [fresh(), fresh()];
    const sent = clinicVisit(inOrder);
    await take(db(), sent.booking, sent.visit, sent.report, sent.letter);
    const late = clinicVisit(reversed);
    await take(db(), late.letter, late.report, late.booking, late.visit);
    for (const mrn of [inOrder, reversed]) {
      const rows = await rowsOf(db(), mrn);
      expect(rows.map(({ type }) => type)).toEqual([
        'Appointment',
        'DiagnosticReport',
        'DocumentReference',
        'Encounter',
      ]);
      for (const { type, mask } of rows) expect(mask & labelBits.sexual, `${type} of ${mrn}`).not.toBe(0);
    }
  });
});
