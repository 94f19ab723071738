import { DetailsCache } from '../../record/details-cache.tsx';
import { EntryDetailsPanel, type EntryDetailsProps } from './entry-details.tsx';

/** The details of an opened entry with their cache: one piece, loaded when it is first needed. */
export function KeptEntryDetails(props: EntryDetailsProps) {
  return (
    <DetailsCache session={props.session}>
      <EntryDetailsPanel {...props} />
    </DetailsCache>
  );
}
