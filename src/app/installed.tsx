import { useEffect, useState, type ComponentType, type ReactNode } from 'react';

/** The first reads come first, milliseconds. */
const afterMs = 5000;

/**
 * Installs the app beside the page, once the first rows are through, and says when a new version is ready. Only in what is
 * served to people, and never inside another system's frame: there the browser keeps a separate, passing store, and the
 * page belongs to the system around it, which loads it anew at every launch.
 */
export function Installed(): ReactNode {
  'use no memo';
  const [part, setPart] = useState<{ Part: ComponentType }>();
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator) || window.top !== window) return undefined;
    const timer = setTimeout(() => {
      // Code that does not arrive now installs the app at the next opening; nothing of a record depends on it.
      import('./new-version.tsx').then(
        ({ NewVersion }) => setPart({ Part: NewVersion }),
        () => undefined,
      );
    }, afterMs);
    return () => clearTimeout(timer);
  }, []);
  return part === undefined ? null : <part.Part />;
}
