import type { Resource } from 'fhir/r4';
import { isSourceId, sourceNames } from '../../fhir/sources.ts';
import { provenanceTagSystem, sourceTagSystem } from '../../fhir/systems.ts';
import type { Statement } from './entry.ts';
import { items, keyOf, text } from './read.ts';

/** The source that states a resource (`emis`, or another system's name), from its Source tag; undefined when nobody said. */
export function sourceOf(resource: Resource): string | undefined {
  return tagOf(resource, sourceTagSystem);
}

/** ODS code, or name, of the organisation that states a resource, from its Provenance tag. */
export function organisationOf(resource: Resource): string | undefined {
  return tagOf(resource, provenanceTagSystem);
}

/** A row's short label for a source: `GP`, `Council`; another system's name as it is; `Source not stated`. */
export function sourceLabel(source: string | undefined): string {
  if (source === undefined) return 'Source not stated';
  return isSourceId(source) ? sourceNames[source].label : source;
}

/** The resource as one source's statement of an event. */
export function statementOf(resource: Resource): Statement {
  return {
    reference: keyOf(resource),
    resource,
    source: sourceOf(resource),
    organisation: organisationOf(resource),
  };
}

function tagOf(resource: Resource, system: string): string | undefined {
  const tag = items(resource.meta?.tag).find((item) => item.system === system);
  return text(tag?.code) ?? text(tag?.display);
}
