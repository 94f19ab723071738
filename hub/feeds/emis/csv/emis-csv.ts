import type { Format } from '../../format.ts';
import { sortFile } from './sort.ts';
import { tellScope } from './tell.ts';

/**
 * The EMIS CSV extract, versions 5.0 to 5.4: a file a table, the whole on the first day and then what changed each day, with
 * `Deleted` on what was taken back. A file is about many people; a person's rows refer to one another, so that all of them
 * are told together.
 */
export const emisCsv: Format = {
  name: 'emis-csv',
  subjectOf: () => undefined,
  sort: sortFile,
  tell: tellScope,
};
