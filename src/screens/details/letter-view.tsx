import { useQuery } from '@tanstack/react-query';
import type { Attachment, DocumentReference } from 'fhir/r4';
import { useState } from 'react';
import { ReadFailure, type Session } from '../../launch/session.ts';
import { personKey } from '../../record/person-key.ts';
import { items } from '../../timeline/read.ts';
import { Button } from '../../ui/button.tsx';
import { failureWords } from '../failure-words.ts';
import { letterText, type LetterText } from './letter-text.ts';

export interface LetterViewProps {
  session: Session;
  letter: DocumentReference;
  title: string;
}

/** A letter's text in its place, read when it is asked for and not before (T8). */
export function LetterView({ session, letter, title }: LetterViewProps) {
  const [open, setOpen] = useState(false);
  const attachments = items(letter.content).flatMap(({ attachment }) => items(attachment));
  if (attachments.length === 0) return <p className="text-secondary">The letter itself was not sent.</p>;
  return (
    <div className="mt-1">
      <Button aria-expanded={open} aria-label={open ? `Hide ${title}` : `Read ${title}`} onClick={() => setOpen(!open)}>
        {open ? 'Hide' : 'Read'}
      </Button>
      {open &&
        attachments.map((attachment, index) => (
          <LetterBody key={attachment.url ?? index} session={session} attachment={attachment} />
        ))}
    </div>
  );
}

function LetterBody({ session, attachment }: { session: Session; attachment: Attachment }) {
  const inline = attachment.data === undefined ? undefined : letterText(attachment.data, attachment.contentType);
  const read = useQuery({
    queryKey: ['letter', ...personKey(session), attachment.url],
    enabled: inline === undefined && attachment.url !== undefined,
    queryFn: ({ signal }) => readLetter(session, attachment, signal),
  });
  if (inline !== undefined) return <LetterWords letter={inline} />;
  if (attachment.url === undefined) return <p className="mt-1">The letter itself was not sent.</p>;
  if (read.isFetching) return <p role="status">Reading the letter.</p>;
  if (read.isError) {
    return (
      <p className="mt-1">
        The letter could not be read. {failureWords(read.error instanceof ReadFailure ? read.error.kind : undefined)}{' '}
        <Button icon="refresh" onClick={() => void read.refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  return read.data === undefined ? null : <LetterWords letter={read.data} />;
}

function LetterWords({ letter }: { letter: LetterText }) {
  if (letter.kind === 'unreadable') return <p className="mt-1">{letter.words}</p>;
  return (
    <div className="mt-1.5 rounded-sm border border-line bg-page px-3 py-2 whitespace-pre-wrap">{letter.words}</div>
  );
}

async function readLetter(session: Session, attachment: Attachment, signal: AbortSignal): Promise<LetterText> {
  const { body } = await session.read(attachment.url ?? '', { signal });
  const { resourceType, data, contentType } = (body ?? {}) as Record<string, unknown>;
  if (resourceType !== 'Binary' || typeof data !== 'string') {
    throw new ReadFailure('malformed', 'The answer was not the letter.');
  }
  return letterText(data, typeof contentType === 'string' ? contentType : attachment.contentType);
}
