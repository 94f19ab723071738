import { lazyPart } from '../lazy-part.tsx';
import { TitledSheet } from '../titled-sheet.tsx';
import type { PrintPanelProps } from './print-panel.tsx';

/** Print (T13), as soon as the code for it is here. */
export const { Part: LazyPrint } = lazyPart<PrintPanelProps>(
  async () => (await import('./print-panel.tsx')).PrintPanel,
  {
    waiting: 'Opening Print.',
    failed: 'Print could not be opened: a part of this page did not arrive. Nothing was printed.',
    frame: (told, { onClose }) => (
      <TitledSheet title="Print" onClose={onClose}>
        {told}
      </TitledSheet>
    ),
  },
);
