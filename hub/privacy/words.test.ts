import { expect, it } from 'vitest';
import type { AuditLine } from '../audit/lines.ts';
import { foldedWords } from './words.ts';

const line = (more: Partial<AuditLine>) => ({ action: 'search', outcome: 'served', ...more }) as AuditLine;
const once = (more: Partial<AuditLine>) => foldedWords({ line: line(more), since: '', count: 1, types: [] });

it('a trail names what was read as the page itself does, and no resource type', () => {
  expect(foldedWords({ line: line({}), since: '', count: 21, types: ['Flag', 'Encounter', 'Task'] })).toBe(
    'read 21 times: visits and stays, social care, alerts',
  );
  expect(once({ action: 'create', type: 'Consent' })).toBe('wrote something new (consents)');
  expect(once({ action: 'look-at-audit', detail: 'by person' })).toBe('looked at who looked (by person)');
});

it('what was refused says so, with why where the trail has it', () => {
  expect(once({ action: 'read', type: 'Binary', outcome: 'refused', detail: 'sealed' })).toBe(
    'Refused: read one item (letters): sealed',
  );
});
