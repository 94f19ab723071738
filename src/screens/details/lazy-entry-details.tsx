import { useEffect, useState, type ComponentType } from 'react';
import { Button } from '../../ui/button.tsx';
import type { EntryDetailsProps } from './entry-details.tsx';

type Panel = ComponentType<EntryDetailsProps>;
let loaded: Panel | undefined;

/** Fetches the code of the details; the first row does without it (T12). Rejects when it cannot be fetched. */
export async function loadEntryDetails(): Promise<Panel> {
  loaded = (await import('./kept-entry-details.tsx')).KeptEntryDetails;
  return loaded;
}

/** An opened entry, as soon as the code for it is here; when that cannot be fetched it says so. */
export function LazyEntryDetails(props: EntryDetailsProps) {
  const [panel, setPanel] = useState<{ Panel: Panel | undefined }>({ Panel: loaded });
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (loaded !== undefined && attempt === 0) return undefined;
    let wanted = true;
    loadEntryDetails().then(
      (Panel) => wanted && setPanel({ Panel }),
      () => wanted && setFailed(true),
    );
    return () => {
      wanted = false;
    };
  }, [attempt]);

  const { Panel } = panel;
  if (Panel !== undefined) return <Panel {...props} />;
  if (!failed) return <p role="status">Opening the entry.</p>;
  const again = () => {
    setFailed(false);
    setAttempt(attempt + 1);
  };
  return (
    <div role="alert" className="p-4">
      <p className="mb-2">This entry could not be opened: a part of this page did not arrive.</p>
      <Button icon="refresh" onClick={again}>
        Try again
      </Button>{' '}
      <Button onClick={props.onClose}>Close</Button>
    </div>
  );
}
