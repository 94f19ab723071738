import { useId, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

export interface TitledSheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A sheet over the list with its title and a way back. */
export function TitledSheet({ title, onClose, children }: TitledSheetProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const id = useId();
  return (
    <Sheet labelledBy={id} onClose={onClose}>
      <div className="mb-2 flex items-start justify-between gap-3">
        <h2 id={id} tabIndex={-1} className="text-lg">
          {title}
        </h2>
        <Button icon="close" onClick={onClose}>
          Close
        </Button>
      </div>
      {children}
    </Sheet>
  );
}
