/** How the strip of allergies, alerts and plans is named and looks, whether its words are here already or not. */
export const stripLabel = 'Allergies, alerts and plans';
export const stripLook =
  'flex flex-wrap items-baseline gap-x-5 gap-y-0.5 border-b border-line bg-card px-3 py-1 text-sm max-sm:text-[0.8125rem] max-sm:leading-4.5 sm:px-5';
