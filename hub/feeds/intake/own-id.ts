import { createHash } from 'node:crypto';
import type { JsonObject } from '../../resource/json.ts';
import { isObject } from '../../resource/json.ts';

/** How a source's own id was found: an id that was stated can clash, one that was derived is numbered instead. */
export interface OwnId {
  id: string;
  stated: boolean;
}

/**
 * A source's own id for a resource: its id; else the id in its address; else its first identifier; else a digest of
 * its content. `urn:uuid:` addresses are made anew at every export by many systems and so identify nothing.
 */
export function ownIdOf(resource: JsonObject, fullUrl: string | undefined): OwnId {
  const { id } = resource;
  if (typeof id === 'string' && id !== '') return { id, stated: true };
  const [, fromUrl] = /^https?:.*\/[A-Z][A-Za-z]+\/([^/?#|\s]+)$/.exec(fullUrl ?? '') ?? [];
  if (fromUrl !== undefined) return { id: fromUrl, stated: true };
  const identifier = identifiersOf(resource)[0];
  if (identifier !== undefined) return { id: `identifier:${identifier}`, stated: false };
  return { id: `sha256:${createHash('sha256').update(JSON.stringify(resource)).digest('hex')}`, stated: false };
}

/** Every identifier with a value as `system|value`, the form conditional references use. */
export function identifiersOf(resource: JsonObject): string[] {
  const stated = resource['identifier'];
  const list = Array.isArray(stated) ? stated : [stated];
  return list.flatMap((identifier) => {
    if (!isObject(identifier) || typeof identifier['value'] !== 'string') return [];
    return [`${typeof identifier['system'] === 'string' ? identifier['system'] : ''}|${identifier['value']}`];
  });
}
