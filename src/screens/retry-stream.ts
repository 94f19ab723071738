import { streamIds, type RecordReader } from '../record/record-state.ts';

/** Reads again what a notice or a gap names: streams, with spaces between, or the list of sources. */
export function retryStream(reader: RecordReader, names: string): void {
  for (const name of names.split(' ')) {
    const stream = streamIds.find((id) => id === name);
    if (stream !== undefined) reader.retry(stream);
    else if (name === 'sources') reader.retry('sources');
  }
}
