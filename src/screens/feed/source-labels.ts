import type { Entry } from '../../timeline/entry.ts';
import { sourceLabel } from '../../timeline/source.ts';

/** Who states an entry, each once, in the order of its statements: `GP`, `Whittington Hospital`; never blank. */
export function sourceLabels(entry: Entry): string[] {
  return [...new Set(entry.statements.map(({ source, organisation }) => sourceLabel(source ?? organisation)))];
}
