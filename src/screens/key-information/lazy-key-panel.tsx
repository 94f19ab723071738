import { lazyPart } from '../lazy-part.tsx';
import type { KeyPanelProps } from './key-panel.tsx';

/** All key information, as soon as the code for it is here; what is urgent stands in the strip from the first row on. */
export const { Part: LazyKeyPanel } = lazyPart<KeyPanelProps>(async () => (await import('./key-panel.tsx')).KeyPanel, {
  waiting: 'Key information is being opened.',
  failed: 'Key information could not be opened: a part of this page did not arrive. Nothing of it is shown here.',
  behind: true,
});
