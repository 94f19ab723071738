import { isSourceId, sourceNames } from '../../../fhir/sources.ts';
import type { Entry, Statement } from '../../timeline/entry.ts';

/** Who states an entry, each once, in the order of its statements: `GP`, `Whittington Hospital`. */
export function sourceLabels(entry: Entry): string[] {
  return [...new Set(entry.statements.map(sourceLabel))];
}

/** A statement's source in a word: the service's name, never the system's, and never blank. */
export function sourceLabel(statement: Statement): string {
  const { source, organisation } = statement;
  if (source !== undefined) return isSourceId(source) ? sourceNames[source].label : source;
  return organisation ?? 'Source not stated';
}
