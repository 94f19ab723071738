import { describe, expect, it } from 'vitest';
import { extension, file, homeCare, ofType, Pieces } from './testing.ts';
import { keySafe, person } from './testing-ida.ts';

describe('what must not be read by everybody (leaked record)', () => {
  it('the code of a key safe is apart from the key safe, and marked', async () => {
    const told = await new Pieces()
      .take(
        extension({
          person,
          equipment: [
            { ...keySafe, accessCode: '4471' },
            { ...keySafe, id: 'e3', note: 'by the gate, 9902' },
          ],
        }),
      )
      .tell('706-4711');
    const marked = told.resources.filter(({ meta }) => meta?.security?.some(({ code }) => code === 'R'));
    const open = told.resources.filter((resource) => !marked.includes(resource));
    expect(JSON.stringify(open)).not.toMatch(/4471|9902/);
    expect(marked.map(({ resourceType }) => resourceType)).toEqual(['Flag', 'Flag']);
    expect(ofType(told, 'DeviceRequest')).toHaveLength(2);
  });

  it('a code in the words of an alert marks the alert', async () => {
    const told = await new Pieces()
      .take(extension({ person, alerts: [{ id: 'a', kind: 'access', text: 'Key safe code is 4471' }] }))
      .tell('706-4711');
    expect(ofType(told, 'Flag')[0]?.meta?.security?.[0]?.code).toBe('R');
  });

  it('that there is a safeguarding concern is told, what is alleged is marked', async () => {
    const told = await new Pieces()
      .take(
        extension({
          person,
          safeguarding: [{ id: 's', text: 'Safeguarding concern', concern: 'Said that her son takes money' }],
        }),
      )
      .tell('706-4711');
    expect(ofType(told, 'Flag').map(({ meta, code }) => [meta?.security?.[0]?.code, code.text])).toEqual([
      [undefined, 'Safeguarding concern'],
      ['R', 'Said that her son takes money'],
    ]);
  });

  it('what the council marks is marked, and a mark nobody knows refuses its item', async () => {
    const alert = { id: 'a', kind: 'other', text: 'Known to the core team' };
    const marked = await new Pieces()
      .take(extension({ person, alerts: [{ ...alert, labels: ['PSY'] }] }))
      .tell('706-4711');
    expect(ofType(marked, 'Flag')[0]?.meta?.security?.[0]?.code).toBe('PSY');
    for (const wrong of [
      { ...alert, labels: ['PSYCH'] },
      { ...alert, lables: ['PSY'] },
    ]) {
      const pieces = new Pieces().take(extension({ person, alerts: [wrong] }));
      expect(ofType(await pieces.tell('706-4711'), 'Flag')).toEqual([]);
      expect(pieces.doubts).toHaveLength(1);
      expect(pieces.doubts[0]).toMatch(/^people\[0\]\.alerts\[0\]: /);
      expect(pieces.doubts[0]).not.toMatch(/PSYCH|lables|core team/);
    }
  });
});

it('a line without a reference that may be what the council marked is marked too', async () => {
  const event = { id: 'S-1', event: 'Service', status: 'open', start: '2026-08-03', labels: ['PSY'] };
  const bare = { ...homeCare, 'Event Reference': 'NULL' };
  const two = file([bare, { ...bare, 'Provider CQC Location Name': 'Other Home Care' }]);
  const told = await new Pieces().take(two, extension({ person, events: [event] })).tell('706-4711');
  expect(ofType(told, 'EpisodeOfCare').map(({ meta }) => meta?.security?.[0]?.code)).toEqual(['PSY', 'PSY', 'PSY']);
  expect(told.doubts).toHaveLength(1);
});
