import { useEffect, useRef, useState } from 'react';
import type { LetterFile } from './letter-file.ts';
import { DamagedLetter } from './letter-words.tsx';
import { useZoom } from './use-zoom.tsx';

/** A letter that is a picture, as a scan is: shown, and said to be one, for its words can be neither read out nor searched. */
export function ImageLetter({ file, title }: { file: LetterFile; title: string }) {
  const [broken, setBroken] = useState(false);
  const { zoom, buttons } = useZoom();
  const picture = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([file.bytes], { type: file.type }));
    if (picture.current !== null) picture.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [file]);
  if (broken) return <DamagedLetter />;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">{buttons}</div>
      <section
        aria-label={`Picture of ${title}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that may scroll must be reachable by key (WCAG 2.1.1)
        tabIndex={0}
        className="mt-2 overflow-x-auto border border-line"
      >
        <img
          ref={picture}
          alt={`Scanned page of ${title}. Its words cannot be read out.`}
          className="h-auto max-w-none bg-white"
          style={{ width: `${zoom * 100}%` }}
          onError={() => setBroken(true)}
        />
      </section>
      <p className="mt-0.5 text-xs text-secondary">
        This letter is a picture: its words cannot be read out or searched.
      </p>
    </>
  );
}
