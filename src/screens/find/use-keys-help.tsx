import { useRef, useState, type ReactNode } from 'react';
import { lazyPart } from '../lazy-part.tsx';
import { TitledSheet } from '../titled-sheet.tsx';

const help = lazyPart(async () => (await import('./keys-help.tsx')).KeysHelp, {
  waiting: 'Opening the keys.',
  failed: 'What the keys do could not be fetched.',
});

/** The help of keys, as a sheet to mount, and the way to open it. Focus goes back where it was. */
export function useKeysHelp(): { open: () => void; sheet: ReactNode } {
  'use no memo';
  const [shown, setShown] = useState(false);
  const before = useRef<Element>(null);
  const close = () => {
    setShown(false);
    const element = before.current;
    if (element instanceof HTMLElement) requestAnimationFrame(() => element.focus({ preventScroll: true }));
  };
  return {
    open() {
      before.current = document.activeElement;
      setShown(true);
    },
    sheet: shown && (
      <TitledSheet title="Keys" onClose={close}>
        <help.Part />
      </TitledSheet>
    ),
  };
}
