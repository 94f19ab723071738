import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);

/** A file's content; or why it can never be taken, in a sentence without patient data; or that it is still growing. */
export type FileRead = { bytes: Buffer; mark: string } | { refused: string } | 'growing';

/**
 * Reads a file whole, unpacked where its name ends with `.gz`. Of one that is too large, or unpacks to what is too large,
 * no more than the limit is held. Rejects when the drive fails.
 */
export async function readWhole(path: string, limit: number): Promise<FileRead> {
  const before = await fileMark(path);
  if (before.size > limit) return { refused: tooLarge(limit) };
  const packed = await readFile(path);
  if ((await fileMark(path)).mark !== before.mark || packed.length !== before.size) return 'growing';
  if (!path.toLowerCase().endsWith('.gz')) return { bytes: packed, mark: before.mark };
  try {
    return { bytes: await unzip(packed, { maxOutputLength: limit }), mark: before.mark };
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return { refused: code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(limit) : 'The file cannot be unpacked.' };
  }
}

/** Size and last change: what differs when somebody wrote to the file in between. */
export async function fileMark(path: string): Promise<{ size: number; mark: string }> {
  const { size, mtimeMs } = await stat(path);
  return { size, mark: `${size} ${mtimeMs}` };
}

function tooLarge(limit: number): string {
  return `The file is larger than ${Math.round(limit / 1024 / 1024)} MiB.`;
}
