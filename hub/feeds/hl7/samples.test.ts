import type { FhirResource } from 'fhir/r4';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { UnusableMessage } from '../format.ts';
import { tellMessages } from './testing.ts';

/** A folder of public sample messages, which are read and never kept here. */
const folder = process.env['SAMPLES_DIR'];
const files = [
  ['itk-v2.4-adt-samples.hl7.txt', 'system-c', 'RKE'],
  ['pkb-hl7-samples.hl7.txt', 'system-c', 'RKE'],
  ['uk-v2.5.1-lab-samples.hl7.txt', 'system-c', 'RKE'],
  ['simhospital-london.hl7', 'carecast', 'RRV'],
] as const;

describe.skipIf(folder === undefined)('public samples (skipped where SAMPLES_DIR names no folder)', () => {
  it.each(files)('%s: every message has its outcome, the same when read again', async (file, source, organisation) => {
    const path = join(folder ?? '', 'hospital-hl7v2', file);
    expect(existsSync(path)).toBe(true);
    const messages = messagesIn(readFileSync(path, 'utf8'));
    expect(messages.length).toBeGreaterThan(2);
    const list = async (): Promise<string[]> => {
      const outcomes: string[] = [];
      for (const [index, text] of messages.entries()) {
        const from = { source, organisation };
        const outcome = await outcomeOf(text, from);
        outcomes.push(`${index + 1} ${kindOf(text)} ${outcome}`);
        // Some samples name nobody but by ten equal digits: what else they say is read under a number of the hospital's own.
        if (!outcome.includes('PID-3')) continue;
        const numbered = await outcomeOf(withOwnNumber(text, organisation), from);
        expect(numbered).toMatch(/^taken/);
        outcomes.push(`${index + 1} ${kindOf(text)} with a number of ${organisation}'s own: ${numbered}`);
      }
      return outcomes;
    };
    const first = await list();
    expect(await list()).toEqual(first);
    process.stdout.write(`${file}\n${counted(first).join('\n')}\n`);
  });
});

/** What became of one message on its own; only a crash escapes. */
async function outcomeOf(text: string, from: Parameters<typeof tellMessages>[1]): Promise<string> {
  try {
    const { resources, links, doubts } = await tellMessages([text], from);
    // As it is stored: JSON knows no undefined.
    for (const resource of JSON.parse(JSON.stringify(resources)) as FhirResource[]) {
      expect(checkStructure(resource).problems).toEqual([]);
    }
    const told = [...resources.map(({ resourceType }) => resourceType), ...links.map(({ kind }) => kind)];
    const types = [...new Set(told)].join(', ');
    return doubts.length === 0 ? `taken: ${types}` : `taken with doubts: ${types} (${doubts.join('; ')})`;
  } catch (error) {
    if (error instanceof UnusableMessage) return `refused: ${error.message}`;
    throw error;
  }
}

function messagesIn(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => !line.startsWith('#'));
  return lines
    .join('\r')
    .split(/\r(?=MSH\|)/)
    .map((message) => message.trim())
    .filter((message) => message.startsWith('MSH'));
}

function withOwnNumber(text: string, organisation: string): string {
  return text.replace(/(\rPID\|[^|\r]*\|[^|\r]*\|)/, (pid) => `${pid}44120^^^${organisation}^MR~`);
}

function kindOf(text: string): string {
  return text.split('|', 9)[8] ?? '';
}

/** One line for each kind and outcome with how many had it: hundreds of messages fare alike. */
function counted(outcomes: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const words = outcome.replace(/^\d+ /, '');
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `  ${count} × ${words}`);
}
