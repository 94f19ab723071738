import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { watchVersions, type Versions } from './versions.ts';

/** Says that a new version is ready, with a press that loads it; put off, it is said again at the next opening. */
export function NewVersion(): ReactNode {
  const [versions, setVersions] = useState<Versions>();
  useEffect(() => {
    let wanted = true;
    watchVersions(navigator.serviceWorker, () => window.location.reload()).then(
      (watched) => wanted && setVersions(watched),
      // Not installed: the page works as it did, from the network.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, []);
  return versions === undefined ? null : <NewVersionNotice versions={versions} />;
}

/** The notice alone, for versions that are being watched. */
export function NewVersionNotice({ versions }: { versions: Versions }): ReactNode {
  const ready = useSyncExternalStore(versions.subscribe, versions.isNewReady);
  const [putOff, setPutOff] = useState(false);
  return (
    <div role="status" className="fixed bottom-0 left-0 z-40 max-w-full p-3 print:hidden">
      {ready && !putOff && (
        <div className="flex flex-wrap items-center gap-2 rounded border border-l-4 border-control border-l-brand bg-card px-3 py-2 text-sm shadow-md">
          <p>
            A new version of Care Timeline is ready. Loading it keeps an open session, and begins at the top of its
            record.
          </p>
          <Button look="primary" onClick={versions.load}>
            Load it
          </Button>
          <Button onClick={() => setPutOff(true)}>Later</Button>
        </div>
      )}
    </div>
  );
}
