import '../../../src/styles.css';
import { readClock } from '../../timeline/pages/clock.ts';
import { inMemory } from '../../timeline/pages/record-in-memory.ts';

const { made: record, pausedMs } = await inMemory((record) => record);
const items = () => document.querySelectorAll('[data-testid=timeline-item]').length;
readClock(pausedMs, { first: () => items() > 0, all: () => items() >= record.entries });
/** It shows ten, and ten more at a press: the presses are made for it, one a frame, and no hand could be faster. */
function pressMore(): void {
  const more = [...document.querySelectorAll('button')].find(({ textContent }) => /more/i.test(textContent));
  more?.click();
  if (items() < record.entries) requestAnimationFrame(pressMore);
}
requestAnimationFrame(pressMore);
const { show } = await import('./show-medplum.tsx');
show(record);
