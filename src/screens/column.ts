/** A column beside the list: it scrolls by itself and stays under the header. */
export const column =
  'sticky top-[var(--header-height)] max-h-[calc(100dvh-var(--header-height))] min-h-[calc(100dvh-var(--header-height))] self-start overflow-y-auto [scrollbar-width:thin]';
