/** All bytes of an answer, or undefined when there are more than `most`: the rest is not waited for. */
export async function readBody(answer: Response, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream: ReadableStream<Uint8Array> | null = answer.body;
  if (stream === null) return new Uint8Array();
  for await (const part of stream) {
    length += part.length;
    // Leaving the loop cancels the stream, and the connection with it.
    if (length > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
