import type { DiagnosticReport, DocumentReference, Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { contextOf, from, onlyEntry } from '../testing.ts';
import { mapRecord } from '../to-entries.ts';
import { mapDiagnosticReport } from './diagnostic-report.ts';

describe('a letter of its own', () => {
  const letter = (parts: Partial<DocumentReference>): DocumentReference => ({
    resourceType: 'DocumentReference',
    id: 'd1',
    meta: { ...from('emis'), lastUpdated: '2026-11-20T09:00:00Z' },
    status: 'current',
    type: { text: 'Clinic letter' },
    author: [{ display: 'UCLH cardiology' }],
    content: [{ attachment: { creation: '2026-10-02' } }],
    ...parts,
  });

  it('stands where it was written when its event has no date, and says so; never where it was received (T1)', () => {
    expect(onlyEntry([letter({})])).toMatchObject({
      kind: 'letter',
      title: 'Letter: clinic',
      detail: ['From UCLH cardiology'],
      facts: ['written 02-Oct-2026'],
      cautions: ['Event date not known'],
      start: { text: '2026-10-02' },
    });
    const undated = onlyEntry([letter({ content: [{ attachment: {} }] })]);
    expect(undated).toMatchObject({ start: undefined, cautions: ['Event date not known'] });
  });

  it('stands where its event happened when that is said', () => {
    const entry = onlyEntry([letter({ context: { period: { start: '2026-09-28' } } })]);
    expect(entry).toMatchObject({ start: { text: '2026-09-28' }, facts: ['written 02-Oct-2026'], cautions: [] });
  });

  it('that was replaced, or is preliminary, says so', () => {
    expect(onlyEntry([letter({ status: 'superseded' })]).cautions).toContain('Replaced by a newer version');
    expect(onlyEntry([letter({ docStatus: 'preliminary' })]).facts).toContain('Preliminary');
  });

  it('from mental health says no more', () => {
    const entry = onlyEntry([letter({ type: { text: 'Psychiatry letter: risk assessment' } })]);
    expect(entry).toMatchObject({ lane: 'mental-health', title: 'Letter: mental health' });
  });
});

describe('results of their own (misreading 9)', () => {
  const observation = (id: string, parts: Partial<Observation>): Observation => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: id },
    ...parts,
  });
  const report = (parts: Partial<DiagnosticReport>): DiagnosticReport => ({
    resourceType: 'DiagnosticReport',
    id: 'r1',
    meta: from('system-c'),
    status: 'final',
    category: [{ coding: [{ code: 'LAB' }] }],
    code: { text: 'Kidney function' },
    effectiveDateTime: '2026-11-01T08:00:00Z',
    specimen: [{ display: 'Venous blood' }],
    result: [{ reference: 'Observation/a' }, { reference: 'Observation/b' }],
    ...parts,
  });

  it('count what is outside its range and what the lab did not flag, and call nothing normal', () => {
    const high = observation('a', { interpretation: [{ coding: [{ code: 'H' }] }] });
    const entry = mapDiagnosticReport(report({}), contextOf(high, observation('b', { status: 'preliminary' })));
    expect(entry.title).toBe('Blood results: kidney function');
    expect(entry.facts).toEqual(['outside range 1', 'not flagged by lab 1', 'preliminary 1']);
    expect(JSON.stringify(entry)).not.toMatch(/normal/i);
  });

  it('that were not all read are only counted', () => {
    expect(onlyEntry([report({})]).facts).toEqual(['2 results']);
  });

  it.each<[DiagnosticReport['status'], string[]]>([
    ['final', []],
    ['preliminary', ['Preliminary']],
    ['partial', ['Preliminary: part of the results']],
    ['registered', ['No result yet']],
    ['corrected', ['Changed after it was first sent']],
    ['unknown', ['Not known if final']],
  ])('%s', (status, cautions) => {
    expect(onlyEntry([report({ status })]).cautions).toEqual(cautions);
  });

  it('stand where the sample was taken, never where the report was issued', () => {
    const issued = report({ effectiveDateTime: undefined, issued: '2026-11-03T08:00:00Z', specimen: [] });
    expect(onlyEntry([issued])).toMatchObject({
      start: undefined,
      cautions: ['Event date not known'],
      title: 'Laboratory results: kidney function',
    });
  });
});

describe('a reading that the person shared', () => {
  const reading = (parts: Partial<Observation>): Observation => ({
    resourceType: 'Observation',
    id: 'o1',
    meta: from('patient'),
    status: 'final',
    code: { text: 'Blood pressure' },
    effectiveDateTime: '2026-11-21T08:10:00Z',
    component: [
      { code: { coding: [{ code: '8480-6' }] }, valueQuantity: { value: 152, unit: 'mmHg' } },
      { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { value: 88, unit: 'mmHg' } },
    ],
    ...parts,
  });

  it('has its value, its time and that nobody checked it, and no judgement', () => {
    expect(onlyEntry([reading({ interpretation: [{ coding: [{ code: 'H', display: 'High' }] }] })])).toMatchObject({
      lane: 'patient',
      title: 'Home blood pressure: 152/88 mmHg',
      detail: [],
      start: { text: '2026-11-21T08:10:00Z' },
      facts: ['not checked by staff'],
      cautions: [],
    });
  });

  it('keeps a comparator and a text as sent (misreading 20)', () => {
    const weight = { component: undefined, code: { text: 'Body weight' } };
    expect(onlyEntry([reading({ ...weight, valueQuantity: { value: 30, comparator: '<', unit: 'kg' } })]).title).toBe(
      'Home body weight: <30 kg',
    );
    expect(onlyEntry([reading({ ...weight, valueString: 'scales broken' })]).title).toBe(
      'Home body weight: scales broken',
    );
    expect(onlyEntry([reading(weight)]).title).toBe('Home body weight: value not recorded');
  });

  it('is a row by its performer too; what staff measured is not one, but is counted', () => {
    const own = reading({ meta: undefined, performer: [{ reference: 'https://hub/fhir/Patient/p1' }] });
    expect(onlyEntry([own]).lane).toBe('patient');
    const staff = reading({ meta: from('emis'), performer: [{ reference: 'Practitioner/x' }] });
    const record = mapRecord([staff], contextOf());
    expect(record.entries).toEqual([]);
    expect(record.other.map((item) => item.reference)).toEqual(['Observation/o1']);
  });
});
