import { dayAt } from '../../../../borough/clock.ts';
import { practices } from '../../../../borough/places.ts';
import { makeRandom } from '../../../../borough/random.ts';
import type { Borough, Life } from '../../../../borough/truth.ts';
import type { NativeMessage } from '../../../native.ts';
import { type Chart, consultationGuid, entry, observationGuid } from './cells.ts';
import { writeContacts, writeEntered } from './consultations.ts';
import { writePatientRow } from './demographics.ts';
import { writeExtract } from './extract.ts';
import {
  writeAllergyRows,
  writeDocumentRows,
  writeEthnicityRow,
  writeImmunisationRows,
  writePlanRows,
  writeProblemRows,
} from './facts.ts';
import { Ledger } from './ledger.ts';
import { writeReportRows, writeVitalRows } from './measurements.ts';
import { writeDrugRows } from './medicines.ts';
import { writePractice } from './practice.ts';
import { writeSlots } from './slots.ts';

/**
 * The borough's practices as their EMIS extracts: the whole record of each on the first night, and on the nights after it what
 * changed, at half past one. Nothing later than the last night is in them.
 */
export function* writeEmisCsvNative(borough: Borough): Iterable<NativeMessage> {
  const held = practices
    .map(({ ods }) => ({
      ods,
      lives: borough.lives.filter(({ person }) => person.practice === ods),
      before: new Ledger(),
    }))
    .filter(({ lives }) => lives.length > 0);
  for (const [night, at] of nightsOf(borough.now).entries()) {
    for (const practice of held) {
      const now = ledgerOf(borough, practice.ods, practice.lives, at, night);
      yield* writeExtract(practice.ods, 291 + night, at, now, practice.before);
      practice.before = now;
    }
  }
}

/** The instants of the extracts; the last one is the newest there is. Epoch milliseconds. */
export function nightsOf(now: number): number[] {
  return [-2, -1, 0].map((days) => dayAt(now, days, 1, 30)).filter((at) => at <= now);
}

function ledgerOf(borough: Borough, practice: string, lives: readonly Life[], asAt: number, night: number): Ledger {
  const ledger = new Ledger();
  writePractice(practice, ledger);
  for (const life of lives) {
    // Somebody born today is not in last night's extract.
    if (life.person.birth > asAt) continue;
    const chart: Chart = { life, asAt, practice, ledger, consultations: new Set() };
    const household = borough.households.find(({ id }) => id === life.person.household);
    writePatientRow(chart, household);
    writeContacts(chart);
    writeEntered(chart);
    writeSlots(chart, night > 0);
    writeProblemRows(chart);
    writeAllergyRows(chart);
    writeImmunisationRows(chart);
    writeVitalRows(chart);
    writeReportRows(chart);
    writeDocumentRows(chart);
    writePlanRows(chart);
    writeEthnicityRow(chart);
    writeDrugRows(chart);
    if (night === 0 && life.person.death === undefined) writeMistake(chart, borough.seed);
  }
  return ledger;
}

/** Now and then something is entered in the wrong record, and taken out of it the next day. */
function writeMistake(chart: Chart, seed: number): void {
  if (!makeRandom(seed).fork(`mistake ${chart.life.person.key}`).chance(0.05)) return;
  const event = `${chart.life.person.key} mistake`;
  const common = entry(chart, { at: chart.asAt - 12 * 3_600_000 });
  const id = consultationGuid(event);
  chart.ledger.put('CareRecord_Consultation', id, {
    ...common,
    ConsultationGuid: id,
    ConsultationSourceTerm: 'Telephone consultation',
    Complete: 'true',
  });
  const finding = observationGuid(event);
  chart.ledger.put('CareRecord_Observation', finding, {
    ...common,
    ObservationGuid: finding,
    ConsultationGuid: id,
    CodeId: chart.ledger.code({ text: 'Headache', code: '25064002' }),
    ObservationType: 'Observation',
  });
}
