import { QueryClient } from '@tanstack/react-query';

/**
 * The cache of opened entries and key information: in memory only, small, and without silent retries; a fault is shown
 * with a way to try again.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
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
}
