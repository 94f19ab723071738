import { Notice } from '../../ui/notice.tsx';

export interface ActOutcomeProps {
  /** What was done, once the hub has it. */
  said: string | undefined;
  /** Why nothing was, in words. */
  failure: string | undefined;
}

/** What became of an act: told to a screen reader too, and that nothing has changed where it failed. */
export function ActOutcome({ said, failure }: ActOutcomeProps) {
  return (
    <>
      <div role="status" className="mt-2 text-sm font-bold empty:hidden">
        {said}
      </div>
      {failure !== undefined && (
        <div role="alert" className="mt-2">
          <Notice look="failure">Not saved, nothing has changed. {failure}</Notice>
        </div>
      )}
    </>
  );
}
