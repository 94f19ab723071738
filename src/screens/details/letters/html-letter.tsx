import { useLayoutEffect, useRef } from 'react';
import type { LetterFile } from './letter-file.ts';
import { sanitisedLetter } from './letter-html.ts';
import { decodedText, wordsOfMarkup } from './letter-text.ts';
import { DamagedLetter, EmptyLetter, LetterWords } from './letter-words.tsx';
import './letters.css';

/** A letter in HTML or XHTML with its structure; where it cannot be made safe, its words alone. */
export function HtmlLetter({ file, title }: { file: LetterFile; title: string }) {
  const markup = decodedText(file);
  if (markup === undefined) return <DamagedLetter />;
  const letter = sanitisedLetter(markup, file.type);
  if (letter === undefined) return <LetterWords words={wordsOfMarkup(markup)} />;
  if ((letter.textContent ?? '').trim() === '' && letter.querySelector('img') === null) return <EmptyLetter />;
  return <Page letter={letter} title={title} />;
}

function Page({ letter, title }: { letter: DocumentFragment; title: string }) {
  const page = useRef<HTMLElement>(null);
  useLayoutEffect(() => page.current?.replaceChildren(letter.cloneNode(true)));
  return (
    <>
      <section
        ref={page}
        aria-label={`Text of ${title}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that may scroll must be reachable by key (WCAG 2.1.1)
        tabIndex={0}
        className="letter-page rounded-sm border border-line bg-page px-3 py-2"
      />
      <p className="mt-0.5 text-xs text-secondary">Shown without the letter’s own colours and layout.</p>
    </>
  );
}
