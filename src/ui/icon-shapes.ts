/** Own drawings on a 24 × 24 grid, two units of stroke: each one line, for a page holds hundreds of them. */
export const iconShapes = {
  stethoscope: 'M6 3H4v6a5 5 0 0 0 10 0V3h-2M9 14v1a6 6 0 0 0 11 3v-3M18 12.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0Z',
  bed: 'M3 5v15M3 16h18M21 20v-7a3 3 0 0 0-3-3h-7v6M5 11.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0Z',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  bag: 'M5 8h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2ZM8.5 8V5.5a1.5 1.5 0 0 1 1.5-1.5h4a1.5 1.5 0 0 1 1.5 1.5V8M12 11.5v5M9.5 14h5',
  speech: 'M3 4h12v8H8l-3 3v-3H3ZM18 9h3v8h-2v3l-3-3h-5v-2',
  hands:
    'M3 14h4l4 2h3a1.6 1.6 0 0 1 0 3.2h-4M14 16.5 19 13a1.7 1.7 0 0 1 2 2.7L15.5 21H9l-3-1.5H3M12 11 8.7 7.6a2.2 2.2 0 0 1 3.3-3 2.2 2.2 0 0 1 3.3 3Z',
  house: 'm3 11 9-8 9 8M5.5 9.5V20h13V9.5M10 20v-6h4v6',
  warning: 'M12 3 2 20.5h20ZM12 9.5v5M12 17.5v.1',
  failure: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0ZM12 7v6M12 16.5v.1',
  information: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0ZM12 11v6M12 7.5v.1',
  clock: 'M3 12a9 9 0 1 0 18 0 9 9 0 1 0-18 0ZM12 7v5l3.5 2',
  lock: 'M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2ZM8 11V8a4 4 0 0 1 8 0v3',
  search: 'M4 10.5a6.5 6.5 0 1 0 13 0 6.5 6.5 0 1 0-13 0ZM15.5 15.5l5 5',
  filter: 'M3 5h18M6.5 12h11M10 19h4',
  close: 'M6 6l12 12M18 6 6 18',
  expand: 'm6 9 6 6 6-6',
  fold: 'm6 15 6-6 6 6',
  refresh: 'M20 5v5h-5M19.5 10A8 8 0 1 0 20 14',
  news: 'm12 3 2.3 6.7L21 12l-6.7 2.3L12 21l-2.3-6.7L3 12l6.7-2.3Z',
  leave: 'M10 4H5v16h5M9 12h11M16 8l4 4-4 4',
  newTab: 'M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9',
};

export type IconName = keyof typeof iconShapes;
