import type { Lane } from '../timeline/entry.ts';
import { Icon } from '../ui/icon.tsx';
import { laneLooks } from './lane-look.ts';

/** The setting's icon on its tint. The word always stands beside it, or in the same row. */
export function LaneMark({ lane }: { lane: Lane }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const look = laneLooks[lane];
  return (
    <span className={`inline-flex size-7 shrink-0 items-center justify-center rounded-full ${look.chip}`}>
      <Icon name={look.icon} />
    </span>
  );
}
