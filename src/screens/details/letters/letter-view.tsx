import type { DocumentReference } from 'fhir/r4';
import { useId, useState } from 'react';
import type { Session } from '../../../launch/session.ts';
import { items } from '../../../timeline/read.ts';
import { Button } from '../../../ui/button.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { LetterBody } from './letter-body.tsx';
import { sizeAndType } from './letter-file.ts';

export interface LetterViewProps {
  session: Session;
  letter: DocumentReference;
  title: string;
}

/**
 * A letter in its place, read when it is asked for and not before (T8). Several attachments are one letter in several forms
 * (FHIR R4 DocumentReference.content): each says its form and is opened by itself.
 */
export function LetterView({ session, letter, title }: LetterViewProps) {
  const attachments = items(letter.content).flatMap(({ attachment }) => items(attachment));
  if (attachments.length === 0) return <p className="text-secondary">The letter itself was not sent.</p>;
  return attachments.map((attachment, index) => (
    <OneForm
      key={attachment.url ?? index}
      session={session}
      attachment={attachment}
      title={attachments.length === 1 ? title : `${title}, form ${index + 1} of ${attachments.length}`}
    />
  ));
}

interface OneFormProps {
  session: Session;
  attachment: NonNullable<DocumentReference['content'][number]['attachment']>;
  title: string;
}

function OneForm({ session, attachment, title }: OneFormProps) {
  const id = useId();
  const [open, setOpen] = useState<'here' | 'wide'>();
  const body = <LetterBody session={session} attachment={attachment} title={title} />;
  return (
    <div className="mt-1">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Button
          aria-expanded={open !== undefined}
          aria-label={open === undefined ? `Read ${title}` : `Hide ${title}`}
          onClick={() => setOpen(open === undefined ? 'here' : undefined)}
        >
          {open === undefined ? 'Read' : 'Hide'}
        </Button>
        {open !== undefined && (
          <Button aria-label={`Read wide: ${title}`} onClick={() => setOpen('wide')}>
            Read wide
          </Button>
        )}
        <span className="text-xs text-secondary">{sizeAndType(attachment)}</span>
      </div>
      {open === 'here' && <div className="mt-1.5">{body}</div>}
      {open === 'wide' && (
        <Sheet labelledBy={id} onClose={() => setOpen('here')} className="sm:w-[min(60rem,100%)]!">
          <div className="mb-2 flex items-start justify-between gap-3">
            <h2 id={id} tabIndex={-1} className="text-lg leading-6">
              {title}
            </h2>
            <Button icon="close" onClick={() => setOpen('here')}>
              Close
            </Button>
          </div>
          {/* The letter's own headings begin at the fourth level. */}
          <h3 className="mb-2 text-sm text-secondary">{sizeAndType(attachment)}</h3>
          {body}
        </Sheet>
      )}
    </div>
  );
}
