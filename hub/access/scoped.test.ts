import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { ResourceType } from '../../fhir/resource-types.ts';
import { deletedBit } from './labels.ts';
import { upsertRows } from '../store/resources.ts';
import { eachEngine } from '../store/testing.ts';
import { everythingRows } from './everything.ts';
import {
  countRows,
  includedRows,
  readRow,
  readVersion,
  searchRows,
  visibleReferences,
  type Reference,
} from './gate.ts';
import { historyRows, wasDeleted } from './history.ts';
import type { ScopeGrant } from './reader.ts';
import { pointingRows } from './revinclude.ts';
import { newQuery, newRow, readerOf } from './testing.ts';

const ann = '11111111-1111-4111-8111-111111111111';
const types = ['Observation', 'Condition'] as const;
const words = ['category|lab', 'category|vital', 'code|a', 'code|b'];

/** Twelve resources, each in three versions; what they are found by changes from version to version, and some end deleted. */
interface Version {
  tokens: string[];
  deleted: boolean;
}
const stored = new Map<string, { type: (typeof types)[number]; versions: Version[] }>();

const target = 'encounter=Encounter/e1';

eachEngine('scopes that give a part of a type', ({ db }) => {
  beforeAll(async () => {
    await upsertRows(db(), [newRow(ann, 'e1')]);
    for (let n = 0; n < 12; n += 1) {
      const type = types[n % 2] ?? 'Observation';
      const versions: Version[] = [];
      for (let v = 0; v < 3; v += 1) {
        // Every combination of the four words comes up, over ids and versions.
        const picked = words.filter((_, bit) => (((n * 5 + v * 7 + (n >> 1)) >> bit) & 1) === 1);
        const deleted = v === 2 && n % 4 === 3;
        const tokens = deleted ? [] : [...picked, target];
        versions.push({ tokens, deleted });
        await upsertRows(db(), [newRow(ann, `r${n}`, { type, tokens, text: `v${v}`, mask: deleted ? deletedBit : 0 })]);
      }
      stored.set(`r${n}`, { type, versions });
    }
  });

  const group = fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 });
  const grant: fc.Arbitrary<ScopeGrant> = fc.record({
    context: fc.constant('patient' as const),
    type: fc.constantFrom<ResourceType | '*'>(...types, ...types, '*', 'Encounter'),
    actions: fc.constantFrom('rs', 'rs', 'r', 's', 'c'),
    only: fc.oneof(
      { weight: 4, arbitrary: fc.array(group, { minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
  });

  it('give the same part whichever way it is read, and never a row beside it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(grant, { minLength: 1, maxLength: 3 }), async (scopes) => {
        const reader = readerOf(ann, { scopes });
        const within = (letter: string, type: ResourceType, tokens: readonly string[]) =>
          scopes.some(
            (scope) =>
              scope.actions.includes(letter) &&
              (scope.type === '*' || scope.type === type) &&
              (scope.only ?? []).every((words) => words.some((word) => tokens.includes(word))),
          );
        const all = [...stored].map(([id, { type, versions }]) => {
          const last = versions.at(-1) ?? { tokens: [], deleted: false };
          return { id, type, versions, deleted: last.deleted, tokens: last.tokens };
        });
        const expected = (letter: string, type: ResourceType) =>
          all
            .filter((row) => row.type === type && !row.deleted && within(letter, type, row.tokens))
            .map(({ id }) => id);
        const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
        const sorted = (list: readonly string[]) => [...list].toSorted();
        const references: Reference[] = all.map(({ type, id }) => ({ type, id }));
        const readable = sorted(types.flatMap((type) => expected('r', type)));

        for (const type of types) {
          const query = newQuery({ type });
          expect(sorted(ids((await searchRows(db(), reader, query, [], true)).rows))).toEqual(
            sorted(expected('s', type)),
          );
          expect((await searchRows(db(), reader, query, [], true)).total).toBe(expected('s', type).length);
          expect((await countRows(db(), reader, query)).total).toBe(expected('s', type).length);
        }
        expect(sorted(ids(await includedRows(db(), reader, references)))).toEqual(readable);
        const every = await everythingRows(db(), reader, { types, since: undefined, limit: 100, after: undefined });
        expect(sorted(ids(every.rows))).toEqual(readable);
        const pointers = types.map((type) => ({ type, param: 'encounter' }));
        const pointing = await pointingRows(db(), reader, pointers, [{ type: 'Encounter', id: 'e1' }], 100);
        expect(sorted(ids(pointing))).toEqual(readable);

        for (const type of types) {
          const before = (row: (typeof all)[number]) =>
            row.deleted ? (row.versions.at(-2)?.tokens ?? []) : row.tokens;
          const told = (letter: string, row: (typeof all)[number]) =>
            within(letter, type, before(row))
              ? row.versions.flatMap(({ tokens, deleted }, v) =>
                  deleted || within(letter, type, tokens) ? [`${row.id}/${v + 1}`] : [],
                )
              : [];
          const asked = { type, since: undefined, limit: 100, after: undefined };
          const versionsOf = async (id: string | undefined) =>
            (await historyRows(db(), reader, { ...asked, id })).map((row) => `${row.id}/${row.version}`);
          const own = all.filter((row) => row.type === type);
          expect(sorted(await versionsOf(undefined))).toEqual(sorted(own.flatMap((row) => told('s', row))));
          for (const row of own) {
            expect(sorted(await versionsOf(row.id))).toEqual(sorted(told('r', row)));
            const given = await readRow(db(), reader, type, row.id);
            expect(given?.id).toBe(readable.includes(row.id) ? row.id : undefined);
            expect(await wasDeleted(db(), reader, type, row.id)).toBe(row.deleted && within('r', type, before(row)));
            for (const version of [1, 2]) {
              const old = await readVersion(db(), reader, type, row.id, version);
              const visible = readable.includes(row.id) && within('r', type, row.versions[version - 1]?.tokens ?? []);
              expect(old?.version).toBe(visible ? version : undefined);
            }
          }
        }

        const named = (type: ResourceType) =>
          scopes.some((scope) => /[rs]/.test(scope.actions) && (scope.type === '*' || scope.type === type));
        const linkable = all.filter(
          ({ type, tokens, deleted }) =>
            !deleted && (!named(type) || within('r', type, tokens) || within('s', type, tokens)),
        );
        expect(sorted([...(await visibleReferences(db(), reader, references))])).toEqual(
          sorted(linkable.map(({ type, id }) => `${type}/${id}`)),
        );
      }),
      { numRuns: 8 },
    );
  });
});
