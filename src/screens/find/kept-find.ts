import type { Choice } from '../../timeline/filter.ts';
import { type Filters, outsideAddress } from './find-address.ts';

/**
 * What of a find is kept in the history entry and not in its address: the words searched for are patient data, and so may
 * an organisation's name be. It survives a reload and Back, and ends with the tab.
 */
export interface KeptFind extends Pick<Filters, 'sources' | 'organisations'> {
  text: string;
}

const noFind: KeptFind = { text: '' };
/** Longer than anybody types; a paste of a whole letter is no search. */
export const longestSearch = 200;

/** Writes into a history state, leaving there what others keep. `who` names the session: nobody else's record is searched with it. */
export function keepFind(state: unknown, who: string, text: string, filters: Filters): object {
  return { ...asObject(state), find: { who, text, ...outsideAddress(filters) } };
}

/** Reads a history state; what was kept for another session counts for nothing (harm: wrong patient, leaked record). */
export function keptFind(state: unknown, who: string): KeptFind {
  const kept = asObject(asObject(state)['find']);
  if (kept['who'] !== who) return noFind;
  const text = typeof kept['text'] === 'string' ? kept['text'].slice(0, longestSearch) : '';
  const [sources, organisations] = [readChoice(kept['sources']), readChoice(kept['organisations'])];
  return { text, ...(sources && { sources }), ...(organisations && { organisations }) };
}

function readChoice(value: unknown): Choice | undefined {
  const { how, values } = asObject(value);
  if ((how !== 'only' && how !== 'hide') || !Array.isArray(values)) return undefined;
  return { how, values: values.filter((word) => typeof word === 'string') };
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
