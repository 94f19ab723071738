import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientLevelData } from './client-level-data.ts';
import { columnOf } from './cld-columns.ts';
import { messageOf } from './testing.ts';
import type { CodeList } from './interweave.ts';
import { codeFor } from './words.ts';

// Facts about the return that were gathered from public sources; they are no part of the project.
const folder = process.env['SAMPLES_DIR'];

describe.skipIf(folder === undefined)(
  'the columns and values of the return, from SAMPLES_DIR (skipped where it is not set)',
  () => {
    const text =
      folder === undefined ? '' : readFileSync(join(folder, 'liquidlogic/cld-columns-and-values.md'), 'utf8');
    const headers = /^Submission: [^]*?Planned units per week$/m.exec(text)?.[0] ?? '';
    const names = headers
      .split('\n')
      .flatMap((line) => line.replace(/^[A-Z][\w ]*(?: \([\w ]+\))?: /, '').split(' | '))
      .map((name) => name.trim());

    it('every column is known', () => {
      expect(names.length).toBeGreaterThan(45);
      expect(names.filter((name) => columnOf(name) === undefined)).toEqual([]);
    });

    it('a file of all columns is taken without a doubt, twice with the same result', () => {
      const file = [
        names.join(','),
        names.map((name) => (name === 'LA Code' ? '706' : name === 'Event Type' ? 'Service' : '7')).join(','),
      ];
      const message = messageOf(clientLevelData, file.join('\n'));
      const sorted = clientLevelData.sort(message);
      expect(sorted.doubts).toEqual([]);
      expect(sorted.pieces).toHaveLength(1);
      expect(clientLevelData.sort(message)).toEqual(sorted);
    });

    it.each<[string, CodeList, string[]]>([
      ['Service Type', 'SocialCareServiceCategory', []],
      // What the guide's list has no value for stays in words.
      ['Service Component', 'SocialCareServiceType', ['(Extra care housing, R2)']],
      ['Primary Support Reason', 'SocialCareSupportReason', ['Social Support: Support to Carer', 'Unknown']],
      ['Event Outcome', 'SocialCareAssessmentOutcome', []],
    ])('every %s is coded, but for those that have no code', (heading, list, uncoded) => {
      const [, line = ''] = new RegExp(`^${heading}: (.*)$`, 'm').exec(text) ?? [];
      const values = line
        .replace(/\s+\(R2 uses.*$/, '')
        .split(' | ')
        .map((value) => value.trim());
      expect(values.length).toBeGreaterThan(5);
      expect(values.filter((value) => codeFor(list, value) === undefined)).toEqual(uncoded);
    });
  },
);
