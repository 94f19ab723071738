import type { Organization } from 'fhir/r4';
import { odsSystem } from '../../../fhir/systems.ts';
import type { KeptPiece, Piece, Scope, Told } from '../format.ts';
import type { Report } from './report.ts';

/** One scope an organisation, so that two reports at once rarely wait for each other. */
export function organisationScope(ods: string): string {
  return `organisation ${ods}`;
}

/** What organisations a report names, by their ODS codes. */
export function organisationPieces({ custodian, patient }: Report, at: string | undefined): Piece[] {
  const named = new Map<string, string>();
  for (const { ods, name } of [custodian, patient.practice ?? {}]) {
    if (ods !== undefined && name !== undefined && name !== 'UNKNOWN') named.set(ods, name);
  }
  return [...named].map(([ods, name]) => ({
    subject: '',
    scope: organisationScope(ods),
    name: 'name',
    at,
    content: name,
  }));
}

export function tellOrganisation({ scope }: Scope, pieces: readonly KeptPiece[]): Told {
  const ods = scope.replace(/^organisation /, '');
  const name = pieces.at(-1)?.content;
  if (name === undefined || name === '') return { resources: [], doubts: [] };
  const organisation: Organization = {
    resourceType: 'Organization',
    id: ods,
    identifier: [{ system: odsSystem, value: ods }],
    name,
  };
  return { resources: [organisation], doubts: [] };
}
