import type { Annotation, Resource } from 'fhir/r4';
import { type LookContext, nameOf } from './context.ts';
import { formatDateTime } from './dates.ts';
import { date, items, text } from './read.ts';

/**
 * Free words in the lines that their writer broke them into, or undefined when there are none: "No evidence of" at the end of
 * one line and what there is none of in the next must not be read as other than they were written. Shown with `white-space: pre-line`.
 */
export function linesOfText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const lines = value.split(/\r\n?|\n/).map((line) => text(line));
  const said = lines.filter((line) => line !== undefined);
  return said.length === 0 ? undefined : said.join('\n');
}

/**
 * What was noted beside a resource (R4 Annotation), each note whole, with who wrote it and when where it says so:
 * `Tolerated in 2024 (Dr A Okafor, 12-Mar-2024)`.
 */
export function noteWords(
  notes: Annotation[] | undefined,
  owner: Resource,
  context: Pick<LookContext, 'included' | 'now' | 'patientId'>,
): string[] {
  return items(notes).flatMap((note) => {
    const words = linesOfText(note.text);
    if (words === undefined) return [];
    const at = date(note.time);
    const by = text(note.authorString) ?? nameOf(note.authorReference, owner, context);
    const said = [by, at && formatDateTime(at)].filter((each) => each !== undefined);
    return [said.length === 0 ? words : `${words} (${said.join(', ')})`];
  });
}
