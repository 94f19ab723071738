import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sectionNames, sectionSchemas, personSchema } from './extension-schema.ts';
import { socialCareExtension } from './social-care-extension.ts';
import { messageOf } from './testing.ts';

const page = readFileSync(new URL('../../../docs/feeds/social-care-extension.md', import.meta.url), 'utf8');

it('the example on the page of the extension is taken without a doubt', () => {
  const [, example = ''] = /```json\n([^]*?)```/.exec(page) ?? [];
  const { pieces, doubts } = socialCareExtension.sort(messageOf(socialCareExtension, example));
  expect(doubts).toEqual([]);
  expect(pieces.map(({ subject }) => subject)).toEqual(['', '', ...Array.from({ length: 7 }, () => '706-4711')]);
});

it.each(sectionNames)('the page says of every property of the section %s what it is', (section) => {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${section}\` |`)) ?? '';
  const named = new Set(row.match(/\w+/g));
  const properties = Object.keys(sectionSchemas[section].shape).filter((name) => name !== 'labels');
  expect(properties.filter((name) => !named.has(name))).toEqual([]);
});

it('the page says of every property of a person what it is', () => {
  const row = page.split('\n').find((line) => line.startsWith('| `person`')) ?? '';
  expect(Object.keys(personSchema.shape).filter((name) => !row.includes(name))).toEqual([]);
});
