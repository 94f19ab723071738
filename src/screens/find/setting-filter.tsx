import { laneNames, lanes } from '../../timeline/entry.ts';
import { LaneMark } from '../lane-mark.tsx';
import { ChoiceGroup } from './choice-group.tsx';
import type { Find } from './use-find.ts';

export interface SettingFilterProps {
  find: Pick<Find, 'filters' | 'choose'>;
  counts: ReadonlyMap<string, number>;
  /** Settings of which something could not be read. */
  short: ReadonlySet<string>;
}

/** The care settings, always all seven and in one order: a setting without an entry is said with its 0, not left out. */
export function SettingFilter({ find, counts, short }: SettingFilterProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <ChoiceGroup
      legend="Care setting"
      choice={find.filters.lanes}
      all={lanes}
      onChoose={(choice) => find.choose('lanes', choice)}
      options={lanes.map((lane) => ({
        value: lane,
        words: laneNames[lane],
        count: counts.get(lane) ?? 0,
        short: short.has(lane),
        icon: <LaneMark lane={lane} />,
      }))}
    />
  );
}
