import { useLayoutEffect, useState, type RefObject } from 'react';

/** Width and height of an element's content in CSS pixels; follows what changes it. Zeros before it is laid out. */
export function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = () => setSize({ width: current.clientWidth, height: current.clientHeight });
    measure();
    // In the next frame: what it changes must not be laid out within the same round of observations.
    const observer = new ResizeObserver(() => {
      requestAnimationFrame(measure);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
