import type { Session } from '../../launch/session.ts';
import { breakGlass, type OwnAccess } from '../../record/own-access.ts';
import { glassProblem, glassReasons, type GlassReason } from '../../timeline/ground-words.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TitledSheet } from '../titled-sheet.tsx';
import { ReasonForm } from './reason-form.tsx';
import { useAct } from './use-act.ts';

export interface GlassSheetProps {
  session: Session;
  lastResort: NonNullable<OwnAccess['lastResort']>;
  now: number;
  onBroken: () => void;
  onClose: () => void;
}

const reasons = (Object.keys(glassReasons) as GlassReason[]).map((code) => ({ code, words: glassReasons[code] }));

/** The last resort: a reason of the list, words, and what happens then, said before it happens. */
export function GlassSheet({ session, lastResort, now, onBroken, onClose }: GlassSheetProps) {
  const act = useAct();
  const send = (code: GlassReason, words: string) =>
    void act.run(async () => {
      await breakGlass(session, code, words);
      onBroken();
    });
  return (
    <TitledSheet title="Open what is withheld" onClose={onClose}>
      {act.stale || now >= lastResort.until ? (
        <TooLongAgo again={lastResort.again} openedFrom={session.openedFrom} />
      ) : (
        <>
          <p className="mb-3 text-sm">
            This is the last resort, where care cannot wait. What the law keeps closed stays closed.
          </p>
          <ReasonForm
            legend="Why you open it"
            choices={reasons}
            hint="In ten characters or more. The person can read it."
            longest={500}
            problemOf={glassProblem}
            submit="Open what is withheld"
            busy={act.busy}
            failure={act.failure}
            onSubmit={send}
          >
            <p className="mt-3">
              The person and the privacy officer are told that you opened it, when, and why. It is open in this visit
              only, for two hours at most.
            </p>
          </ReasonForm>
        </>
      )}
    </TitledSheet>
  );
}

/** Who sits here now must be who signed on. */
function TooLongAgo({ again, openedFrom }: { again: 'sign-on' | 'launch'; openedFrom: string | undefined }) {
  if (again === 'sign-on') {
    return (
      <Notice
        look="plain"
        actions={
          <LinkButton look="primary" href="/?afresh">
            Sign on again
          </LinkButton>
        }
      >
        You signed on more than five minutes ago. Sign on again and choose this person; then open what is withheld.
      </Notice>
    );
  }
  return (
    <Notice look="plain">
      This record was opened more than five minutes ago. Open it again from {openedFrom ?? 'your clinical system'}; then
      open what is withheld within five minutes.
    </Notice>
  );
}
