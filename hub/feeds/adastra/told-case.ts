import type { Reference } from 'fhir/r4';
import type { KeptPiece, Scope } from '../format.ts';
import type { CaseExport } from './case-export.ts';
import type { Report } from './report.ts';

/** A report with when it was said, ISO 8601 UTC. */
export interface SaidReport {
  said: Report;
  at: string;
}

/** All that is kept of one case, on its way to becoming resources. */
export interface ToldCase {
  /** `caseKey`: the subject, and what every own id begins with. */
  key: string;
  /** ODS code of the service whose system sends. */
  organisation: string;
  export: { said: CaseExport; at: string } | undefined;
  /** By when they were said, oldest first; of one set the last version. */
  reports: SaidReport[];
  patient: Reference;
  /** What organisations are called, by ODS code. */
  names: ReadonlyMap<string, string>;
  /** Sentences for the operator. */
  doubts: Set<string>;
}

/** What the pieces of a case say, before anybody's name is known. */
export function gathered({ subject, organisation }: Scope, pieces: readonly KeptPiece[]): ToldCase {
  const told: ToldCase = {
    key: subject,
    organisation,
    export: undefined,
    reports: [],
    patient: { reference: `Patient/${subject}` },
    names: new Map(),
    doubts: new Set(),
  };
  for (const { content, at } of pieces) {
    if (content === '') continue;
    const said = JSON.parse(content) as CaseExport | Report;
    if (said.kind === 'export') told.export = { said, at };
    else told.reports.push({ said, at });
  }
  return told;
}
