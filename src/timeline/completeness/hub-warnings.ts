import type { OperationOutcomeIssue } from 'fhir/r4';
import type { HubLackFacts } from './facts.ts';

/** What the hub warns of about the whole record, in its own words: something may be missing for it (T3). Its plain information is none. */
export function hubWarnings(issues: readonly OperationOutcomeIssue[]): HubLackFacts[] {
  return issues
    .filter(({ severity }) => severity !== 'information')
    .map(({ code, details, diagnostics }) => {
      const said = details?.text ?? diagnostics;
      return { kind: 'lacks', key: `hub-warns:${said ?? code}`, text: said ?? `The hub reports something ${code}.` };
    });
}
