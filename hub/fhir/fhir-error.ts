import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';

/** A refusal that is told to the client as an OperationOutcome. Its text is for people and holds no patient data. */
export class FhirError extends Error {
  readonly status: number;
  readonly code: OperationOutcomeIssue['code'];
  readonly headers: Record<string, string>;

  constructor(status: number, code: OperationOutcomeIssue['code'], text: string, headers: Record<string, string> = {}) {
    super(text);
    this.name = 'FhirError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** A request that cannot be understood: 400. */
export function badRequest(text: string): FhirError {
  return new FhirError(400, 'invalid', text);
}

/** Something FHIR knows and this hub does not serve: 400, so that it is never taken for an answer. */
export function notSupported(text: string): FhirError {
  return new FhirError(400, 'not-supported', text);
}

/** Nothing here, or nothing this reader may see: the two are never told apart. */
export function notFound(text: string): FhirError {
  return new FhirError(404, 'not-found', text);
}

export function outcomeOf(error: FhirError): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: error.code, details: { text: error.message }, diagnostics: error.message }],
  };
}

/** A name from the request, safe to repeat in a sentence: printable and short. */
export function quoted(name: string): string {
  const printable = name.replace(/[^\x20-\x7e]/g, '?');
  return `"${printable.length > 60 ? `${printable.slice(0, 60)}…` : printable}"`;
}
