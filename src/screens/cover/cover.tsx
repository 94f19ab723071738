import { useEffect, useRef, type ReactNode } from 'react';
import type { Session } from '../../launch/session.ts';
import type { RecordState } from '../../record/record-state.ts';
import { bannerOf } from '../../timeline/banner.ts';
import { Button } from '../../ui/button.tsx';
import { ageWords, moment } from '../banner/page-age.tsx';
import { OutcomePage } from '../outcome-page.tsx';
import { useNow } from '../use-now.ts';
import { coverMark } from './idle-watch.ts';

export interface CoverProps {
  session: Session;
  state: RecordState;
  /** Minutes without use after which the session ends. */
  endMinutes: number;
  onShow: () => void;
  onReadAgain: () => void;
  onEnd: () => void;
}

/**
 * In the record's place while nobody uses the page (misreading 15): whose page it is, whose sitting and how old, and
 * nothing else of the record. Name and birth tell the one who comes back which page this is; the NHS number, by which a
 * passer-by could find more, is not among them. It takes a press to show the record again, never a scroll or a stray key.
 */
export function Cover({ session, state, endMinutes, onShow, onReadAgain, onEnd }: CoverProps): ReactNode {
  'use no memo';
  const now = useNow();
  const show = useRef<HTMLButtonElement>(null);
  useEffect(() => show.current?.focus(), []);
  const person = state.patient.resource === undefined ? undefined : bannerOf(state.patient.resource, now, new Map());
  const minutes = state.readAt === undefined ? 0 : Math.floor((now - state.readAt) / 60_000);
  const { user, openedFrom, openedAt } = session;
  return (
    <div {...{ [coverMark]: '' }} data-testid="cover" className="min-h-dvh">
      <OutcomePage>
        <p className="mb-1 text-secondary">Covered, because nobody was using this page.</p>
        <h1 className="text-2xl leading-tight">{person?.name ?? 'A record'}</h1>
        {person !== undefined && (
          <p className="mb-4">
            Born <b>{person.born}</b>
          </p>
        )}
        <p>
          {user.name === undefined ? 'Opened' : `Opened by ${user.name}`}
          {openedFrom !== undefined && `, from ${openedFrom}`}, {moment(openedAt, now)}.
          {state.readAt !== undefined && ` Read at ${moment(state.readAt, now)}, ${ageWords(minutes)} ago.`}
        </p>
        <p className="mb-5">The session ends {endMinutes} minutes after the page was last used.</p>
        <p className="flex flex-wrap gap-3">
          <Button ref={show} look="primary" onClick={onShow}>
            Show the record again
          </Button>
          <Button icon="refresh" onClick={onReadAgain}>
            Show it and read again
          </Button>
          <Button onClick={onEnd}>
            {user.name === undefined ? 'End this session' : `I am not ${user.name}: end this session`}
          </Button>
        </p>
      </OutcomePage>
    </div>
  );
}
