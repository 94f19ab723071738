import '../../../src/styles.css';
import { startClock } from './clock.ts';
import { recordInMemory } from './record-in-memory.ts';

const record = await recordInMemory();
startClock({
  first: () => document.querySelector('[data-row]') !== null,
  all: () => document.querySelector('[data-row]')?.getAttribute('aria-setsize') !== null,
});
const { show } = await import('./show-floor.tsx');
show(Object.values(record.streams).flat());
