import { formatClock } from '../dates.ts';
import { listed, recordsName } from '../source-words.ts';
import { lowerStart } from '../words.ts';
import type { FailedStream } from './facts.ts';
import type { Notice } from './notice.ts';

/**
 * What could not be read, each thing once: streams that the same sources feed are told together, and read again by one
 * press. A stream that failed alone is told as that stream, since the rest of its sources was read.
 */
export function downNotices(failed: readonly FailedStream[]): Notice[] {
  return togetherBy(failed, ({ sources }) => sources.join(' ')).map((group) => {
    const stream = group.map((each) => each.stream).join(' ');
    const at = formatClock(Math.max(...group.map((each) => each.at)));
    return {
      kind: 'down',
      key: `down:${stream}`,
      text: `${couldNotBeRead(group, at)} Entries may be missing.`,
      action: { label: 'Try again', what: 'retry', stream },
    };
  });
}

interface NamedStream {
  streamName: string;
  sources: readonly string[];
}

/** Streams of the same sources in words: as the whole source, where several of its streams failed and nobody else feeds them. */
export function namesTogether(group: readonly NamedStream[]): {
  whole: string | undefined;
  streams: string;
  sources: string[];
} {
  const sources = (group[0]?.sources ?? []).map(recordsName);
  const streams = listed(group.map(({ streamName }, place) => (place === 0 ? streamName : lowerStart(streamName))));
  return { whole: group.length > 1 && sources.length === 1 ? sources[0] : undefined, streams, sources };
}

function couldNotBeRead(group: readonly NamedStream[], at: string): string {
  const { whole, streams, sources } = namesTogether(group);
  // A whole source is named first: that is what a reader knows it by.
  if (whole !== undefined) {
    return `${whole} could not be read at ${at}: ${group.map(({ streamName }) => lowerStart(streamName)).join(', ')}.`;
  }
  return `${streams}${sources.length === 0 ? '' : ` from ${listed(sources)}`} could not be read at ${at}.`;
}

/** What has the same key, together, in the order each key was first met. */
export function togetherBy<T>(list: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
