import { lazyPart } from '../lazy-part.tsx';
import type { OwnRecordProps } from './own-record.tsx';

/** Who may look and who looked, for the person themself, once the rows have been painted. */
export const { Part: LazyOwnRecord } = lazyPart<OwnRecordProps>(
  async () => (await import('./own-record.tsx')).OwnRecord,
  {
    waiting: '',
    failed: 'Who may look, and who looked, cannot be opened: a part of this page did not arrive.',
    behind: true,
  },
);
