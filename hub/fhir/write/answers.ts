import type { ReadRow } from '../../store/rows.ts';
import { json, outcomeText, resourceAnswer, type Answer } from '../answer.ts';
import { badRequest } from '../fhir-error.ts';
import type { Written } from './commit.ts';

/** What a client wants back from a write (R4 RESTful API, Prefer). */
export type Preferred = 'minimal' | 'representation' | 'OperationOutcome';

/** Reads `Prefer`; other preferences than `return` are nobody's concern here. Throws 400 for a `return` FHIR does not have. */
export function readPrefer(header: string | undefined): Preferred {
  const wanted = /(?:^|[,;\s])return=([A-Za-z-]+)/.exec(header ?? '')?.[1] ?? 'representation';
  if (wanted !== 'minimal' && wanted !== 'representation' && wanted !== 'OperationOutcome') {
    throw badRequest('Prefer: return= is minimal, representation or OperationOutcome.');
  }
  return wanted;
}

/** The answer to one write: 201 with its address, 200, or 204 where there is nothing to send. */
export function writtenAnswer(base: string, { row, created, deleted }: Written, preferred: Preferred): Answer {
  if (deleted) return { ...json('', 204), headers: { etag: `W/"${row.version}"` } };
  const whole = resourceAnswer(row);
  const headers = created ? { ...whole.headers, location: locationOf(base, row) } : whole.headers;
  const status = created ? 201 : 200;
  if (preferred === 'representation') return { status, headers, body: whole.body };
  const said = created ? 'Created.' : 'Updated.';
  return { status, headers, body: preferred === 'minimal' ? '' : outcomeText(said) };
}

/** The address of the version that a write made. */
export function locationOf(base: string, row: Pick<ReadRow, 'type' | 'id' | 'version'>): string {
  return `${base}/${row.type}/${row.id}/_history/${row.version}`;
}
