import { lazyPart } from '../lazy-part.tsx';

/** Filters and sources: fetched beside the record, for the first rows do without them. */
export const { Part: FindColumn } = lazyPart(async () => (await import('./find-column.tsx')).FindColumn, {
  waiting: 'Filters and sources are on their way.',
  failed: 'Filters and sources could not be fetched: which sources are connected is not shown here.',
  behind: true,
});

/** What is switched on, above the list. */
export const { Part: FindResults } = lazyPart(async () => (await import('./find-results.tsx')).FindResults, {
  waiting: 'Searching.',
  failed: 'What is searched and filtered for could not be shown.',
});
