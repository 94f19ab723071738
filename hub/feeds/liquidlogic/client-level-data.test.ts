import { describe, expect, it } from 'vitest';
import { UnusableMessage } from '../format.ts';
import { clientLevelData } from './client-level-data.ts';
import { assessment, csv, file, homeCare, ida, messageOf, ofType, Pieces } from './testing.ts';

describe('a Client Level Data return', () => {
  it('is one statement a line, each with the council’s own number of the person', () => {
    const { pieces, doubts } = clientLevelData.sort(file([homeCare, assessment]));
    expect(doubts).toEqual([]);
    expect(pieces.map(({ subject, scope }) => `${subject} ${scope}`)).toEqual(['706-4711 care', '706-4711 care']);
    expect(new Set(pieces.map(({ at }) => at))).toEqual(new Set(['2026-09-30T22:59:59.000Z']));
  });

  it('two councils number their people alike, and are kept apart (wrong patient)', () => {
    const other = { ...homeCare, 'LA Code': '707' };
    expect(new Pieces().take(file([homeCare, other])).subjects()).toEqual(['706-4711', '707-4711']);
  });

  it('a person without an NHS number has a record of their own, by the council’s number', async () => {
    const told = await new Pieces().take(file([{ ...homeCare, 'NHS Number': 'NULL' }])).tell('706-4711');
    expect(ofType(told, 'Patient')[0]?.identifier).toEqual([
      { system: 'https://fhir.interweavedigital.nhs.uk/Id/local-patient-identifier', value: '706-4711' },
    ]);
  });

  it('without the council’s number the NHS number stands for it; a line with neither is told by its number', () => {
    const bare = { ...homeCare, 'LA Person Unique Identifier': 'NULL' };
    const pieces = new Pieces().take(file([bare, { ...bare, 'NHS Number': '9990000019' }]));
    expect(pieces.subjects()).toEqual(['706-nhs_9990000018']);
    expect(pieces.doubts).toEqual(['Line 3 does not say whose it is (council, and number of the person): not taken.']);
  });

  it('a broken line is told by its number and loses no other', async () => {
    const text = csv([homeCare, assessment]).replace('\r\n706', '\r\n706,"broken\r\n706');
    const pieces = new Pieces().take(messageOf(clientLevelData, text));
    expect(pieces.doubts).toEqual([
      'Line 2 is no line of this file (its quotes or the number of its fields): not taken.',
    ]);
    const told = await pieces.tell('706-4711');
    expect([ofType(told, 'EpisodeOfCare').length, ofType(told, 'Task').length]).toEqual([1, 1]);
  });

  it('a file that is something else is refused with the columns it lacks', () => {
    const refused = () => clientLevelData.sort(messageOf(clientLevelData, 'Name,Amount\nx,1\n'));
    expect(refused).toThrow(UnusableMessage);
    expect(refused).toThrow(/LA Code, LA Person Unique Identifier, Event Type, Event Start Date/);
  });

  it('headers with underscores and columns nobody knows are read; what is not known is said by its place', () => {
    const text = csv([homeCare]).replace('LA Code', 'LA_Code').replace('Gender', 'Shoe size');
    const { pieces, doubts } = clientLevelData.sort(messageOf(clientLevelData, text));
    expect(pieces).toHaveLength(1);
    expect(doubts).toEqual([
      'Column 8 has a heading that is not in the return’s specification: not told.'.replace('’', "'"),
    ]);
  });

  it('no doubt repeats what a line says', () => {
    const { doubts } = clientLevelData.sort(messageOf(clientLevelData, `${csv([ida])}\r\nQuill,Ida`));
    expect(doubts.join()).not.toMatch(/quill|ida\b|4711|9990000018/i);
  });

  it('a file from a Windows desk keeps its letters and says that it guessed', async () => {
    const bytes = Uint8Array.from(
      csv([{ ...homeCare, 'Last Name': 'Müller' }]),
      (letter) => letter.codePointAt(0) ?? 0,
    );
    const pieces = new Pieces().take({ ...file([]), bytes });
    expect(pieces.doubts).toEqual(['The file is not UTF-8: read as Western European (Windows).']);
    expect(ofType(await pieces.tell('706-4711'), 'Patient')[0]?.name?.[0]?.family).toBe('Müller');
  });
});
