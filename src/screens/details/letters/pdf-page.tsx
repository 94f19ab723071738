import { useEffect, useRef, useState } from 'react';
import { AnnotationMode, lacksPicture, TextLayer, type PDFDocumentProxy } from './pdf-document.ts';

export interface PdfPageProps {
  pdf: PDFDocumentProxy;
  /** From 1. */
  number: number;
  /** CSS pixels. */
  width: number;
  /** Undefined until they are read; empty where the page is a picture. */
  words: string | undefined;
}

type Trouble = 'page' | 'picture';

/** Height over width of A4, until the page says its own. */
const a4 = 297 / 210;
/** Pixels a canvas may have: some devices draw nothing at all beyond. */
const largestArea = 16_000_000;

/**
 * One page of a PDF, drawn while it is near the window and let go again, so that a long letter stays light. Its words stand in
 * the page throughout: over the drawing where it is drawn, else hidden, for search and screen readers.
 */
export function PdfPage({ pdf, number, width, words }: PdfPageProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const [size, setSize] = useState({ ratio: a4, scale: 1 });
  const [trouble, setTrouble] = useState<Trouble>();

  useEffect(() => {
    const observer = new IntersectionObserver((seen) => setNear(seen.at(-1)?.isIntersecting === true), {
      rootMargin: '800px',
    });
    if (frame.current !== null) observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (!near || width === 0) return undefined;
    const drawing = drawPage({ pdf, number, width, canvas: canvas.current, layer: layer.current, setSize });
    let wanted = true;
    drawing.done.then(
      (lacking) => wanted && setTrouble(lacking ? 'picture' : undefined),
      () => wanted && setTrouble('page'),
    );
    return () => {
      wanted = false;
      drawing.cancel();
    };
  }, [pdf, number, width, near]);

  return (
    <div role="group" aria-label={`Page ${number} of ${pdf.numPages}`} className="mt-2">
      <div
        ref={frame}
        className="pdf-page border border-line"
        style={
          {
            width,
            height: Math.round(width * size.ratio),
            '--total-scale-factor': size.scale,
          } as React.CSSProperties
        }
      >
        {near && (
          <>
            <canvas ref={canvas} aria-hidden="true" />
            <div ref={layer} className="pdf-words" />
          </>
        )}
        {!near && <p className="sr-only">{words}</p>}
      </div>
      <p className="mt-0.5 text-xs text-secondary">
        Page {number} of {pdf.numPages}
        {words === '' && '. This page is a picture: its words cannot be read out or searched.'}
      </p>
      {trouble !== undefined && (
        <p role="alert" className="text-sm font-bold">
          {trouble === 'page'
            ? `Page ${number} could not be drawn. Save the letter to read it.`
            : `A picture on page ${number} could not be drawn. Save the letter to see the whole page.`}
        </p>
      )}
    </div>
  );
}

interface Drawing {
  pdf: PDFDocumentProxy;
  number: number;
  width: number;
  canvas: HTMLCanvasElement | null;
  layer: HTMLDivElement | null;
  setSize: (size: { ratio: number; scale: number }) => void;
}

/** Draws a page and lays its words over it; resolves with whether a picture is missing, and never after `cancel`. */
function drawPage({ pdf, number, width, canvas, layer, setSize }: Drawing): {
  done: Promise<boolean>;
  cancel: () => void;
} {
  const cancels: (() => void)[] = [];
  let cancelled = false;
  const draw = async (): Promise<boolean> => {
    const page = await pdf.getPage(number);
    if (cancelled || canvas === null || layer === null) return false;
    const whole = page.getViewport({ scale: 1 });
    const scale = width / whole.width;
    const viewport = page.getViewport({ scale });
    setSize({ ratio: whole.height / whole.width, scale });
    const sharp = Math.min(window.devicePixelRatio, Math.sqrt(largestArea / (viewport.width * viewport.height)));
    canvas.width = Math.floor(viewport.width * sharp);
    canvas.height = Math.floor(viewport.height * sharp);
    const rendering = page.render({
      canvas,
      viewport,
      transform: [sharp, 0, 0, sharp, 0, 0],
      // Filled-in forms: what was entered is part of the letter.
      annotationMode: AnnotationMode.ENABLE,
    });
    cancels.push(() => rendering.cancel());
    layer.replaceChildren();
    const over = new TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport });
    cancels.push(() => over.cancel());
    await Promise.all([rendering.promise, over.render()]);
    return lacksPicture(page);
  };
  return {
    done: draw(),
    cancel: () => {
      cancelled = true;
      for (const cancel of cancels) cancel();
    },
  };
}
