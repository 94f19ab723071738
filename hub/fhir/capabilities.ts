import { isDirectoryType, resourceTypes } from '../../fhir/resource-types.ts';
import type { ResourceType } from '../../fhir/resource-types.ts';
import type { DateField } from '../access/row-query.ts';
import { definitionOf } from './definitions/all.ts';

/** What a search parameter compares with. `person` is the one person the token names. */
export type Parameter =
  | { kind: 'person'; name: string }
  | { kind: 'id'; name: string }
  | { kind: 'date'; name: string; field: DateField }
  | { kind: 'token'; name: string }
  | { kind: 'reference'; name: string; targets: readonly ResourceType[]; missing: boolean };

/** What can be asked of one type. Requests are checked by it and /metadata is written from it. */
export interface Capability {
  type: ResourceType;
  /** Kept in a person's compartment, so that a token reads one person's only. */
  ofPerson: boolean;
  /** Answered from the sources' present state, or from the audit, rather than from stored rows; has no history. */
  live: boolean;
  parameters: ReadonlyMap<string, Parameter>;
  /** Values of `_include`, without the type: `location`. */
  includes: readonly string[];
  /** Values of `_revinclude`: `Observation:encounter`. The person's own rows only, and never by whose they are. */
  revincludes: readonly string[];
  /** Keys of `_sort`. */
  sorts: ReadonlyMap<string, DateField>;
}

/** `_count` when the request has none, and the most one page holds. */
export const defaultCount = 100;
export const maximumCount = 500;

const byType = new Map<ResourceType, Capability>(resourceTypes.map((type) => [type, describe(type)]));

/** What can be asked of a type the hub serves. */
export function capabilityOf(type: ResourceType): Capability {
  const capability = byType.get(type);
  if (capability === undefined) throw new Error(`no capability for ${type}`);
  return capability;
}

function describe(type: ResourceType): Capability {
  const { date, authored, tokens, references } = definitionOf(type);
  const live = type === 'Endpoint' || type === 'AuditEvent';
  const dates: [string, DateField][] = live ? [] : [['_lastUpdated', 'updated']];
  if (date !== undefined) dates.push([date.param, 'date']);
  if (authored !== undefined) dates.push([authored.param, 'authored']);
  const parameters: Parameter[] = [
    { kind: 'id', name: '_id' },
    ...dates.map(([name, field]): Parameter => ({ kind: 'date', name, field })),
    ...Object.keys(tokens).map((name): Parameter => ({ kind: 'token', name })),
    ...Object.entries(references).map(([name, { targets, missing }]): Parameter =>
      name === 'patient' ? { kind: 'person', name } : { kind: 'reference', name, targets, missing: missing ?? false },
    ),
  ];
  return {
    type,
    ofPerson: !isDirectoryType(type),
    live,
    parameters: new Map(parameters.map((parameter) => [parameter.name, parameter])),
    includes: Object.keys(references),
    revincludes: pointersTo(type),
    sorts: new Map(dates),
  };
}

function pointersTo(target: ResourceType): string[] {
  if (isDirectoryType(target)) return [];
  return resourceTypes
    .filter((type) => !isDirectoryType(type))
    .flatMap((type) =>
      Object.entries(definitionOf(type).references).flatMap(([name, { targets }]) =>
        name !== 'patient' && targets.includes(target) ? [`${type}:${name}`] : [],
      ),
    );
}
