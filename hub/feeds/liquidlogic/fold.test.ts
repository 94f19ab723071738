import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessment, file, homeCare, ida, ofType, Pieces, type Line } from './testing.ts';

const quarter = (start: string, end: string): Line => ({
  'Reporting Period Start Date': start,
  'Reporting Period End Date': end,
});
const earlier = quarter('2026-04-01', '2026-06-30');

describe('the same event told again', () => {
  it('with an end that was open before is one event, with or without a reference', async () => {
    for (const reference of ['S-1', 'NULL']) {
      const open = { ...homeCare, ...earlier, 'Event Reference': reference };
      const ended = { ...homeCare, 'Event Reference': reference, 'Event End Date': '2026-09-01' };
      const told = await new Pieces().take(file([open]), file([ended], { seq: 2, label: 'b' })).tell('706-4711');
      expect(ofType(told, 'EpisodeOfCare')).toMatchObject([{ status: 'finished', period: { end: '2026-09-01' } }]);
    }
  });

  it('an assessment under way that came to its end is one, though the national key has the end in it', async () => {
    const bare = { ...assessment, 'Event Reference': 'NULL' };
    const open = { ...bare, ...earlier, 'Event End Date': 'NULL', 'Event Outcome': 'NULL' };
    const told = await new Pieces().take(file([open]), file([bare], { seq: 2, label: 'b' })).tell('706-4711');
    expect(ofType(told, 'Task').map(({ status }) => status)).toEqual(['completed']);
  });

  it('by an earlier quarter’s return sent late does not undo what a later one knows', async () => {
    const ended = file([{ ...homeCare, 'Event End Date': '2026-09-01' }]);
    const open = file([{ ...homeCare, ...earlier }], { seq: 2, label: 'late', receivedAt: '2026-10-20T04:00:00.000Z' });
    expect(ofType(await new Pieces().take(ended, open).tell('706-4711'), 'EpisodeOfCare')[0]?.status).toBe('finished');
  });

  it('with its start corrected under the same reference is one', async () => {
    const corrected = { ...homeCare, 'Event Start Date': '2026-08-04' };
    const told = await new Pieces().take(file([homeCare]), file([corrected], { seq: 2, label: 'b' })).tell('706-4711');
    expect(ofType(told, 'EpisodeOfCare').map(({ period }) => period?.start)).toEqual(['2026-08-04']);
  });
});

describe('several events that look like one (silent gap)', () => {
  it('components of one package under one reference are all told', async () => {
    const meals = { ...homeCare, 'Service Component': 'Meals' };
    const told = await new Pieces().take(file([homeCare, meals])).tell('706-4711');
    expect(ofType(told, 'EpisodeOfCare')).toHaveLength(2);
  });

  it('a reference that a file gives to several lines tells none of them apart: their starts do, also when one comes alone later', async () => {
    const again = { ...homeCare, 'Event Start Date': '2026-09-10' };
    const both = file([{ ...homeCare, 'Event End Date': '2026-08-20' }, again]);
    const alone = file([{ ...again, 'Event End Date': '2026-09-25' }], { seq: 2, label: 'b' });
    const told = await new Pieces().take(both, alone).tell('706-4711');
    const periods = ofType(told, 'EpisodeOfCare').map(({ period }) => `${period?.start} ${period?.end}`);
    expect(periods.sort()).toEqual(['2026-08-03 2026-08-20', '2026-09-10 2026-09-25']);
  });

  it('two providers of the same care from the same day, without references, are two', async () => {
    const bare = { ...homeCare, 'Event Reference': 'NULL' };
    const told = await new Pieces()
      .take(file([bare, { ...bare, 'Provider CQC Location Name': 'Other Home Care' }]))
      .tell('706-4711');
    expect(ofType(told, 'EpisodeOfCare')).toHaveLength(2);
  });
});

describe('whatever the order of lines, and however often a file comes', () => {
  const line = fc.record({
    'Event Type': fc.constantFrom('Service', 'Assessment', 'Request', 'Review'),
    'Event Reference': fc.constantFrom('X1', 'X2', 'NULL'),
    'Event Start Date': fc.constantFrom('2026-07-01', '2026-08-01', 'NULL', '2026-02-31'),
    'Event End Date': fc.constantFrom('2026-08-15', '2026-09-15', 'NULL'),
    'Service Component': fc.constantFrom('Home Support', 'Meals'),
    'Event Outcome': fc.constantFrom('No change in package', 'NULL'),
    'First Name': fc.constantFrom('Ida', 'Ida', 'Ada'),
    'Primary Support Reason': fc.constantFrom('Mental Health Support', 'Unknown', 'NULL'),
  });

  it('the same is told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(line, { minLength: 1, maxLength: 8 })
          .chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length }))),
        async ([lines, shuffled]) => {
          const full = (some: readonly Line[]) => some.map((each) => ({ ...ida, ...each }));
          const once = await new Pieces().take(file(full(lines))).tell('706-4711');
          const doubled = full([...shuffled, ...shuffled]);
          const twice = await new Pieces().take(file(doubled), file(doubled)).tell('706-4711');
          expect(twice).toEqual(once);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('files of different quarters, whole or not, may come in any order', async () => {
    const quarters = [earlier, quarter('2026-07-01', '2026-09-30'), quarter('2026-10-01', '2026-12-31')];
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(fc.array(line, { maxLength: 4 }), fc.array(line, { maxLength: 4 }), fc.array(line, { maxLength: 4 })),
        fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        async (returns, whole, order) => {
          const files = returns.map((lines, place) =>
            file(
              lines.map((each) => ({ ...ida, ...quarters[place], ...each })),
              {
                seq: place + 1,
                label: whole[place] === true ? `q${place}-whole-${lines.length}` : `q${place}`,
                receivedAt: '2027-01-05T04:00:00.000Z',
              },
            ),
          );
          const inOrder = await new Pieces().take(...files).tell('706-4711');
          const shuffled = await new Pieces().take(...order.map((place) => files[place] ?? file([]))).tell('706-4711');
          expect(shuffled).toEqual(inOrder);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('every event of a file is told: as many as there are different ones', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.tuple(fc.constantFrom('A', 'B', 'C', 'D'), fc.constantFrom('Home Support', 'Meals', 'Transport')),
          {
            minLength: 1,
            selector: (each) => each.join(),
          },
        ),
        async (services) => {
          const lines = services.map(([reference, component]) => ({
            ...homeCare,
            'Event Reference': reference,
            'Service Component': component,
          }));
          const told = await new Pieces().take(file(lines)).tell('706-4711');
          expect(new Set(ofType(told, 'EpisodeOfCare').map(({ id }) => id)).size).toBe(services.length);
        },
      ),
    );
  });
});
