import { useEffect, useRef, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import type { LetterFile } from './letter-file.ts';
import './letters.css';
import { openPdf, wordsOfPage, type OpenedPdf, type PDFDocumentProxy, type PdfFault } from './pdf-document.ts';
import { PdfPage } from './pdf-page.tsx';
import { SaveLetter } from './save-letter.tsx';
import { useZoom } from './use-zoom.tsx';

/** A letter in PDF, page by page at the width there is, and as words alone. */
export function PdfLetter({ file, title }: { file: LetterFile; title: string }) {
  const [read, setRead] = useState<OpenedPdf | PdfFault>();
  useEffect(() => {
    const { opened, close } = openPdf(file.bytes);
    let wanted = true;
    opened.then(
      (pdf) => wanted && setRead(pdf),
      () => wanted && setRead('damaged'),
    );
    return () => {
      wanted = false;
      close();
    };
  }, [file]);

  if (read === undefined) return <p role="status">Opening the PDF.</p>;
  if (typeof read === 'string') {
    return (
      <Notice actions={<SaveLetter file={file} title={title} />}>
        {read === 'locked'
          ? 'This PDF is locked with a password and cannot be shown here.'
          : 'This PDF is damaged and cannot be shown here. Read it in the source system.'}
      </Notice>
    );
  }
  return <OpenPdf file={file} title={title} {...read} />;
}

function OpenPdf({ file, title, pdf, attached }: { file: LetterFile; title: string } & OpenedPdf) {
  const [asWords, setAsWords] = useState(false);
  const { words, failed } = useWords(pdf);
  const room = useRef<HTMLElement>(null);
  const width = useWidth(room);
  const { zoom, buttons } = useZoom();
  const pages = Array.from({ length: pdf.numPages }, (_, index) => index + 1);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Button aria-pressed={asWords} onClick={() => setAsWords(!asWords)}>
          Words only
        </Button>
        {!asWords && buttons}
        <SaveLetter file={file} title={title} />
      </div>
      {attached > 0 && (
        <Notice className="mt-2">
          {attached === 1 ? 'A file' : `${attached} files`} inside this PDF cannot be shown here. Save the letter to
          open
          {attached === 1 ? ' it' : ' them'}.
        </Notice>
      )}
      {failed && <Notice className="mt-2">The words of some pages could not be read out of the PDF.</Notice>}
      <section
        ref={room}
        aria-label={`Pages of ${title}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by key (WCAG 2.1.1)
        tabIndex={0}
        className="overflow-x-auto"
      >
        {asWords
          ? pages.map((number) => <WordsOfPage key={number} number={number} words={words[number - 1]} />)
          : pages.map((number) => (
              <PdfPage
                key={number}
                pdf={pdf}
                number={number}
                width={Math.floor(width * zoom)}
                words={words[number - 1]}
              />
            ))}
      </section>
    </>
  );
}

function WordsOfPage({ number, words }: { number: number; words: string | undefined }) {
  return (
    <>
      <h4 className="mt-2 text-sm text-secondary">Page {number}</h4>
      <p className="whitespace-pre-wrap">
        {words === undefined
          ? 'The words of this page have not been read.'
          : words === ''
            ? 'This page is a picture: it has no words to show.'
            : words}
      </p>
    </>
  );
}

/** The words of every page, first to last, as they are read. */
function useWords(pdf: PDFDocumentProxy): { words: readonly (string | undefined)[]; failed: boolean } {
  const [state, setState] = useState<{ words: readonly (string | undefined)[]; failed: boolean }>({
    words: [],
    failed: false,
  });
  useEffect(() => {
    let wanted = true;
    const read = async () => {
      for (let number = 1; number <= pdf.numPages; number += 1) {
        let words: string | undefined;
        try {
          words = await wordsOfPage(await pdf.getPage(number));
        } catch {
          // Said above the pages; the drawing may still be whole.
          words = undefined;
        }
        if (!wanted) return;
        setState((known) => ({ words: [...known.words, words], failed: known.failed || words === undefined }));
      }
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [pdf]);
  return state;
}

/** The width inside an element, CSS pixels; 0 until it is laid out. */
function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const seen = element.current;
    if (seen === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(seen.clientWidth));
    observer.observe(seen);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
