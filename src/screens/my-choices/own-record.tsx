import { useState } from 'react';
import type { Session } from '../../launch/session.ts';
import { DetailsCache } from '../../record/details-cache.tsx';
import { Button } from '../../ui/button.tsx';
import { TitledSheet } from '../titled-sheet.tsx';
import { WhoLooked } from '../who-looked/who-looked.tsx';
import { MyChoices } from './my-choices.tsx';

export interface OwnRecordProps {
  session: Session;
}

/** What the person can do with their own record: decide who may look, and read who did. */
export function OwnRecord({ session }: OwnRecordProps) {
  const [open, setOpen] = useState<'choices' | 'looked'>();
  const close = () => setOpen(undefined);
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <Button onClick={() => setOpen('choices')}>Who may look</Button>
      <Button onClick={() => setOpen('looked')}>Who looked</Button>
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
