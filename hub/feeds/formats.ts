import { adastraCase } from './adastra/case-format.ts';
import { nhs111Report } from './adastra/report-format.ts';
import { emisCsv } from './emis/csv/emis-csv.ts';
import { gpConnect } from './emis/gp-connect/gp-connect.ts';
import type { Format, FormatName } from './format.ts';
import { hl7V2 } from './hl7/format.ts';
import { clientLevelData } from './liquidlogic/client-level-data.ts';
import { socialCareExtension } from './liquidlogic/social-care-extension.ts';

/** Formats by name. */
export type Formats = Partial<Record<FormatName, Format>>;

/** The formats this hub reads. */
export const formats: Formats = {
  'adastra-case': adastraCase,
  'client-level-data': clientLevelData,
  'emis-csv': emisCsv,
  'gp-connect': gpConnect,
  'hl7-v2': hl7V2,
  'nhs-111-cda': nhs111Report,
  'social-care-extension': socialCareExtension,
};
