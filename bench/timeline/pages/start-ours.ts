import '../../../src/styles.css';
import { readClock } from './clock.ts';
import { memorySession } from './memory-session.ts';
import { inMemory } from './record-in-memory.ts';

const { made: session, pausedMs } = await inMemory(memorySession);
readClock(pausedMs, {
  first: () => document.querySelector('[role=feed] article') !== null,
  all: () =>
    document.querySelector('[data-complete-to=all]') !== null &&
    document.querySelector('[role=feed] article')?.getAttribute('aria-setsize') !== '-1',
});
const { show } = await import('./show-ours.tsx');
show(session);
