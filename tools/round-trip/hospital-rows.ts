import type { FhirResource } from 'fhir/r4';
import { sourceTagSystem } from '../../fhir/systems.ts';
import type { Borough } from '../../mocks/borough/truth.ts';
import { writeDirectories } from '../../mocks/writers/directory.ts';
import { writeHospital } from '../../mocks/writers/hospital/hospital.ts';
import { handFor } from '../../mocks/writers/hospital/native/hand.ts';
import { writeCarecastNative, writeSystemCNative } from '../../mocks/writers/hospital/native/write-hospital-native.ts';
import type { Entry } from '../../src/timeline/entry.ts';
import { mapRecord } from '../../src/timeline/to-entries.ts';
import { tellHospital } from './hospital-told.ts';

/** What a row of the timeline says. */
const said = ['title', 'lane', 'state', 'detail', 'facts', 'cautions', 'end'] as const;

const streams = new Set(['Encounter', 'Appointment', 'DocumentReference', 'DiagnosticReport']);

/**
 * Every row that a hospital's HL7 messages come to, against the row that the same events come to when they are told in FHIR:
 * one line for each difference, `kind field: FHIR → HL7`.
 */
export async function differingRows(
  hospital: 'RKE' | 'RRV',
  borough: Borough,
): Promise<{ rows: number; differences: string[] }> {
  const source = hospital === 'RKE' ? 'system-c' : 'carecast';
  const messages = hospital === 'RKE' ? writeSystemCNative(borough) : writeCarecastNative(borough);
  const told = await tellHospital(messages, { source, organisation: hospital });
  const directory = [...writeDirectories(borough)].flatMap(({ resources }) => resources);
  const result = { rows: 0, differences: [] as string[] };
  for (const life of borough.lives) {
    const inFhir = writeHospital(hospital, life, borough)?.resources;
    const hand = handFor(hospital, life, borough);
    const inHl7 = hand === undefined ? undefined : told.bySubject.get(hand.mrn);
    if (inFhir === undefined || inHl7 === undefined) continue;
    const expected = rowsOf([...inFhir, ...directory], source, borough.now);
    const rows = rowsOf(inHl7, source, borough.now);
    result.rows += rows.size;
    for (const [key, row] of expected) result.differences.push(...differencesOf(row, rows.get(key)));
    for (const [key, row] of rows)
      if (!expected.has(key)) result.differences.push(`${row.kind}, told in HL7 alone: ${row.title}`);
  }
  return result;
}

/** By kind and minute: the same event has other ids in the two tellings. */
function rowsOf(resources: readonly FhirResource[], source: string, now: number): Map<string, Entry> {
  const tag = [{ system: sourceTagSystem, code: source }];
  // As it is stored: JSON knows no undefined.
  const stored = resources.map(
    (each) => JSON.parse(JSON.stringify({ ...each, meta: { ...each.meta, tag } })) as FhirResource,
  );
  const included = new Map(stored.map((each) => [`${each.resourceType}/${each.id ?? ''}`, each]));
  const { entries } = mapRecord(
    stored.filter(({ resourceType }) => streams.has(resourceType)),
    { now, patientId: 'whoever', included },
  );
  return new Map(
    entries.map((entry) => [`${entry.kind} ${entry.start?.text.slice(0, 16) ?? ''} ${entry.title}`, entry]),
  );
}

function differencesOf(expected: Entry, row: Entry | undefined): string[] {
  if (row === undefined) return [`${expected.kind}, told in FHIR alone: ${expected.title}`];
  return said.flatMap((field) => {
    const [before, after] = [expected, row].map((entry) =>
      JSON.stringify(field === 'end' ? entry.end?.text : entry[field]),
    );
    return before === after ? [] : [`${expected.kind} ${field}: ${before} → ${after}`];
  });
}
