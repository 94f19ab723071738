import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseNhsNumber } from '../../fhir/nhs-number.ts';
import { parsePartialDate } from '../../fhir/partial-date.ts';
import type { Phase, Rollout } from './rollout.ts';

const words = z.string().trim().min(1).max(200);

/** `rollout` of the registrations (docs/deployment.md). */
export const rolloutSettings = z.strictObject({
  askWhom: words,
  phases: z
    .array(
      z.strictObject({
        name: words,
        from: z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2}$/)
          .refine((day) => parsePartialDate(day) !== undefined, 'is no day')
          .optional(),
        organisations: z.array(words).min(1).optional(),
        users: z.array(words).min(1).optional(),
        /** A file of NHS numbers, one a line, in `DATA_DIR` or at an address of its own. */
        people: words.optional(),
      }),
    )
    .min(1)
    .refine((phases) => new Set(phases.map(({ from }) => from)).size === phases.length, 'each begin on another day'),
});

export type RolloutSettings = z.infer<typeof rolloutSettings>;

/**
 * The phases with their people. Throws one line that names file and line, never what stands there, when a file cannot be
 * read or holds anything but NHS numbers: nobody is left out by a slip of the hand.
 */
export function readRollout(dataDir: string, settings: RolloutSettings | undefined): Rollout | undefined {
  if (settings === undefined) return undefined;
  const phases = settings.phases.map(({ people, ...phase }): Phase => {
    return people === undefined ? phase : { ...phase, people: readPeople(resolve(dataDir, people)) };
  });
  return { askWhom: settings.askWhom, phases };
}

function readPeople(file: string): ReadonlySet<string> {
  const people = new Set<string>();
  const lines = readText(file).split(/\r?\n/);
  for (const [at, line] of lines.entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const nhsNumber = parseNhsNumber(text);
    if (nhsNumber === undefined) throw new Error(`${file} cannot be used: line ${at + 1} is no NHS number`);
    people.add(nhsNumber);
  }
  if (people.size === 0) throw new Error(`${file} cannot be used: it names nobody`);
  return people;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read: it is to hold the people of a phase`, { cause: error });
  }
}
