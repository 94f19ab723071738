import { londonInstant, parsePartialDate } from '../../../../fhir/partial-date.ts';
import { UnusableMessage } from '../../format.ts';
import { auditTables, isTableName, type TableName } from './tables.ts';

/** What the name of an extract's file says. */
export interface FileName {
  /** Undefined for an audit table, of which nothing is told. */
  table: TableName | undefined;
  /** When the extract was made, ISO 8601 UTC; undefined where the name does not say. */
  at: string | undefined;
}

const domains = 'Admin|Agreements|Appointment|Audit|CareRecord|Coding|Prescribing';

/**
 * Reads a file's name: run, domain, table, the London time of the extract, and the sharing agreement
 * (`291_CareRecord_Observation_20261122013000_{agreement}.csv`).
 * @throws UnusableMessage when it names no table of the extract
 */
export function readFileName(label: string): FileName {
  const [, domain, name] = new RegExp(`(?:^|[_/\\\\])(${domains})_([A-Za-z]+)(?=[_.]|$)`).exec(label) ?? [];
  const table = `${domain ?? ''}_${name ?? ''}`;
  if (auditTables.includes(table)) return { table: undefined, at: undefined };
  if (!isTableName(table)) {
    throw new UnusableMessage('The name of the file is not that of a table of the EMIS extract.');
  }
  return { table, at: instantIn(label) };
}

function instantIn(label: string): string | undefined {
  const match = /_(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?=[_.]|$)/.exec(label);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const [, y, m, d, h, min, s] = match;
  if (parsePartialDate(`${y}-${m}-${d}T${h}:${min}:${s}`) === undefined) return undefined;
  return new Date(londonInstant(year, month, day, hour, minute, second)).toISOString();
}
