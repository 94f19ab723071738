import { parentPort } from 'node:worker_threads';
import { validateStructure } from '../validate.ts';
import { bindingProblems } from './bindings.ts';
import { isPlainlySound } from '../plainly-sound.ts';
import type { CheckOrder, CheckAnswer } from './structure-checks.ts';

// Checks structure and required codes on another core: loading the definitions takes half a second, and a check longer than
// anything else of a write. Nobody who reads meanwhile waits for it.

parentPort?.on('message', ({ id, texts }: CheckOrder) => {
  const problems = texts.map((text) => {
    const resource = JSON.parse(text) as { resourceType: string };
    const structural = isPlainlySound(resource) ? [] : validateStructure(resource);
    return structural.length > 0 ? structural : bindingProblems(resource, resource.resourceType);
  });
  parentPort?.postMessage({ id, problems } satisfies CheckAnswer);
});
