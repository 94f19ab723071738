import { useEffect, useState } from 'react';
import { afterPaint } from '../../ui/after-paint.ts';

/** Rows beyond either end of the window that are in the page, so that a scroll finds them there. */
const beyond = 6;

/** How many rows beyond the window to draw: none with the first rows, which are painted the sooner for it, and then some (T12). */
export function useOverscan(hasRows: boolean): number {
  const [rows, setRows] = useState(0);
  useEffect(() => {
    if (!hasRows) return undefined;
    let wanted = true;
    void afterPaint().then(() => wanted && setRows(beyond));
    return () => {
      wanted = false;
    };
  }, [hasRows]);
  return rows;
}
