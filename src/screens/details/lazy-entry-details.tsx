import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../lazy-part.tsx';
import { TitledSheet } from '../titled-sheet.tsx';
import type { EntryDetailsProps } from './entry-details.tsx';

/** An opened entry, as soon as the code for it is here; when that cannot be fetched it says so. */
export const { Part: LazyEntryDetails, load: loadEntryDetails } = lazyPart<EntryDetailsProps>(
  async () => (await import('./kept-entry-details.tsx')).KeptEntryDetails,
  {
    waiting: 'Opening the entry.',
    failed: 'This entry could not be opened: a part of this page did not arrive. Nothing of it is shown here.',
    frame: (told, { entry, over, onClose }) =>
      // Over the list it must be in sight, and named as the entry it is about.
      over ? (
        <TitledSheet title={entry.title} onClose={onClose}>
          {told}
        </TitledSheet>
      ) : (
        <>
          <div className="mb-2 flex items-start justify-between gap-3">
            <h2 className="text-lg leading-6">{entry.title}</h2>
            <Button icon="close" onClick={onClose}>
              Close
            </Button>
          </div>
          {told}
        </>
      ),
  },
);
