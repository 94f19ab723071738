import type { ReactNode } from 'react';

/** Own drawings on a 24 × 24 grid, two units of stroke. */
export const iconShapes = {
  stethoscope: (
    <>
      <path d="M6 3H4v6a5 5 0 0 0 10 0V3h-2" />
      <path d="M9 14v1a6 6 0 0 0 11 3v-3" />
      <circle cx="20" cy="12.5" r="2" />
    </>
  ),
  bed: (
    <>
      <path d="M3 5v15M3 16h18M21 20v-7a3 3 0 0 0-3-3h-7v6" />
      <circle cx="7" cy="11.5" r="2" />
    </>
  ),
  moon: <path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z" />,
  bag: (
    <>
      <rect x="3" y="8" width="18" height="12" rx="2" />
      <path d="M8.5 8V5.5a1.5 1.5 0 0 1 1.5-1.5h4a1.5 1.5 0 0 1 1.5 1.5V8M12 11.5v5M9.5 14h5" />
    </>
  ),
  speech: (
    <>
      <path d="M3 4h12v8H8l-3 3v-3H3Z" />
      <path d="M18 9h3v8h-2v3l-3-3h-5v-2" />
    </>
  ),
  hands: (
    <>
      <path d="M3 14h4l4 2h3a1.6 1.6 0 0 1 0 3.2h-4" />
      <path d="M14 16.5 19 13a1.7 1.7 0 0 1 2 2.7L15.5 21H9l-3-1.5H3" />
      <path d="M12 11 8.7 7.6a2.2 2.2 0 0 1 3.3-3 2.2 2.2 0 0 1 3.3 3Z" />
    </>
  ),
  house: (
    <>
      <path d="m3 11 9-8 9 8" />
      <path d="M5.5 9.5V20h13V9.5M10 20v-6h4v6" />
    </>
  ),
  warning: (
    <>
      <path d="M12 3 2 20.5h20Z" />
      <path d="M12 9.5v5M12 17.5v.1" />
    </>
  ),
  failure: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v6M12 16.5v.1" />
    </>
  ),
  information: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v6M12 7.5v.1" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="11" width="14" height="9" rx="2" />
      <path d="M8 11V8a4 4 0 0 1 8 0v3" />
    </>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="m15.5 15.5 5 5" />
    </>
  ),
  filter: <path d="M3 5h18M6.5 12h11M10 19h4" />,
  close: <path d="M6 6l12 12M18 6 6 18" />,
  expand: <path d="m6 9 6 6 6-6" />,
  fold: <path d="m6 15 6-6 6 6" />,
  refresh: (
    <>
      <path d="M20 5v5h-5" />
      <path d="M19.5 10A8 8 0 1 0 20 14" />
    </>
  ),
  news: <path d="m12 3 2.3 6.7L21 12l-6.7 2.3L12 21l-2.3-6.7L3 12l6.7-2.3Z" />,
  leave: <path d="M10 4H5v16h5M9 12h11M16 8l4 4-4 4" />,
  newTab: <path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof iconShapes;
