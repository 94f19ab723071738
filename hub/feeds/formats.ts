import type { Format, FormatName } from './format.ts';

/** The formats a hub reads, by name. */
export type Formats = Partial<Record<FormatName, Format>>;
