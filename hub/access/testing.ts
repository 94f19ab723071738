import type { ResourceType } from '../../fhir/resource-types.ts';
import type { NewRow, Span } from '../store/rows.ts';
import type { Reader } from './reader.ts';
import type { RowQuery } from './row-query.ts';

/** A GP who opened this person from EMIS. */
export function readerOf(patient: string, more: Partial<Reader> = {}): Reader {
  return {
    client: 'care-timeline',
    grant: 'grant-1',
    user: { id: 'u1', name: 'Dr Ada Byrne', role: 'R0260', organisation: 'F83004' },
    patient,
    scopes: [{ context: 'patient', type: '*', actions: 'rs' }],
    purpose: 'TREAT',
    from: 'EMIS',
    reason: undefined,
    ...more,
  };
}

/** What a row of these tests may differ in. */
export interface RowParts {
  type?: ResourceType;
  date?: Span | undefined;
  authored?: Span | undefined;
  tokens?: string[];
  mask?: number;
  text?: string;
}

/** A row of one person, or of the directory. */
export function newRow(patient: string, id: string, parts: RowParts = {}): NewRow {
  const type = parts.type ?? 'Encounter';
  return {
    patient,
    type,
    id,
    source: 'emis',
    origin: 'emis|1',
    mask: parts.mask ?? 0,
    search: { date: parts.date, authored: parts.authored, tokens: parts.tokens ?? [] },
    content: JSON.stringify({ resourceType: type, id, text: parts.text ?? 'x' }),
  };
}

/** A search for encounters, newest first, with no condition. */
export function newQuery(more: Partial<RowQuery> = {}): RowQuery {
  return {
    type: 'Encounter',
    ids: undefined,
    tokens: [],
    missing: [],
    dates: [],
    sort: { field: 'date', descending: true },
    limit: 1000,
    after: undefined,
    ...more,
  };
}
