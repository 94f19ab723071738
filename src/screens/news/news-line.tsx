import { useState } from 'react';
import { formatInstant } from '../../timeline/dates.ts';
import type { Entry } from '../../timeline/entry.ts';
import { newsCount } from '../../timeline/news.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { FeedItem } from '../feed/group-rows.ts';

export interface NewsLineProps {
  /** When this user last opened this person, epoch milliseconds; undefined at the first opening. */
  lastOpenedAt: number | undefined;
  entries: readonly Entry[];
  items: readonly FeedItem[];
  /** Puts focus on an entry's row. */
  onShow: (entryKey: string) => void;
}

/**
 * How much came since this reader last looked, with a way from one to the next (T14). Nothing is said of none: that a
 * record brought nothing new is more than anybody here can know. Nothing is ticked off by looking at it (misreading 18).
 */
export function NewsLine({ lastOpenedAt, entries, items, onShow }: NewsLineProps) {
  'use no memo';
  const [shown, setShown] = useState<string>();
  const count = newsCount(entries);
  if (count === undefined && lastOpenedAt === undefined) return null;
  const since = lastOpenedAt === undefined ? 'read again' : `looked on ${formatInstant(lastOpenedAt)}`;
  const inRows = items.flatMap(({ row }) => (row.entry.news === undefined ? [] : [row.entry.key]));
  const out = entries.filter(({ news }) => news !== undefined).length - inRows.length;
  const next = inRows[inRows.indexOf(shown ?? '') + 1] ?? inRows[0];
  return (
    <p className="min-w-0" data-testid="news">
      <Icon name="news" size={14} className="mr-1 inline align-[-0.15em] text-link" />
      <span>
        {count === undefined ? (
          `You last ${since}.`
        ) : (
          <>
            <b>{count}</b> since you {since}
            {out > 0 && `, ${out} of them not in the list as it stands`}.
          </>
        )}
      </span>{' '}
      {next !== undefined && (
        <Button
          look="quiet"
          className="px-0! max-sm:-my-2.5"
          onClick={() => {
            setShown(next);
            onShow(next);
          }}
        >
          {inRows.length === 1 ? 'Go to it' : 'Go to the next'}
        </Button>
      )}
    </p>
  );
}
