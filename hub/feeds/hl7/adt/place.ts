import type { Dialect } from '../dialect.ts';
import type { Segment } from '../message.ts';
import { lookUp } from '../look-up.ts';

/** Where somebody was, as PV1-3 has it. */
export interface Place {
  /** The same for the same ward: a new bed is no new place. */
  key: string;
  /** `Coyle ward, Whittington Hospital`. */
  display: string;
  /** Whether it is where the person lives: then its name is nobody's business. */
  home: boolean;
}

/** Reads PV1-3 in the manner of this system; undefined when it names no place. */
export function placeOf(pv1: Segment | undefined, { place, sites }: Dialect): Place | undefined {
  const [where] = pv1?.values(3) ?? [];
  if (where === undefined) return undefined;
  const type = where.at(place.type).toUpperCase();
  if (type === 'H' || type === 'HOME') return { key: 'home', display: "Person's home", home: true };
  const [ward, name, stated] = [where.at(place.ward), where.at(place.name), where.at(place.site)];
  const site = lookUp(sites, stated) ?? stated;
  const display = [name || ward, site].filter((words) => words !== '').join(', ');
  if (display === '') return undefined;
  return { key: `${ward || name}|${stated}`.toUpperCase(), display, home: false };
}
