import '../../../src/styles.css';
import { readClock } from './clock.ts';
import { memorySession } from './memory-session.ts';
import { inMemory } from './record-in-memory.ts';
import { show } from './show-ours.tsx';

// Not awaited at the top: what lazy parts share with a module that awaits there is cut into forty files, and the product has seven.
async function start(): Promise<void> {
  const { made: session, pausedMs } = await inMemory(memorySession);
  readClock(pausedMs, {
    first: () => document.querySelector('[role=feed] article') !== null,
    all: () =>
      document.querySelector('[data-complete-to=all]') !== null &&
      document.querySelector('[role=feed] article')?.getAttribute('aria-setsize') !== '-1',
  });
  show(session);
}

void start();
