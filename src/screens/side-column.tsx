import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { column } from './column.ts';

export interface SideColumnProps {
  /** The opened entry, where one is open and still in the record. */
  details: ReactNode;
  /** Whether something was opened, whatever has become of it. */
  opened: boolean;
  keyInformation: ReactNode;
  onClose: () => void;
}

/** Beside the list: the opened entry, else the key information. */
export function SideColumn({ details, opened, keyInformation, onClose }: SideColumnProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <aside
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by key (WCAG 2.1.1)
      tabIndex={0}
      aria-label={opened ? 'Opened entry' : 'Key information'}
      className={`${column} border-l border-line bg-card px-5 py-2`}
    >
      {details}
      {opened && details === undefined && (
        <Notice actions={<Button onClick={onClose}>Close</Button>}>
          The entry that was open here is no longer in the record.
        </Notice>
      )}
      {!opened && (
        <>
          <h2 className="text-base">Key information</h2>
          {keyInformation}
        </>
      )}
    </aside>
  );
}
