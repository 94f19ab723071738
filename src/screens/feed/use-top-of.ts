import { useLayoutEffect, useState, type RefObject } from 'react';

/**
 * How far below the top of the document an element starts, in CSS pixels; follows what grows or shrinks above it. Until it has been
 * measured `guess` is said.
 */
export function useTopOf(element: RefObject<HTMLElement | null>, guess: () => number): number {
  const [top, setTop] = useState(guess);
  useLayoutEffect(() => {
    const measure = () => {
      const box = element.current?.getBoundingClientRect();
      if (box !== undefined) setTop(Math.round(box.top + window.scrollY));
    };
    measure();
    // In the next frame: what it changes must not be laid out within the same round of observations.
    const observer = new ResizeObserver(() => {
      requestAnimationFrame(measure);
    });
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
