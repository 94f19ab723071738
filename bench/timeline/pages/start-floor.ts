import '../../../src/styles.css';
import { readClock } from './clock.ts';
import { inMemory } from './record-in-memory.ts';
import { show } from './show-floor.tsx';

async function start(): Promise<void> {
  const { made: resources, pausedMs } = await inMemory((record) => Object.values(record.streams).flat());
  readClock(pausedMs, {
    first: () => document.querySelector('[data-row]') !== null,
    all: () => document.querySelector('[data-row][aria-setsize]') !== null,
  });
  show(resources);
}

void start();
