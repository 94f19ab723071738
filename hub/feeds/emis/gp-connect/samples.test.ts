import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkStructure } from '../../../fhir/validate.ts';
import { isObject } from '../../../resource/json.ts';
import type { KeptPiece } from '../../format.ts';
import { gpConnect } from './gp-connect.ts';
import { mapRecord } from './map-record.ts';
import { message } from './testing-record.ts';

// Set SAMPLES_DIR to a folder of sample messages; without it there is nothing to read here.
const folder = process.env['SAMPLES_DIR'];

describe.skipIf(folder === undefined)('sample structured records (skipped unless SAMPLES_DIR is set)', () => {
  const records = folder === undefined ? '' : join(folder, 'emis', 'gp-connect');
  const names = folder === undefined ? [] : readdirSync(records).filter((name) => name.endsWith('.json'));

  it('are there', () => {
    expect(names).not.toEqual([]);
  });

  it.each(names)('%s is taken, twice with the same result, every resource sound and accounted for', async (name) => {
    const body = readFileSync(join(records, name), 'utf8');
    const { pieces, doubts } = gpConnect.sort(message(body));
    expect(gpConnect.sort(message(body)).pieces).toEqual(pieces);
    expect(doubts).toEqual([]);
    const kept = pieces.map((piece): KeptPiece => ({
      name: piece.name,
      at: piece.at ?? '',
      seq: 1,
      content: piece.content,
    }));
    const scope = {
      source: 'emis' as const,
      organisation: 'A82038',
      subject: pieces[0]?.subject ?? '',
      scope: 'structured record',
    };
    const told = await gpConnect.tell(scope, kept, () => Promise.resolve(new Map()));
    expect(await gpConnect.tell(scope, kept, () => Promise.resolve(new Map()))).toEqual(told);
    expect(told.doubts).toEqual([]);
    for (const resource of told.resources)
      expect(checkStructure(resource), resource.resourceType).toEqual({ problems: [], remarks: [] });

    const sent: unknown = JSON.parse(pieces[0]?.content ?? '{}');
    const resources = isObject(sent) && Array.isArray(sent['resources']) ? sent['resources'].filter(isObject) : [];
    const { account } = mapRecord(resources, scope.subject, scope.organisation);
    expect(account.total).toBe(resources.length);
    const lines = [...account.lines()].map(([what, count]) => `${what} ×${count}`);
    expect(lines.filter((line) => line.includes(': left '))).toEqual([]);
    process.stdout.write(`${[name, ...lines].join('\n  ')}\n`);
    // Every warning of every list reaches the page.
    const warnings = body.match(/"(?:confidential-items|data-in-transit|data-awaiting-filing)"/g)?.length ?? 0;
    const toldWarnings = told.resources.filter(
      (one) => one.resourceType === 'List' && one.extension !== undefined,
    ).length;
    expect(toldWarnings).toBeGreaterThanOrEqual(warnings === 0 ? 0 : 1);
  });
});
