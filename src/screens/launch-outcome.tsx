import { useEffect, useRef } from 'react';
import type { LaunchFailure } from '../launch/outcome.ts';
import { LinkButton } from '../ui/button.tsx';
import { launchFailureWords, offlineWords } from './launch-failure-words.ts';
import { useOnline } from '../ui/use-online.ts';
import { OutcomePage } from './outcome-page.tsx';

/**
 * Why nobody got in, or why the session ended: what happened, what to do, and the link that does it. The heading takes
 * focus, so that a screen reader says it first.
 */
export function LaunchOutcomeScreen({ reason, retryHref, newTabHref, detail }: LaunchFailure) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const offline = !useOnline();
  const words = offline && reason === 'hub-down' ? offlineWords : launchFailureWords[reason];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <OutcomePage>
      <h1 ref={heading} tabIndex={-1} className="mb-3 text-2xl leading-tight outline-offset-4">
        {words.title}
      </h1>
      <p className="mb-3">{words.happened}</p>
      <p className="mb-5">{words.todo}</p>
      {(newTabHref !== undefined || retryHref !== undefined) && (
        <p className="flex flex-wrap gap-3">
          {newTabHref !== undefined && (
            // A tab of its own that cannot reach back into the page that frames this one.
            <LinkButton look="primary" icon="newTab" href={newTabHref} target="_blank" rel="noopener noreferrer">
              Open in a new tab
            </LinkButton>
          )}
          {retryHref !== undefined && (
            <LinkButton look={newTabHref === undefined ? 'primary' : 'plain'} href={retryHref}>
              {words.retry}
            </LinkButton>
          )}
        </p>
      )}
      {detail !== undefined && (
        <p className="mt-6 border-t border-line pt-3 text-sm text-secondary">
          For the service desk: <span className="break-words">{detail}</span>{' '}
          <code className="font-sans">({reason})</code>
        </p>
      )}
    </OutcomePage>
  );
}
