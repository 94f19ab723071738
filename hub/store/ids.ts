import { hash } from 'node:crypto';

// Namespace of every id this hub derives, so that no other UUIDv5 scheme can meet the same ids.
const namespace = Buffer.from('6f0c2b0e7b1d4f0f9d0a5c1e8a3b7f42', 'hex');

/**
 * The hub's id for a source's own resource: UUIDv5 (RFC 9562, 5.5) of (source, type, own id), so that a replay meets the
 * same row. Never used for a person: those ids are random, because NHS numbers can be enumerated.
 */
export function resourceId(source: string, type: string, ownId: string): string {
  const name = Buffer.from(JSON.stringify([source, type, ownId]));
  const digest = hash('sha1', Buffer.concat([namespace, name]), 'buffer');
  const bytes = digest.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
