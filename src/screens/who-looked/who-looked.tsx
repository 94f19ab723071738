import type { AuditEvent } from 'fhir/r4';
import { useEffect, useState } from 'react';
import { ReadFailure, type Session } from '../../launch/session.ts';
import { readPage } from '../../record/page.ts';
import { search } from '../../record/searches.ts';
import { formatClock, formatDay, formatInstant } from '../../timeline/dates.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { failureWords } from '../failure-words.ts';
import { readLine, type Line } from './read-line.ts';
import { visitsOf, type Visit } from './visits-of.ts';

interface Trail {
  lines: readonly Line[];
  /** Where older lines begin; undefined when there are none. */
  next: string | undefined;
}

/** Who looked at the record (T7), the latest first, each visit in plain words; older ones are asked for as they are wanted. */
export function WhoLooked({ session }: { session: Session }) {
  const [trail, setTrail] = useState<Trail>();
  const [failed, setFailed] = useState<string>();
  const [wanted, setWanted] = useState<{ address: string; attempt: number }>({
    address: firstPage(session),
    attempt: 0,
  });
  useEffect(() => {
    const closing = new AbortController();
    const become = (next: () => void): void => {
      if (!closing.signal.aborted) next();
    };
    readTrail(session, wanted.address, closing.signal).then(
      (page) =>
        become(() => {
          setFailed(undefined);
          setTrail((before) => ({ lines: [...(before?.lines ?? []), ...page.lines], next: page.next }));
        }),
      (error: unknown) => become(() => setFailed(failureWords(error instanceof ReadFailure ? error.kind : undefined))),
    );
    return () => closing.abort();
  }, [session, wanted]);

  const visits = visitsOf(trail?.lines ?? []);
  const oldest = trail?.lines.at(-1)?.at;
  const again = () => setWanted({ ...wanted, attempt: wanted.attempt + 1 });
  return (
    <>
      <p className="text-sm">Everybody who opened this record, the latest first. Your own visits are among them.</p>
      {trail !== undefined && visits.length === 0 && <p className="mt-3 text-sm">Nobody yet.</p>}
      <ol className="mt-2">
        {visits.map((visit) => (
          <VisitRow key={visit.key} visit={visit} />
        ))}
      </ol>
      <div role="status" className="mt-3 text-sm">
        {trail === undefined && failed === undefined && 'Reading who looked.'}
        {trail !== undefined && trail.next === undefined && failed === undefined && 'That is everybody.'}
        {trail?.next !== undefined &&
          oldest !== undefined &&
          `Everybody since ${formatInstant(oldest)}. Older visits are not shown yet.`}
      </div>
      {failed !== undefined && (
        <div role="alert" className="mt-2">
          <Notice look="failure" actions={<Button onClick={again}>Try again</Button>}>
            {trail === undefined ? 'Who looked could not be read.' : 'What is older could not be read.'} {failed}
          </Notice>
        </div>
      )}
      {trail?.next !== undefined && failed === undefined && (
        <Button className="mt-2" onClick={() => setWanted({ address: trail.next ?? '', attempt: 0 })}>
          Show older
        </Button>
      )}
    </>
  );
}

function VisitRow({ visit }: { visit: Visit }) {
  const { who, own, role, organisation, from, start, end, did, refused, glass } = visit;
  const until =
    formatClock(end) === formatClock(start) || formatDay(end) !== formatDay(start) ? '' : `–${formatClock(end)}`;
  const words = did.join('; ');
  return (
    <li
      className="border-b border-line py-2 text-sm last:border-b-0"
      data-glass={glass === undefined ? undefined : 'broken'}
    >
      <p>
        <b>{own ? 'You' : who}</b>
        <span className="text-secondary">
          {!own &&
            [role, organisation]
              .filter((part) => part !== undefined)
              .map((part) => ` · ${part}`)
              .join('')}
        </span>
      </p>
      <p className="text-secondary">
        {formatInstant(start)}
        {until}
        {from !== undefined && ` · from ${from}`}
      </p>
      {words !== '' && <p>{`${words.charAt(0).toUpperCase()}${words.slice(1)}.`}</p>}
      {refused && <p>Something was refused to them.</p>}
      {glass !== undefined && (
        <p className="mt-1 flex items-start gap-1.5 border-l-4 border-gap-bar bg-gap-tint px-2 py-1 text-gap-ink">
          <Icon name="warning" className="mt-0.5 text-gap-bar" />
          <span>
            <b>Opened what you keep back, as an emergency.</b>
            {glass !== '' && ` They wrote: “${glass}”`} The privacy officer was told, too.
          </span>
        </p>
      )}
    </li>
  );
}

function firstPage({ patientId }: Session): string {
  return search('AuditEvent', [
    ['patient', patientId],
    ['_sort', '-date'],
    ['_count', '100'],
  ]);
}

async function readTrail(session: Session, address: string, signal: AbortSignal): Promise<Trail> {
  const page = readPage((await session.read(address, { signal })).body, 'AuditEvent', session.patientId);
  return { lines: (page.matches as AuditEvent[]).flatMap((event) => readLine(event) ?? []), next: page.next };
}
