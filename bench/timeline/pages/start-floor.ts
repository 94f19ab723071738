import '../../../src/styles.css';
import { readClock } from './clock.ts';
import { inMemory } from './record-in-memory.ts';

const { made: resources, pausedMs } = await inMemory((record) => Object.values(record.streams).flat());
readClock(pausedMs, {
  first: () => document.querySelector('[data-row]') !== null,
  all: () => document.querySelector('[data-row][aria-setsize]') !== null,
});
const { show } = await import('./show-floor.tsx');
show(resources);
