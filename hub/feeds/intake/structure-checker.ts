import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FhirResource } from 'fhir/r4';
import type { StructureReport } from '../../fhir/validate.ts';
import type { Findings } from './structure-worker.ts';

const sound: StructureReport = { problems: [], remarks: [] };

/** What is known of resources' structure before they are admitted. */
export interface KnownStructure {
  get(resource: FhirResource): StructureReport | undefined;
}

/**
 * Checks the structure of many resources on another core. Loading many records is bound by this check and by the
 * store, and neither waits for the other this way. One `check` at a time. Rejects when the worker fails.
 */
export class StructureChecker {
  /** By the very object that was checked. */
  readonly known = new WeakMap<FhirResource, StructureReport>();
  readonly #worker = new Worker(new URL('structure-worker.ts', import.meta.url));

  async check(resources: readonly FhirResource[]): Promise<void> {
    const answered = once(this.#worker, 'message');
    this.#worker.postMessage(resources);
    const [findings] = (await answered) as [Findings];
    for (const resource of resources) this.known.set(resource, sound);
    for (const [place, report] of findings) {
      const resource = resources[place];
      if (resource !== undefined) this.known.set(resource, report);
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
