import type { Format, FormatName } from './format.ts';

/** Formats by name. */
export type Formats = Partial<Record<FormatName, Format>>;

/** The formats this hub reads. */
export const formats: Formats = {};
