import { laneNames, lanes, type Lane } from '../../timeline/entry.ts';
import { CheckRow } from '../../ui/check-row.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { LaneMark } from '../lane-mark.tsx';
import type { SettingFilter } from './use-setting-filter.ts';

export interface SettingFilterListProps {
  filter: SettingFilter;
  /** Loaded entries of each setting, whatever is filtered. */
  counts: Readonly<Record<Lane, number>>;
}

/** The care settings, all on when the page opens, each with how many entries are loaded. */
export function SettingFilterList({ filter, counts }: SettingFilterListProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-bold text-secondary">Care setting</legend>
      {lanes.map((lane) => (
        <CheckRow
          key={lane}
          checked={!filter.hidden.has(lane)}
          onChange={(shown) => filter.setShown(lane, shown)}
          count={
            <>
              {counts[lane]}
              <VisuallyHidden>{counts[lane] === 1 ? ' entry' : ' entries'}</VisuallyHidden>
            </>
          }
        >
          <LaneMark lane={lane} />
          <span className="min-w-0">{laneNames[lane]}</span>
        </CheckRow>
      ))}
    </fieldset>
  );
}
