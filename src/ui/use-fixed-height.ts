import { useLayoutEffect, useState, type RefObject } from 'react';

/**
 * How many pixels of the window an always visible header covers, kept in `--header-height` for the style sheet as well.
 * Where the header itself is dissolved (`display: contents`), the part marked `data-stays` counts.
 */
export function useFixedHeight(header: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const element = header.current;
      if (element === null) return;
      const dissolved = getComputedStyle(element).display === 'contents';
      const fixed = dissolved ? element.querySelector<HTMLElement>('[data-stays]') : element;
      const pixels = Math.ceil(fixed?.getBoundingClientRect().height ?? 0);
      document.documentElement.style.setProperty('--header-height', `${pixels}px`);
      setHeight(pixels);
    };
    measure();
    // In the next frame: what it changes must not be laid out within the same round of observations.
    const observer = new ResizeObserver(() => {
      requestAnimationFrame(measure);
    });
    if (header.current !== null) observer.observe(header.current);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [header]);
  return height;
}
