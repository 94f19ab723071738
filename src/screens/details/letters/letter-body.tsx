import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Attachment } from 'fhir/r4';
import { useMemo, type ComponentType, type ReactNode } from 'react';
import { ReadFailure, type Session } from '../../../launch/session.ts';
import { personKey } from '../../../record/person-key.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { failureWords } from '../../failure-words.ts';
import { letterFile, letterType, type LetterFile } from './letter-file.ts';
import { decodedText, wordsOfMarkup } from './letter-text.ts';
import { DamagedLetter, LetterWords } from './letter-words.tsx';
import { SaveLetter } from './save-letter.tsx';

export interface LetterBodyProps {
  session: Session;
  attachment: Attachment;
  title: string;
}

/** What an attachment holds, read from the hub where it is kept apart, in the form it has. */
export function LetterBody({ session, attachment, title }: LetterBodyProps) {
  const inline = attachment.data;
  const read = useQuery({
    queryKey: ['letter', ...personKey(session), attachment.url],
    enabled: inline === undefined && attachment.url !== undefined,
    queryFn: ({ signal }) => readLetter(session, attachment, signal),
  });
  if (inline !== undefined) return <Decoded data={inline} contentType={attachment.contentType} title={title} />;
  if (attachment.url === undefined) return <p>The letter itself was not sent.</p>;
  if (read.isFetching) return <p role="status">Reading the letter.</p>;
  if (read.isError) {
    return (
      <CouldNot again={read}>
        The letter could not be read. {failureWords(read.error instanceof ReadFailure ? read.error.kind : undefined)}
      </CouldNot>
    );
  }
  return read.data === undefined ? null : <Decoded {...read.data} title={title} />;
}

interface Sent {
  data: string;
  contentType: string | undefined;
}

function Decoded({ data, contentType, title }: Sent & { title: string }) {
  // The same file as long as it is the same letter: what shows it starts again with another.
  const file = useMemo(() => letterFile(data, contentType), [data, contentType]);
  return file === undefined ? <DamagedLetter /> : <Shown file={file} title={title} />;
}

function Shown({ file, title }: { file: LetterFile; title: string }) {
  if (file.bytes.length === 0) return <LetterWords words="" />;
  switch (file.kind) {
    case 'text':
    case 'markup': {
      const text = decodedText(file);
      if (text === undefined) return <DamagedLetter />;
      return <LetterWords words={file.kind === 'text' ? text : wordsOfMarkup(text)} />;
    }
    case 'html':
      return <InItsForm name="html" load={html} file={file} title={title} />;
    case 'pdf':
      return <InItsForm name="pdf" load={pdf} file={file} title={title} />;
    case 'image':
      return <InItsForm name="image" load={image} file={file} title={title} />;
    case 'file':
    default:
      return (
        <Notice look="plain" actions={<SaveLetter file={file} title={title} />}>
          {letterType(file.type).words}: this kind of letter cannot be shown here. Save it to read it, or read it in the
          source system.
        </Notice>
      );
  }
}

type Form = ComponentType<{ file: LetterFile; title: string }>;

async function html(): Promise<{ Form: Form }> {
  return { Form: (await import('./html-letter.tsx')).HtmlLetter };
}
async function pdf(): Promise<{ Form: Form }> {
  return { Form: (await import('./pdf-letter.tsx')).PdfLetter };
}
async function image(): Promise<{ Form: Form }> {
  return { Form: (await import('./image-letter.tsx')).ImageLetter };
}

interface InItsFormProps {
  name: string;
  load: () => Promise<{ Form: Form }>;
  file: LetterFile;
  title: string;
}

/** What shows one form of letter is fetched when the first such letter is opened; when it does not arrive, that is said. */
function InItsForm({ name, load, file, title }: InItsFormProps) {
  const code = useQuery({ queryKey: ['letter-form', name], queryFn: load, structuralSharing: false });
  if (code.data !== undefined) {
    const { Form } = code.data;
    return <Form file={file} title={title} />;
  }
  if (code.isFetching) return <p role="status">Opening the letter.</p>;
  return (
    <CouldNot again={code}>
      The letter was read, but a part of this page that shows it did not arrive. If trying again does not help, reload
      the page.
    </CouldNot>
  );
}

function CouldNot({ again, children }: { again: Pick<UseQueryResult, 'refetch'>; children: ReactNode }) {
  return (
    <Notice
      actions={
        <Button icon="refresh" onClick={() => void again.refetch()}>
          Try again
        </Button>
      }
    >
      {children}
    </Notice>
  );
}

async function readLetter(session: Session, attachment: Attachment, signal: AbortSignal): Promise<Sent> {
  const { body } = await session.read(attachment.url ?? '', { signal });
  const { resourceType, data, contentType } = (body ?? {}) as Record<string, unknown>;
  if (resourceType !== 'Binary' || typeof data !== 'string') {
    throw new ReadFailure('malformed', 'The answer was not the letter.');
  }
  return { data, contentType: typeof contentType === 'string' ? contentType : attachment.contentType };
}
