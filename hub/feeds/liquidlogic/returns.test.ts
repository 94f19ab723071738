import { describe, expect, it } from 'vitest';
import { assessment, file, homeCare, ofType, Pieces } from './testing.ts';

const other = {
  ...homeCare,
  'LA Person Unique Identifier': '8001',
  'NHS Number': '9990000026',
  'Event Reference': 'S-9',
};
const old = {
  ...assessment,
  'Event Reference': 'A-0',
  'Event Start Date': '2024-02-01',
  'Event End Date': '2024-02-02',
};

describe('a file that says it is whole', () => {
  it('takes back what it no longer has for its reporting period', async () => {
    const pieces = new Pieces().take(
      file([homeCare, assessment, other]),
      file([homeCare, other], { seq: 2, label: 'cld-706-whole-2.csv' }),
    );
    expect(pieces.doubts).toEqual([]);
    const told = await pieces.tell('706-4711');
    expect(ofType(told, 'Task')).toEqual([]);
    expect(ofType(told, 'EpisodeOfCare')).toHaveLength(1);
  });

  it('takes it back from people it does not name at all', async () => {
    const pieces = new Pieces().take(
      file([homeCare, other]),
      file([homeCare], { seq: 2, label: 'cld-706-whole-1.csv' }),
    );
    const told = await pieces.tell('706-8001');
    expect(ofType(told, 'EpisodeOfCare')).toEqual([]);
    expect(ofType(told, 'Patient')).toHaveLength(1);
  });

  it('leaves what is of another time, another council, or was said later', async () => {
    const before = { ...old, 'Reporting Period Start Date': '2024-01-01', 'Reporting Period End Date': '2024-03-31' };
    const elsewhere = { ...assessment, 'LA Code': '707' };
    const later = file([{ ...assessment, 'Reporting Period End Date': '2026-10-05' }], {
      seq: 3,
      label: 'daily',
      receivedAt: '2026-10-06T04:00:00.000Z',
    });
    const whole = file([homeCare], { seq: 2, label: 'cld-706-whole-1.csv' });
    const pieces = new Pieces().take(file([homeCare, before, elsewhere]), later, whole);
    expect(ofType(await pieces.tell('706-4711'), 'Task')).toHaveLength(2);
    expect(ofType(await pieces.tell('707-4711'), 'Task')).toHaveLength(1);
  });

  it('that was cut short on its way takes nothing back, and says so', async () => {
    const pieces = new Pieces().take(
      file([homeCare, assessment]),
      file([homeCare], { seq: 2, label: 'cld-706-whole-2.csv' }),
    );
    expect(pieces.doubts).toEqual([
      'The file is said to be whole, but has 1 lines of 2: what it has is taken, and nothing is taken back.',
    ]);
    expect(ofType(await pieces.tell('706-4711'), 'Task')).toHaveLength(1);
  });

  it('with lines of two periods takes nothing back', () => {
    const earlier = { ...assessment, 'Reporting Period End Date': '2026-06-30' };
    const pieces = new Pieces().take(file([homeCare, earlier], { label: 'cld_whole_2.csv' }));
    expect(pieces.doubts).toHaveLength(1);
  });

  it('a file that does not say so is added to what there is', async () => {
    const pieces = new Pieces().take(
      file([homeCare, assessment]),
      file([homeCare], { seq: 2, label: 'wholesale-1.csv' }),
    );
    expect(ofType(await pieces.tell('706-4711'), 'Task')).toHaveLength(1);
  });
});
