import { useEffect, useState } from 'react';
import type { Session } from '../../launch/session.ts';
import { endGround } from '../../record/own-access.ts';
import { brokenWords, groundWords } from '../../timeline/ground-words.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Unbroken } from '../../ui/unbroken.tsx';
import { GlassSheet } from './glass-sheet.tsx';
import { loadAgain } from './load-again.ts';
import { useAct } from './use-act.ts';
import { useOwnAccess } from './use-own-access.ts';

export interface OwnAccessLineProps {
  session: Session;
  /** What follows once the hub gives more, or less, than it did. */
  startAnew?: () => void;
}

/** On what ground the record is read and the way to end it, and the way to what is withheld, the last resort. */
export function OwnAccessLine({ session, startAnew = loadAgain }: OwnAccessLineProps) {
  const { known, again } = useOwnAccess(session);
  /** When the last resort was asked for, epoch milliseconds. */
  const [opening, setOpening] = useState<number>();
  const ending = useAct();
  const access = known.status === 'read' ? known.access : undefined;
  const broken = access?.broken;
  useEffect(() => {
    if (broken === undefined) return undefined;
    const timer = setTimeout(startAnew, broken.leftMs);
    return () => clearTimeout(timer);
  }, [broken, startAnew]);

  if (known.status === 'failed') {
    return (
      <p role="alert" className="text-xs">
        On what ground you read this could not be read.{' '}
        <Button look="quiet" className="-my-1 px-1 text-xs" onClick={again}>
          Try again
        </Button>
      </p>
    );
  }
  if (access === undefined) return null;
  const words = groundWords(access.ground, access.until, session.openedFrom ?? 'the system it was opened from');
  const end = () =>
    void ending.run(async () => {
      await endGround(session);
      startAnew();
    });
  return (
    <div
      data-testid="own-access"
      data-ground={access.ground}
      className="flex min-w-0 flex-wrap items-center gap-x-2 text-xs text-secondary"
    >
      {(words !== undefined || access.revocable) && (
        <span>
          {words !== undefined && (
            <span>
              <Unbroken words={words} />
            </span>
          )}{' '}
          {access.revocable && (
            <Button look="quiet" className="-my-1 px-0! text-xs max-sm:-my-3" aria-disabled={ending.busy} onClick={end}>
              End it
            </Button>
          )}
        </span>
      )}
      {ending.failure !== undefined && (
        <span role="alert" className="font-bold text-failure">
          {ending.failure}
        </span>
      )}
      <span role="status" className="inline-flex items-center gap-1 font-bold text-text empty:hidden">
        {broken !== undefined && (
          <>
            <Icon name="warning" size={14} /> {brokenWords(broken.until)}
          </>
        )}
      </span>
      {access.withheld === 'some' && access.lastResort !== undefined && (
        <Button look="quiet" className="-my-1 px-1 text-xs" onClick={() => setOpening(Date.now())}>
          Open what is withheld…
        </Button>
      )}
      {opening !== undefined && access.lastResort !== undefined && (
        <GlassSheet
          session={session}
          lastResort={access.lastResort}
          now={opening}
          onClose={() => setOpening(undefined)}
          onBroken={startAnew}
        />
      )}
    </div>
  );
}
