import { parentPort } from 'node:worker_threads';
import { checkStructure, type StructureReport } from '../../fhir/validate.ts';

// Checks structure on another core while the intake writes what was checked before.

/** Only resources of which there is something to say, by their place in what was sent. */
export type Findings = [place: number, report: StructureReport][];

parentPort?.on('message', (resources: unknown[]) => {
  const findings: Findings = [];
  for (const [place, resource] of resources.entries()) {
    const report = checkStructure(resource);
    if (report.problems.length > 0 || report.remarks.length > 0) findings.push([place, report]);
  }
  parentPort?.postMessage(findings);
});
