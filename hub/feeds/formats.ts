import { adastraCase } from './adastra/case-format.ts';
import { nhs111Report } from './adastra/report-format.ts';
import type { Format, FormatName } from './format.ts';

/** Formats by name. */
export type Formats = Partial<Record<FormatName, Format>>;

/** The formats this hub reads. */
export const formats: Formats = { 'adastra-case': adastraCase, 'nhs-111-cda': nhs111Report };
