import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonObject, typeOf } from '../../../resource/json.ts';
import { areasOf, standing } from './areas.ts';
import { words } from './read.ts';
import { allLists, allergyOf, listOf, person, type Sent, staff, wholeRecord } from './testing-record.ts';

const json = (resources: readonly Sent[]) => resources as readonly JsonObject[];
const names = (resources: readonly JsonObject[]) => resources.map((one) => `${typeOf(one)}/${words(one['id'])}`);

const parts = {
  allergies: { list: '886921000000105', resource: (id: string): Sent => allergyOf(id) },
  medications: {
    list: '933361000000108',
    resource: (id: string): Sent => ({ resourceType: 'MedicationStatement', id }),
  },
  immunisations: { list: '1102181000000102', resource: (id: string): Sent => ({ resourceType: 'Immunization', id }) },
  problems: { list: '717711000000103', resource: (id: string): Sent => ({ resourceType: 'Condition', id }) },
} as const;
type Part = keyof typeof parts;

/** An answer about some parts, holding these things of each. */
const answer = fc
  .dictionary(
    fc.constantFrom<Part>('allergies', 'medications', 'immunisations', 'problems'),
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    {
      minKeys: 1,
    },
  )
  .map((held) => held as Partial<Record<Part, string[]>>);

const sent = (held: Partial<Record<Part, string[]>>) =>
  json([
    person,
    ...Object.entries(held).flatMap(([part, ids]) => {
      const { list, resource } = parts[part as Part];
      return [listOf(list, []), ...ids.map(resource)];
    }),
  ]);

describe('answers about parts of a record', () => {
  it('are known by the lists they bring, empty ones too', () => {
    expect(areasOf(json(allLists()))).toHaveLength(9);
    expect(areasOf(json(wholeRecord()))).toHaveLength(9);
    expect(areasOf(json([person, ...staff]))).toEqual([]);
    // What came along with a consultation covers nothing: its medicines are not all there are.
    const along = listOf('x', []);
    along['code'] = { coding: [{ code: 'consultations-medications-contained-in-consultations' }] };
    expect(areasOf(json([along]))).toEqual([]);
  });

  it('each part stands as the newest answer about it has it, whatever other answers say', () => {
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 5 }), (answers) => {
        const stands = names(standing(answers.map(sent)));
        for (const part of Object.keys(parts) as Part[]) {
          const newest = answers.find((one) => one[part] !== undefined)?.[part] ?? [];
          const type = String(parts[part].resource('')['resourceType']);
          const expected = newest.map((id) => `${type}/${id}`).sort();
          expect(stands.filter((name) => name.startsWith(`${type}/`)).sort()).toEqual(expected);
        }
        expect(stands.filter((name) => name.startsWith('Patient/'))).toHaveLength(1);
      }),
    );
  });

  it('the same answer again changes nothing, and a whole record leaves nothing of what came before', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 4 }), (answers) => {
        const all = answers.map(sent);
        const whole = json(wholeRecord());
        expect(standing([whole, ...all])).toEqual(standing([whole]));
        expect(standing([...all.slice(0, 1), ...all])).toEqual(standing(all));
      }),
    );
  });
});
