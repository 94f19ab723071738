import { lazyPart } from '../lazy-part.tsx';
import type { OwnAccessLineProps } from './own-access-line.tsx';

/** On what ground the record is read, once the rows have been painted. */
export const { Part: LazyOwnAccessLine } = lazyPart<OwnAccessLineProps>(
  async () => (await import('./own-access-line.tsx')).OwnAccessLine,
  {
    waiting: '',
    failed: 'On what ground you read this is not shown: a part of this page did not arrive.',
    behind: true,
  },
);
