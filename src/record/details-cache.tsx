import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import type { Session } from '../launch/session.ts';

/**
 * What opened entries brought: in memory only, small, and without silent retries; a fault is shown with a way to try
 * again. It outlives the closing of an entry, so that opening it again is at once.
 */
const cache = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      gcTime: 120_000,
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      refetchOnMount: false,
      // Whether the hub can be reached is for the read to find out; a paused query would look like a slow one.
      networkMode: 'always',
    },
  },
});

const watched = new WeakSet<Session>();

/** Gives the details of opened entries their cache, and empties it the moment the session ends. */
export function DetailsCache({ session, children }: { session: Session; children: ReactNode }) {
  useEffect(() => {
    if (watched.has(session)) return;
    watched.add(session);
    // For good: the session may end while no entry is open.
    session.onEnd(() => cache.clear());
  }, [session]);
  return <QueryClientProvider client={cache}>{children}</QueryClientProvider>;
}
