import { createRoot } from 'react-dom/client';
import type { Session } from '../../../src/launch/session.ts';
import { createRecordReader } from '../../../src/record/record-reader.ts';
import { TimelineScreen } from '../../../src/screens/timeline-screen.tsx';

/** The product's own page, from the session on. */
export function show(session: Session): void {
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no #root.');
  createRoot(root).render(<TimelineScreen session={session} reader={createRecordReader(session)} />);
}
