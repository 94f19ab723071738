import { Activity, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { Session } from '../../launch/session.ts';
import type { RecordReader } from '../../record/record-state.ts';
import { Cover } from './cover.tsx';
import { watchIdle, type IdleWatch } from './idle-watch.ts';

/** Covered after so many minutes without use, where the hub's configuration says nothing else. */
const defaultIdleMinutes = 10;
/** The session ends after so many. */
const endMinutes = 30;
const minute = 60_000;

export interface CoveredProps {
  session: Session;
  reader: RecordReader;
  /** Ends the session; the words say why. */
  onEnd: (why: { reason: 'idle' | 'session-over'; detail: string }) => void;
  children: ReactNode;
}

/**
 * The record while somebody uses the page, the cover while nobody does. What is covered is not in sight, not in the
 * accessibility tree and takes no focus, but keeps its place: scroll, opened entry, filters and search stand as they did
 * when it is shown again.
 */
export function Covered({ session, reader, onEnd, children }: CoveredProps): ReactNode {
  'use no memo';
  const idleMinutes = session.idleMinutes ?? defaultIdleMinutes;
  const [watch, setWatch] = useState<IdleWatch>();
  const [left, setLeft] = useState<Place>();
  const covered = left !== undefined;
  const ended = useRef(onEnd);
  useEffect(() => {
    ended.current = onEnd;
  }, [onEnd]);
  useEffect(() => {
    const detail = `Nobody used the page for ${endMinutes} minutes.`;
    const times = { coverAfter: idleMinutes * minute, endAfter: endMinutes * minute };
    const made = watchIdle(times, () => ended.current({ reason: 'idle', detail }));
    made.subscribe(() => {
      // Before the record leaves the page: afterwards the page is short and the window at its top.
      const place = { top: window.scrollY, focus: document.activeElement };
      // At once: not one more frame of the record.
      flushSync(() => setLeft(made.isCovered() ? place : undefined));
    });
    setWatch(made);
    return made.close;
  }, [idleMinutes]);
  usePlacePutBack(left);

  return (
    <>
      <Activity mode={covered ? 'hidden' : 'visible'}>{children}</Activity>
      {covered && (
        <Cover
          session={session}
          state={reader.state()}
          endMinutes={endMinutes}
          onShow={() => watch?.uncover()}
          onReadAgain={() => {
            watch?.uncover();
            reader.readAgain();
          }}
          onEnd={() => onEnd({ reason: 'session-over', detail: 'Ended by the reader at the cover.' })}
        />
      )}
    </>
  );
}

/** Where the window was and what had focus when the record was covered. */
interface Place {
  top: number;
  focus: Element | null;
}

/** Puts both back when the record is shown again. */
function usePlacePutBack(left: Place | undefined): void {
  const last = useRef<Place>(undefined);
  useLayoutEffect(() => {
    if (left === undefined && last.current !== undefined) putWindow(last.current);
  }, [left]);
  useEffect(() => {
    const place = last.current;
    last.current = left;
    if (left !== undefined || place === undefined) return;
    // A sheet that was open has opened anew and taken focus: that is its place.
    const isInSheet = document.querySelector('dialog[open]') !== null;
    if (!isInSheet && place.focus instanceof HTMLElement) place.focus.focus({ preventScroll: true });
    putWindow(place);
  }, [left]);
}

function putWindow({ top }: Place): void {
  window.scrollTo({ top, behavior: 'instant' });
}
