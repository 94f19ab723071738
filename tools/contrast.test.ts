import { expect, test } from 'vitest';
import { readDocument } from './named-proofs.ts';

// What is no text and tells something must stand out from its ground by 3 to 1 (WCAG 1.4.11), light and dark.

const [start = '', rest = ''] = readDocument('src/styles.css').split('@layer theme');
const light = tokensOf(start);
const dark = { ...light, ...tokensOf(rest.split('@layer base')[0] ?? '') };

function tokensOf(css: string): Record<string, string> {
  return Object.fromEntries(
    [...css.matchAll(/--color-([\w-]+): (#[\da-f]{6})/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** Relative luminance of `#rrggbb` (WCAG 2.2, definitions). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 1, low = 1] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const marks = ['gp', 'hospital', 'urgent', 'community', 'mental', 'social', 'patient'].flatMap((lane) =>
  ['card', 'page'].map((ground) => [`${lane}-mark`, ground] as const),
);
const pairs = [
  ...marks,
  ['control', 'card'],
  ['control', 'page'],
  ['control', 'trust'],
  ['gap-bar', 'gap-tint'],
  ['failure', 'failure-tint'],
  ['now', 'page'],
] as const;

test.each([
  ['light', light],
  ['dark', dark],
])('borders, rails, marks and lines stand out from their ground: %s', (_scheme, tokens) => {
  const weak = pairs.filter(
    ([mark, ground]) => contrast(tokens[mark] ?? '', tokens[ground] ?? '') < 3 || tokens[mark] === undefined,
  );
  expect(weak).toEqual([]);
});

test.each([
  ['light', light],
  ['dark', dark],
])('the ring of focus has a colour for every ground: %s', (_scheme, tokens) => {
  for (const ground of ['card', 'page', 'trust', 'future', 'selected', 'gap-tint', 'action']) {
    const best = Math.max(
      contrast(tokens['focus'] ?? '', tokens[ground] ?? ''),
      contrast(tokens['focus-ink'] ?? '', tokens[ground] ?? ''),
    );
    expect(best, ground).toBeGreaterThanOrEqual(3);
  }
});
