import type { ReactNode } from 'react';
import type { KeyItem } from '../../timeline/key-information/topics.ts';
import { Chip } from '../../ui/chip.tsx';

/** One statement: what, how sure, who states it, when it was recorded and how old that source's data is. */
export function KeyItemLine({ item, children }: { item: KeyItem; children?: ReactNode }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const said = [item.source, item.recorded, item.age].filter((word) => word !== undefined);
  return (
    <li className="border-b border-line py-1 last:border-b-0">
      {item.label !== undefined && (
        <>
          <Chip>{item.label}</Chip>{' '}
        </>
      )}
      <b>{item.text}</b>
      {item.detail.map((words) => ` · ${words}`).join('')}
      {children}
      <span className="block text-xs text-secondary">{said.join(' · ')}</span>
    </li>
  );
}
