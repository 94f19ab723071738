import type { CapabilityStatement, CapabilityStatementRestResource, Extension } from 'fhir/r4';
import { resourceTypes } from '../../fhir/resource-types.ts';
import { capabilityOf, defaultCount, maximumCount } from './capabilities.ts';
import type { Capability, Parameter } from './capabilities.ts';
import { groundOperations } from './grounds/operations.ts';
import { isWritable } from './write/writable.ts';
import { definitionOf } from './definitions/all.ts';

/** Of operations that are this hub's own. */
const ownDefinitions = 'https://care-timeline.example/fhir/OperationDefinition';
const oauthUris = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';

/** `/metadata`, written from the table that requests are checked by, so that it cannot promise what is not served. */
export function capabilityStatement(base: string, smart: object): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-22',
    kind: 'instance',
    software: { name: 'Care Timeline hub' },
    implementation: { description: 'Care Timeline hub', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'For one person at a time: the one the access token names. An app writes what it is registered for, changes only what ' +
          'it wrote, and names the version it changes by If-Match; ids are given here. A patch is JSON Patch. Parameters, modifiers, prefixes and includes ' +
          'that are not listed are refused. Search parameters combine as AND when repeated; tokens, references and _id as ' +
          `OR with commas. Dates take eq, ne, gt, ge, lt, le, sa and eb. _count is ${defaultCount} unless stated and ` +
          `${maximumCount} at most. Pages are followed by their next link. _total=accurate counts what the reader may see; ` +
          'without it Bundles have no total. _summary=count answers the count alone. _elements keeps what is mandatory or ' +
          'changes the meaning. A history takes _count and _since, Patient/$everything also _type. Bundles end with ' +
          'OperationOutcome entries that say which sources are late or missing and whether anything is withheld.',
        security: {
          cors: true,
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                  display: 'SMART-on-FHIR',
                },
              ],
              text: 'OAuth2 using SMART App Launch 2.2',
            },
          ],
          extension: [{ url: oauthUris, extension: endpoints(smart) }],
        },
        resource: resourceTypes.map((type) => resource(capabilityOf(type))),
        interaction: [{ code: 'batch' }, { code: 'transaction' }],
      },
    ],
  };
}

const reading = ['read', 'search-type'] as const;
const readingVersions = ['vread', 'history-instance', 'history-type'] as const;
const writing = ['create', 'update', 'patch', 'delete'] as const;

function resource(capability: Capability): CapabilityStatementRestResource {
  const { type, live, parameters, includes, revincludes, sorts } = capability;
  const writable = isWritable(type);
  const audit = type === 'AuditEvent';
  const codes = [
    ...(live ? reading : [...reading, ...readingVersions]),
    ...(audit ? (['create'] as const) : writable ? writing : []),
  ];
  return {
    type,
    documentation:
      (sorts.size === 0 ? 'No _sort.' : `_sort by one of: ${[...sorts.keys()].join(', ')}, each also with a minus.`) +
      (audit
        ? ' The person is told every line about them, everybody else their own. What is taken is one of type 110106 (Export) ' +
          'and of subtype print: the app tells that it printed what it may read.'
        : live
          ? ' One for each source, with its state at the moment of asking.'
          : ''),
    interaction: codes.map((code) => ({ code })),
    versioning: live ? 'no-version' : writable ? 'versioned-update' : 'versioned',
    readHistory: !live,
    updateCreate: false,
    conditionalCreate: writable,
    conditionalRead: 'not-supported',
    conditionalUpdate: writable,
    conditionalDelete: writable ? 'single' : 'not-supported',
    referencePolicy: ['literal', ...(writable ? (['enforced'] as const) : [])],
    ...(includes.length === 0 ? {} : { searchInclude: includes.map((name) => `${type}:${name}`) }),
    ...(revincludes.length === 0 ? {} : { searchRevInclude: [...revincludes] }),
    ...(type === 'Patient'
      ? {
          operation: [
            { name: 'everything', definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything' },
            ...groundOperations.map((name) => ({ name, definition: `${ownDefinitions}/${name}` })),
          ],
        }
      : {}),
    searchParam: [...parameters.values()].map((parameter) => ({
      name: parameter.name,
      type: typeOf(parameter),
      ...(documentation(type, parameter) === '' ? {} : { documentation: documentation(type, parameter) }),
    })),
  };
}

function typeOf({ kind }: Parameter): 'token' | 'date' | 'reference' {
  if (kind === 'id') return 'token';
  return kind === 'person' ? 'reference' : kind;
}

function documentation(type: Capability['type'], parameter: Parameter): string {
  const own = definitionOf(type).own?.includes(parameter.name) ?? false;
  const notes = [
    ...(own ? ['Defined by this server: R4 has no such parameter for this type.'] : []),
    ...(parameter.kind === 'person' ? ['The person of the access token; any other is refused.'] : []),
    ...(parameter.kind === 'reference' && parameter.missing ? ['Also with :missing.'] : []),
  ];
  return notes.join(' ');
}

/** The SMART 1.0 form of the addresses, for clients that read them here (SMART 2.2, conformance). */
function endpoints(smart: object): Extension[] {
  const names = { authorize: 'authorization', token: 'token', introspect: 'introspection', revoke: 'revocation' };
  return Object.entries(names).flatMap(([url, name]) => {
    const address: unknown = Reflect.get(smart, `${name}_endpoint`);
    return typeof address === 'string' ? [{ url, valueUri: address }] : [];
  });
}
