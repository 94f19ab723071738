import '../../../src/styles.css';
import { startClock } from './clock.ts';
import { memorySession } from './memory-session.ts';
import { recordInMemory } from './record-in-memory.ts';

const record = await recordInMemory();
const session = memorySession(record);
startClock({
  first: () => document.querySelector('[role=feed] article') !== null,
  all: () =>
    document.querySelector('[data-complete-to=all]') !== null &&
    document.querySelector('[role=feed] article')?.getAttribute('aria-setsize') !== '-1',
});
const { show } = await import('./show-ours.tsx');
show(session);
