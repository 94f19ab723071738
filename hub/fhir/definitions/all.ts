import type { ResourceType } from '../../../fhir/resource-types.ts';
import { clinicalDefinitions } from './clinical.ts';
import type { Definition } from './define.ts';
import { documentDefinitions } from './documents.ts';
import { eventDefinitions } from './events.ts';
import { planningDefinitions } from './planning.ts';
import { whoDefinitions } from './who.ts';

const byType = new Map<ResourceType, Definition>(
  [eventDefinitions, clinicalDefinitions, planningDefinitions, documentDefinitions, whoDefinitions]
    .flat()
    .map((definition) => [definition.type, definition]),
);

/** What search knows of one type. Every served type has a definition (all.test.ts). */
export function definitionOf(type: ResourceType): Definition {
  const definition = byType.get(type);
  if (definition === undefined) throw new Error(`no search definition for ${type}`);
  return definition;
}
