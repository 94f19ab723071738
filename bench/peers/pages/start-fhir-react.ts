import '../../../src/styles.css';
import { readClock } from '../../timeline/pages/clock.ts';
import { inMemory } from '../../timeline/pages/record-in-memory.ts';

const { made: record, pausedMs } = await inMemory((record) => record);
const items = () => document.querySelectorAll('[data-row]').length;
readClock(pausedMs, { first: () => items() > 0, all: () => items() >= record.entries });
const { show } = await import('./show-fhir-react.tsx');
show(record);
