import { count } from '../words.ts';
import { type CompletenessFacts, loadedCount, readBackTo } from './facts.ts';
import type { Notice } from './notice.ts';

/** How many entries are loaded and how far back that is complete; "all" only where nothing is known to be missing. */
export function loadedNotice(facts: CompletenessFacts): Notice {
  const loaded = loadedCount(facts);
  const entries = count(loaded, 'entry', 'entries');
  const back = backTo(facts);
  const base = { kind: 'loaded', key: 'loaded' } as const;
  if (facts.status === 'loading') {
    const text = back === undefined ? 'The record is loading.' : `${entries} loaded, ${back}. Older ones are loading.`;
    return { ...base, text, action: { label: 'Stop', what: 'stop' } };
  }
  if (facts.status === 'stopped') {
    const far = back === undefined ? '' : `, ${back}`;
    return {
      ...base,
      text: `Loading stopped. ${entries} loaded${far}.`,
      action: { label: 'Load the rest', what: 'resume' },
    };
  }
  const failed =
    facts.failedStreams.length > 0 || facts.sources.some((source) => source.status === 'failed') || facts.strangers > 0;
  const action = { label: 'What is not connected?', what: 'show-sources' } as const;
  if (failed || facts.completeTo !== 'all') {
    const far = back === undefined ? '' : ` Complete ${back}, as far as sources could be read.`;
    return { ...base, text: `${entries} loaded.${far} Not all could be read.`, action };
  }
  if (loaded === 0) {
    return {
      kind: 'empty',
      key: 'loaded',
      text: 'Connected sources sent no entries. This does not mean no care was given.',
      action,
    };
  }
  const told = facts.sources.filter((source) => source.status !== 'not-connected').length;
  const all = loaded === 1 ? 'The one entry' : `All ${entries}`;
  const verb = loaded === 1 ? 'is' : 'are';
  if (facts.sourcesRead !== 'read' || told === 0) {
    return { ...base, text: `${all} sent ${verb} loaded. Which sources are connected is not known.`, action };
  }
  return { ...base, text: `${all} sent by ${count(told, 'source')} ${verb} loaded.`, action };
}

function backTo(facts: CompletenessFacts): string | undefined {
  const date = readBackTo(facts);
  return date === undefined ? undefined : `from today back to ${date}`;
}
