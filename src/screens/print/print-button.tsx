import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../lazy-part.tsx';
import { TitledSheet } from '../titled-sheet.tsx';
import type { PrintPanelProps } from './print-panel.tsx';

const panel = lazyPart<PrintPanelProps>(async () => (await import('./print-panel.tsx')).PrintPanel, {
  waiting: 'Opening Print.',
  failed: 'Print could not be opened: a part of this page did not arrive. Nothing was printed.',
  frame: (told, { onClose }) => (
    <TitledSheet title="Print" onClose={onClose}>
      {told}
    </TitledSheet>
  ),
});

/** Opens Print (T13), and so does the browser's own key for it, which would print the screen instead of the record. */
export function PrintButton({ className, ...panelProps }: Omit<PrintPanelProps, 'onClose'> & { className?: string }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'p' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      <Button className={className} onClick={() => setOpen(true)}>
        Print
      </Button>
      {open && <panel.Part {...panelProps} onClose={() => setOpen(false)} />}
    </>
  );
}
