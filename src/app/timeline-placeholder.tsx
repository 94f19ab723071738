import type { Session } from '../launch/session.ts';
import type { RecordReader } from '../record/record-state.ts';
import { useRecord } from '../record/use-record.ts';

export function TimelineScreen({ session, reader }: { session: Session; reader: RecordReader }) {
  const record = useRecord(reader);
  return (
    <main>
      <h1>{session.hubName}</h1>
      <p>{record.streams.Encounter.resources.length} visits</p>
    </main>
  );
}
