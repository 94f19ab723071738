import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../fhir/validate.ts';
import { nhs111Report } from './report-format.ts';
import { messageOf, toldOf } from './testing.ts';

// Set SAMPLES_DIR to a folder of sample messages; without it there is nothing to read here.
const folder = process.env['SAMPLES_DIR'];

describe.skipIf(folder === undefined)('sample 111 reports (skipped unless SAMPLES_DIR is set)', () => {
  const reports = folder === undefined ? '' : join(folder, 'adastra', 'nhs111-cda');
  const names = folder === undefined ? [] : readdirSync(reports).filter((name) => name.endsWith('.xml'));

  it('are there', () => {
    expect(names).not.toEqual([]);
  });

  it.each(names)('%s is taken, twice with the same result, every resource sound', async (name) => {
    const bytes = readFileSync(join(reports, name));
    const text = bytes.toString('utf8');
    const first = nhs111Report.sort(messageOf(nhs111Report, bytes));
    expect(nhs111Report.sort(messageOf(nhs111Report, bytes))).toEqual(first);
    const told = await toldOf([nhs111Report, text]);
    expect((await toldOf([nhs111Report, text], [nhs111Report, text])).resources).toEqual(told.resources);
    for (const resource of told.resources) expect(checkStructure(resource).problems).toEqual([]);
    const reported = first.pieces.filter(({ subject }) => subject !== '').length;
    expect(told.resources.filter(({ resourceType }) => resourceType === 'DocumentReference')).toHaveLength(reported);
    expect(told.resources.filter(({ resourceType }) => resourceType === 'Encounter')).toHaveLength(reported);
    // Every word of every section's title that is in the message is in what is told of it.
    const words = told.resources.flatMap((resource) =>
      resource.resourceType === 'DocumentReference'
        ? [Buffer.from(resource.content[0]?.attachment.data ?? '', 'base64').toString('utf8')]
        : [],
    );
    const titles = ["Patient's Reported Condition", 'Pathways Disposition', 'Consultation Summary', 'Advice Given'];
    for (const title of titles.filter((each) => text.includes(each))) expect(words.join(' ')).toContain(title);
  });
});
