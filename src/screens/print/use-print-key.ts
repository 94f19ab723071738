import { useEffect } from 'react';

/** The browser's own key for printing opens Print instead: it would print the screen, not the record (T13). */
export function usePrintKey(onPrint: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'p' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      onPrint();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [onPrint]);
}
