import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extension, ofType, Pieces } from './testing.ts';
import { person } from './testing-ida.ts';

describe('a section', () => {
  const alert = (id: string, text = `Alert ${id}`) => ({ id, kind: 'other', text });
  const later = { seq: 3, asAt: '2026-10-03T04:00:00+01:00' };
  const texts = async (pieces: Pieces) => ofType(await pieces.tell('706-4711'), 'Flag').map(({ code }) => code.text);

  it('that is there takes back what it no longer has; one that is not there says nothing', async () => {
    const pieces = new Pieces().take(
      extension({ person, alerts: [alert('a'), alert('b')] }),
      extension({ person }, later),
    );
    expect(await texts(pieces)).toEqual(['Alert a', 'Alert b']);
    pieces.take(extension({ alerts: [alert('b', 'Changed')] }, { ...later, seq: 4 }));
    expect(await texts(pieces)).toEqual(['Changed']);
    pieces.take(extension({ alerts: [] }, { ...later, seq: 5 }));
    expect(await texts(pieces)).toEqual([]);
  });

  it('with a broken item keeps what that item said before, and takes all others (silent gap)', async () => {
    const broken = { id: 'a', kind: 'other' };
    const pieces = new Pieces().take(
      extension({ person, alerts: [alert('a'), alert('b')] }),
      extension({ alerts: [broken, alert('c')] }, later),
    );
    expect(await texts(pieces)).toEqual(['Alert a', 'Alert c']);
    expect(pieces.doubts).toEqual([
      'people[0].alerts[0]: text is not as specified: not taken, and what it said before stands.',
    ]);
  });

  it('with an item without an id takes nothing back', async () => {
    const pieces = new Pieces().take(
      extension({ person, alerts: [alert('a')] }),
      extension({ alerts: [{ kind: 'other' }] }, later),
    );
    expect(await texts(pieces)).toEqual(['Alert a']);
  });

  it('comes to the same in whatever order its tellings come', async () => {
    const tellings = [0, 1, 2].map((place) =>
      extension(
        { person, alerts: [alert('a', `Telling ${place}`), alert(`only ${place}`.replace(' ', '-'))] },
        { seq: place + 1, asAt: `2026-10-0${place + 1}T04:00:00Z`, receivedAt: '2026-10-09T04:00:00.000Z' },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(tellings, { minLength: 3 }), fc.nat(2), async (order, again) => {
        const pieces = new Pieces().take(...order, order[again] ?? tellings[0]!);
        expect(await texts(pieces)).toEqual(['Telling 2', 'Alert only-2']);
      }),
    );
  });
});
