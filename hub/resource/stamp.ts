import { provenanceTagSystem, sourceTagSystem } from '../../fhir/systems.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject } from './json.ts';

/** On `meta` of every stored resource: when the hub received the message it came in (valueInstant). */
const receivedExtension = 'https://care-timeline.example/fhir/StructureDefinition/received';
/** On `meta` where the source stated a `meta.source` of its own (valueUri). */
const statedSourceExtension = 'https://care-timeline.example/fhir/StructureDefinition/stated-source';

/** Where a resource comes from. */
export interface Origin {
  source: string;
  /** ODS code. */
  organisation: string | undefined;
  message: { id: string; receivedAt: string };
}

// The parts of meta the hub writes itself.
const written = new Set(['versionId', 'lastUpdated', 'source', 'tag', 'extension']);

/** The URI of a source, as `meta.source` and as the system of references that lead nowhere. */
export function sourceUri(source: string): string {
  return `urn:care-timeline:source:${encodeURIComponent(source)}`;
}

/**
 * `meta` as the hub stores it: `source` is `urn:care-timeline:source:NAME#MESSAGE`, the Source and Provenance tags of
 * the Interweave guide replace whatever the source put there, the time of receipt is an extension, labels and profiles
 * stay. The source's version and time of change give way to the store's own.
 */
export function stampedMeta(meta: Json | undefined, origin: Origin): JsonObject {
  const stated = isObject(meta) ? meta : {};
  const rest = Object.fromEntries(Object.entries(stated).filter(([key]) => !written.has(key)));
  const tags = listOf(stated['tag']).filter(
    (tag) => !isObject(tag) || (tag['system'] !== sourceTagSystem && tag['system'] !== provenanceTagSystem),
  );
  const statedSource = stated['source'];
  const extensions = listOf(stated['extension']).filter((extension) => !isOurs(extension));
  return {
    extension: [
      ...extensions,
      ...(typeof statedSource === 'string' && !statedSource.startsWith('urn:care-timeline:')
        ? [{ url: statedSourceExtension, valueUri: statedSource }]
        : []),
      { url: receivedExtension, valueInstant: origin.message.receivedAt },
    ],
    source: `${sourceUri(origin.source)}#${encodeURIComponent(origin.message.id)}`,
    ...rest,
    tag: [
      ...tags,
      { system: sourceTagSystem, code: origin.source },
      ...(origin.organisation === undefined ? [] : [{ system: provenanceTagSystem, code: origin.organisation }]),
    ],
  };
}

/**
 * A stored or new resource without what differs from one telling to the next: message, receipt, version. Two tellings
 * with the same bare text say the same, and the first one's message stays on record.
 */
export function bareText(resource: JsonObject): string {
  const meta = isObject(resource['meta']) ? resource['meta'] : {};
  const { versionId: _version, lastUpdated: _updated, source, extension, ...rest } = meta;
  const bareSource = typeof source === 'string' ? source.replace(/#.*$/, '') : null;
  const extensions = listOf(extension).filter((item) => !isObject(item) || item['url'] !== receivedExtension);
  return JSON.stringify(sorted({ ...resource, meta: { ...rest, source: bareSource, extension: extensions } }));
}

/** Keys in one order at the top levels, since the store writes into `meta` where it likes. */
function sorted(resource: JsonObject): JsonObject {
  const meta = isObject(resource['meta']) ? resource['meta'] : {};
  return { ...byKey(resource), meta: byKey(meta) };
}

function byKey(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isOurs(extension: Json): boolean {
  return isObject(extension) && (extension['url'] === receivedExtension || extension['url'] === statedSourceExtension);
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
