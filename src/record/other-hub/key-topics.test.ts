import { afterEach, expect, it } from 'vitest';
import { minimal, type Abilities } from '../../../mocks/minimal-hub/abilities.ts';
import { keyReader, type KeyReader, type KeyTopics } from '../key-reader.ts';
import { keyTopics } from '../key-topics.ts';
import { sessionOn } from './testing.ts';

let open: KeyReader[] = [];
afterEach(() => {
  for (const reader of open) reader.close();
  open = [];
});

async function topicsOn(abilities: Abilities): Promise<KeyTopics> {
  const reader = keyReader(sessionOn(abilities).session);
  open.push(reader);
  reader.read();
  await expect.poll(() => keyTopics.filter((topic) => reader.state()[topic].status === 'loading')).toEqual([]);
  return reader.state();
}

it('key information that the hub says it has not is not connected; what it has is read', async () => {
  const topics = await topicsOn(minimal);
  expect(topics.AllergyIntolerance.resources.map(({ id }) => id)).toEqual(['allergy-1']);
  expect(topics.Flag).toMatchObject({ status: 'failed', absent: true, resources: [] });
  expect(keyTopics.filter((topic) => topics[topic].absent)).toEqual([
    'Flag',
    'MedicationStatement',
    'CareTeam',
    'CarePlan',
    'Consent',
    'List',
  ]);
});

it('without its own word for it, a type that is not found has failed, and may be read again', async () => {
  const { Flag } = await topicsOn({ ...minimal, statement: false });
  expect([Flag.status, Flag.failure, Flag.absent]).toEqual(['failed', 'not-found', undefined]);
});
