import type { FailureKind } from '../../launch/session.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useOnline } from '../../ui/use-online.ts';
import { failureWords } from '../failure-words.ts';

export interface UnreadBannerProps {
  status: 'loading' | 'failed';
  failure: FailureKind | undefined;
  onRetry: () => void;
}

/** In the banner's place while nobody knows whose record this is; no entry is shown beside it (harm: wrong patient). */
export function UnreadBanner({ status, failure, onRetry }: UnreadBannerProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const offline = !useOnline();
  return (
    <section
      aria-label="Patient"
      data-testid="patient-banner"
      data-nhs-number=""
      className="border-t-4 border-t-brand bg-card px-4 py-3 sm:px-5"
    >
      {status === 'loading' ? (
        <p role="status">Reading whose record this is.</p>
      ) : (
        <Notice
          look="failure"
          actions={
            <Button icon="refresh" onClick={onRetry}>
              Try again
            </Button>
          }
        >
          <h1 className="text-base">
            {offline ? 'You are offline. No record is shown.' : 'Whose record this is could not be read'}
          </h1>
          <p>{failureWords(failure)} No entry is shown until the person is known.</p>
        </Notice>
      )}
    </section>
  );
}
