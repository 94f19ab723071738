import type { ResourceType } from '../../fhir/resource-types.ts';
import type { NewRow, Span } from '../store/rows.ts';
import type { Access, AccessFacts } from './access.ts';
import { decideAccess } from './policy/decide-access.ts';
import { readPolicy } from './policy/read-policy.ts';
import type { Reader } from './reader.ts';
import type { RowQuery } from './row-query.ts';

/** The policy that comes with the hub. */
export const usualPolicy = readPolicy('/nowhere');

/** What the usual policy gives: to a GP whose practice has the person, unless told otherwise. */
export function accessOf(facts: Partial<AccessFacts> = {}): Access {
  return decideAccess(usualPolicy, {
    role: 'R0260',
    organisation: 'F83004',
    ground: 'system',
    brokeGlass: false,
    denials: [],
    ...facts,
  });
}

/** Everything without a label, and a notice for the rest: what every labelled row can be tried against. */
export const unlabelledOnly: Access = accessOf({ role: 'service', ground: 'service' });

/** Somebody who opened this person from EMIS; by whatever role, what they are given is what `access` says. */
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
    access: unlabelledOnly,
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
