import { useSearchParams } from 'wouter';
import { lanes, type Lane } from '../../timeline/entry.ts';

/** Query parameter with the settings that are switched off, comma separated; absent when all are on. */
const parameter = 'hide';

export interface SettingFilter {
  hidden: ReadonlySet<Lane>;
  setShown: (lane: Lane, shown: boolean) => void;
  showAll: () => void;
}

/**
 * Which settings are hidden. It lives in the address, so that Back undoes it and a reload keeps it (T6); an address
 * names settings only, never the person.
 */
export function useSettingFilter(): SettingFilter {
  const [query, setQuery] = useSearchParams();
  const hidden = hiddenSettings(query.get(parameter));
  const write = (next: ReadonlySet<Lane>) =>
    setQuery((previous) => {
      const changed = new URLSearchParams(previous);
      if (next.size === 0) changed.delete(parameter);
      else changed.set(parameter, lanes.filter((lane) => next.has(lane)).join(','));
      return changed;
    });
  return {
    hidden,
    setShown: (lane, shown) => {
      const next = new Set(hidden);
      if (shown) next.delete(lane);
      else next.add(lane);
      write(next);
    },
    showAll: () => write(new Set()),
  };
}

/** Reads the parameter; words that are no setting hide nothing. */
export function hiddenSettings(text: string | null): ReadonlySet<Lane> {
  const named = new Set(text?.split(',') ?? []);
  return new Set(lanes.filter((lane) => named.has(lane)));
}
