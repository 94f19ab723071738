import { useEffect, useState, type ComponentType } from 'react';
import { Button } from '../../ui/button.tsx';
import { TitledSheet } from '../titled-sheet.tsx';
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
  const again = () => {
    setFailed(false);
    setAttempt(attempt + 1);
  };
  const told = failed ? (
    <div role="alert" className="text-sm">
      <p className="mb-2">
        This entry could not be opened: a part of this page did not arrive. Nothing of it is shown here. If trying again
        does not help, reload the page.
      </p>
      <Button icon="refresh" onClick={again}>
        Try again
      </Button>
    </div>
  ) : (
    <p role="status">Opening the entry.</p>
  );
  // Over the list it must be in sight, and named as the entry it is about.
  if (props.over) {
    return (
      <TitledSheet title={props.entry.title} onClose={props.onClose}>
        {told}
      </TitledSheet>
    );
  }
  return (
    <>
      <div className="mb-2 flex items-start justify-between gap-3">
        <h2 className="text-lg leading-6">{props.entry.title}</h2>
        <Button icon="close" onClick={props.onClose}>
          Close
        </Button>
      </div>
      {told}
    </>
  );
}
