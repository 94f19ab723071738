import { useRef, useState } from 'react';
import type { Session } from '../../launch/session.ts';
import { declareGround, type OwnAccess } from '../../record/own-access.ts';
import type { Banner } from '../../timeline/banner.ts';
import { declarable, declarationProblem, type Declarable } from '../../timeline/ground-words.ts';
import { Button } from '../../ui/button.tsx';
import { useFixedHeight } from '../../ui/use-fixed-height.ts';
import { PatientBanner } from '../banner/patient-banner.tsx';
import { GlassSheet } from './glass-sheet.tsx';
import { loadAgain } from './load-again.ts';
import { ReasonForm } from './reason-form.tsx';
import { useAct } from './use-act.ts';
import { useOwnAccess } from './use-own-access.ts';

export interface KeptRecordProps {
  session: Session;
  banner: Banner;
  /** Whether the record is being read again. */
  reading: boolean;
  /** What follows once the hub gives more than it did. */
  startAnew?: () => void;
}

const choices = (Object.keys(declarable) as Declarable[]).map((code) => ({ code, ...declarable[code] }));

/**
 * In the timeline's place where all of it is kept from this reader: who the person is, why no more is shown, and what can
 * be done about it. Never an empty list, which would say that no care was given (T3).
 */
export function KeptRecord({ session, banner, reading, startAnew = loadAgain }: KeptRecordProps) {
  const { known, again } = useOwnAccess(session);
  /** When the last resort was asked for, epoch milliseconds. */
  const [opening, setOpening] = useState<number>();
  const declaring = useAct();
  const header = useRef<HTMLElement>(null);
  // A sheet begins beneath it.
  useFixedHeight(header);
  const access = known.status === 'read' ? known.access : undefined;
  const declare = (ground: Declarable, words: string) =>
    void declaring.run(async () => {
      await declareGround(session, ground, words);
      startAnew();
    });
  const waits = known.status === 'reading' || reading;
  const who = session.user.name === undefined ? '' : `${session.user.name}, `;
  return (
    <>
      <header ref={header} className="sticky top-0 z-20">
        <PatientBanner
          banner={banner}
          full={session.needPatientBanner}
          opened={session.openedFrom && `${who}opened from ${session.openedFrom}`}
        />
      </header>
      <main className="mx-auto max-w-180 px-3 py-5 sm:px-5" data-testid="kept-record">
        <p
          data-testid="completeness"
          data-shown="0"
          data-statements="0"
          data-complete-to="none"
          data-hidden="0"
          data-withheld="some"
          data-failed=""
          data-strangers="0"
          className="mb-3 text-sm"
        >
          Some information is not shown to you, for privacy.
        </p>
        <p role="status" className="mb-3 text-sm empty:hidden">
          {waits ? 'Reading what you may see.' : ''}
        </p>
        {known.status === 'failed' && (
          <p role="alert" className="mb-3 text-sm">
            Why no more is shown could not be read.{' '}
            <Button icon="refresh" onClick={again}>
              Try again
            </Button>
          </p>
        )}
        {!waits && known.status !== 'failed' && <Why access={access} openedFrom={session.openedFrom} />}
        {!waits && access?.ground === 'none' && access.mayDeclare && (
          <ReasonForm
            legend="Why you open this record"
            choices={choices}
            hint="Needed when the person is not here"
            longest={300}
            problemOf={declarationProblem}
            submit="Open the record"
            busy={declaring.busy}
            failure={declaring.failure}
            onSubmit={declare}
          >
            <p className="mt-3">It holds for two years, and you can end it. The person can read who looked and when.</p>
          </ReasonForm>
        )}
        {!waits && access !== undefined && access.ground !== 'none' && access.lastResort !== undefined && (
          <Button onClick={() => setOpening(Date.now())}>Open what is withheld…</Button>
        )}
        {opening !== undefined && access?.lastResort !== undefined && (
          <GlassSheet
            session={session}
            lastResort={access.lastResort}
            now={opening}
            onClose={() => setOpening(undefined)}
            onBroken={startAnew}
          />
        )}
        <p className="mt-5 text-xs text-secondary">
          Items may be withheld by law or by the person's choice. Viewing here does not file or act.
        </p>
      </main>
    </>
  );
}

/** Why no more is shown, as far as it may be said. */
function Why({ access, openedFrom }: { access: OwnAccess | undefined; openedFrom: string | undefined }) {
  if (access?.ground === 'none' && access.mayDeclare) {
    return (
      <>
        <h2 className="mb-2 text-xl">Say why you open this record</h2>
        <p className="mb-4 text-sm">
          {openedFrom ?? 'The system it was opened from'} does not have this person as its own. You see who the person
          is. Their record is shown once you have said why you need it.
        </p>
      </>
    );
  }
  const words =
    access?.mayDeclare === false && access.shows === 'person'
      ? 'In your role you see who the person is, and nothing else of the record.'
      : 'This does not mean that there is no record, or that no care was given.';
  return (
    <>
      <h2 className="mb-2 text-xl">The record is not shown to you</h2>
      <p className="mb-4 text-sm">{words}</p>
    </>
  );
}
