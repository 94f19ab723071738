import { parsePartialDate } from '../../../fhir/partial-date.ts';
import type { CompletenessFacts } from './facts.ts';

/**
 * How far back loading has got, from 0 to just under 1: the time read of the time that the connected sources say they cover
 * (T12). Undefined where nothing has been read yet or no source says where it starts: how many entries are still to come nobody
 * knows (`Bundle.total` is never trusted, T3). Entries before the start of every source are loaded as well.
 */
export function loadShare({
  completeTo,
  sources,
  readAt,
}: Pick<CompletenessFacts, 'completeTo' | 'sources' | 'readAt'>): number | undefined {
  const back = parsePartialDate(completeTo)?.start;
  const starts = sources
    .filter(({ status }) => status !== 'not-connected')
    .flatMap(({ startsFrom }) => parsePartialDate(startsFrom)?.start ?? []);
  if (back === undefined || readAt === undefined || starts.length === 0) return undefined;
  const whole = readAt - Math.min(...starts);
  // A bar that is full while loading goes on would say that it is done.
  return whole <= 0 ? undefined : Math.min(Math.max((readAt - back) / whole, 0), 0.97);
}
