import type { ReactNode } from 'react';
import { allows, type Choice, toggled } from '../../timeline/filter.ts';
import { classNames } from '../../ui/class-names.ts';
import { Button } from '../../ui/button.tsx';
import { CheckRow } from '../../ui/check-row.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';

export interface Option {
  value: string;
  words: string;
  /** Entries it would leave, given the other filters. */
  count: number;
  /** Whether some of what belongs here could not be read, so that the count may be too small. */
  short?: boolean;
  icon?: ReactNode;
}

export interface ChoiceGroupProps {
  legend: string;
  options: readonly Option[];
  choice: Choice | undefined;
  /** The values, where there can be no others. */
  all?: readonly string[];
  /** Whether the legend stands above it; else it heads the fold that this is in, on the same line as None and All. */
  titled?: boolean;
  onChoose: (choice: Choice | undefined) => void;
}

/** Values to switch off and on, all on at the start, each with how many entries it would leave; None makes room to pick a few. */
export function ChoiceGroup({ legend, options, choice, all, titled = true, onChoose }: ChoiceGroupProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <div role="group" aria-label={legend} className="relative">
      {titled && (
        <p aria-hidden="true" className="text-sm leading-6 font-bold text-secondary max-sm:leading-11">
          {legend}
        </p>
      )}
      {options.map(({ value, words, count, short, icon }) => (
        <CheckRow
          key={value}
          checked={allows(choice, value)}
          onChange={(shown) => onChoose(toggled<string>(choice, value, shown, all))}
          count={countWords(count, short)}
        >
          {icon}
          <span className="min-w-0">{words}</span>
        </CheckRow>
      ))}
      {/* After the values, so that they are met first by key; it stands beside the legend. */}
      <Button
        look="quiet"
        className={classNames(
          'absolute right-0 px-1 py-0 font-normal',
          titled ? '-top-1 max-sm:top-0' : '-top-8 max-sm:-top-11',
        )}
        onClick={() => onChoose(choice === undefined ? { how: 'only', values: [] } : undefined)}
      >
        {choice === undefined ? 'None' : 'All'}
        <VisuallyHidden> of: {legend}</VisuallyHidden>
      </Button>
    </div>
  );
}

/** A bare 0 would say that there is nothing; where something was not read, it is only what was read (misreading 16). */
function countWords(count: number, short = false): ReactNode {
  if (!short) {
    return (
      <>
        {count}
        <VisuallyHidden>{count === 1 ? ' entry' : ' entries'}</VisuallyHidden>
      </>
    );
  }
  return (
    <span className="font-bold text-text">
      {count} read<VisuallyHidden> (not all could be read)</VisuallyHidden>
    </span>
  );
}
