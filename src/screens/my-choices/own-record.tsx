import { useState } from 'react';
import type { Session } from '../../launch/session.ts';
import { DetailsCache } from '../../record/details-cache.tsx';
import { Button } from '../../ui/button.tsx';
import { TitledSheet } from '../titled-sheet.tsx';
import { WhoLooked } from '../who-looked/who-looked.tsx';
import { MyReadings } from '../my-readings/my-readings.tsx';
import { MyChoices } from './my-choices.tsx';
import { mayShare } from './reads-own.ts';

export interface OwnRecordProps {
  session: Session;
  /** The person shared something or took it back: the record is to be read again. */
  onChanged: () => void;
}

/** What the person can do with their own record: decide who may look, read who did, and share what they measure. */
export function OwnRecord({ session, onChanged }: OwnRecordProps) {
  const [open, setOpen] = useState<'choices' | 'looked' | 'readings'>();
  const close = () => setOpen(undefined);
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <Button onClick={() => setOpen('choices')}>Who may look</Button>
      <Button onClick={() => setOpen('looked')}>Who looked</Button>
      {mayShare(session) && <Button onClick={() => setOpen('readings')}>Share a reading</Button>}
      {open === 'readings' && (
        <TitledSheet title="Share a reading" onClose={close}>
          <DetailsCache session={session}>
            <MyReadings session={session} onChanged={onChanged} />
          </DetailsCache>
        </TitledSheet>
      )}
      {open === 'choices' && (
        <TitledSheet title="Who may look" onClose={close}>
          <DetailsCache session={session}>
            <MyChoices session={session} />
          </DetailsCache>
        </TitledSheet>
      )}
      {open === 'looked' && (
        <TitledSheet title="Who looked" onClose={close}>
          <WhoLooked session={session} />
        </TitledSheet>
      )}
    </div>
  );
}
