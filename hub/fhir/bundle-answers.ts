import { STATUS_CODES } from 'node:http';
import type { Answer } from './answer.ts';
import { outcomeOf, type FhirError } from './fhir-error.ts';

/** One entry of a batch-response or transaction-response as JSON text. */
export function answerEntry({ status, headers, body }: Answer): string {
  const updated = headers['last-modified'];
  const response = {
    status: statusLine(status),
    ...(headers['location'] === undefined ? {} : { location: headers['location'] }),
    ...(headers['etag'] === undefined ? {} : { etag: headers['etag'] }),
    ...(updated === undefined ? {} : { lastModified: new Date(updated).toISOString() }),
  };
  return `{${body === '' ? '' : `"resource":${body},`}"response":${JSON.stringify(response)}}`;
}

/** An entry that was refused, with why. */
export function refusalEntry(error: FhirError): string {
  return JSON.stringify({ response: { status: statusLine(error.status), outcome: outcomeOf(error) } });
}

function statusLine(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}
