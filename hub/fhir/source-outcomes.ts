import type { Extension, OperationOutcome, OperationOutcomeIssue } from 'fhir/r4';
import { zone } from '../../fhir/partial-date.ts';
import type { StoredSource } from '../store/sources.ts';
import { asAtExtension, sinceExtension, nameExtension, sourceExtension, statusExtension } from './extensions.ts';

/** Misreading 17: these words are the same in every answer about a person, whatever was asked. */
export const withheldNotice = 'Some information is not shown to you, for privacy.';

/**
 * What every search Bundle of a person ends with (T3): each source that is not plainly ok, whose records with this number
 * stand apart, and the notice that something is withheld. It depends on the person and the moment alone, never on type, filter or page, so that it locates nothing.
 */
export function outcomesFor(sources: StoredSource[], withheld: boolean): OperationOutcome[] {
  const apart = sources.filter((source) => source.apart).map(({ name }) => name);
  const issues = [
    ...sources.filter((source) => source.status !== 'ok').map(issueOf),
    ...(apart.length === 0 ? [] : [apartIssue(apart)]),
  ];
  const outcomes: OperationOutcome[] = [];
  if (issues.length > 0) outcomes.push({ resourceType: 'OperationOutcome', issue: issues });
  if (withheld) {
    outcomes.push({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'information', code: 'suppressed', details: { text: withheldNotice } }],
    });
  }
  return outcomes;
}

/** Says which included types the app's scopes leave out, so that their absence is no silent gap. */
function scopeOutcome(types: string[]): OperationOutcome {
  const text = `Not included, because the app was not given the permission to read them: ${types.join(', ')}.`;
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'forbidden', details: { text } }] };
}

/** Says of which types the app's scopes give a part only, by their query, so that the rest's absence is no silent gap. */
function partOutcome(types: readonly string[]): OperationOutcome {
  const text = `Shown in part, because the app was given the permission for that part alone: ${types.join(', ')}.`;
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'forbidden', details: { text } }] };
}

/** Both of these, as far as there is something to say. */
export function scopeOutcomes(leftOut: readonly string[], inPart: readonly string[]): OperationOutcome[] {
  const sorted = (types: readonly string[]) => [...new Set(types)].toSorted();
  return [
    ...(leftOut.length === 0 ? [] : [scopeOutcome(sorted(leftOut))]),
    ...(inPart.length === 0 ? [] : [partOutcome(sorted(inPart))]),
  ];
}

function issueOf(source: StoredSource): OperationOutcomeIssue {
  const extension: Extension[] = [
    { url: sourceExtension, valueCode: source.source },
    { url: nameExtension, valueString: source.name },
    { url: statusExtension, valueCode: source.status },
  ];
  if (source.asAt !== undefined) extension.push({ url: asAtExtension, valueDateTime: source.asAt });
  if (source.since !== undefined) extension.push({ url: sinceExtension, valueDateTime: source.since });
  return {
    extension,
    severity: 'warning',
    code: source.status === 'failed' ? 'transient' : 'incomplete',
    details: { text: words(source) },
  };
}

/** A possible match is never joined (false join), and never silently left out either. */
function apartIssue(names: readonly string[]): OperationOutcomeIssue {
  const text = `Not shown, because it is not certain that it is this person’s: a record with the same NHS number (${names.join(', ')}).`;
  return { severity: 'warning', code: 'incomplete', details: { text } };
}

function words({ name, status, asAt, since, message }: StoredSource): string {
  const from = since === undefined ? '' : ` since ${moment(since)}`;
  const said: Record<StoredSource['status'], string> = {
    ok: `${name}: read.`,
    late: `${name}: late${from}. What happened lately may be missing.`,
    failed: `${name}: could not be read${from}. Its records may be missing or out of date.`,
    partial: `${name}: only part could be read${from}. Some of its records may be missing.`,
    'not-connected': `${name}: not connected. Its records are not shown here.`,
  };
  // What was read in part is not complete to any moment.
  const known = status === 'partial' ? 'What was read is as at' : 'It is complete to';
  const upTo = asAt === undefined ? [] : [`${known} ${moment(asAt)}.`];
  return [said[status], ...upTo, ...(message === undefined ? [] : [message])].join(' ');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `21-Nov-2026 23:10` in Europe/London (T10). */
function moment(iso: string): string {
  const parts = new Map(clock.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]));
  const month = months[Number(parts.get('month')) - 1];
  return `${parts.get('day')}-${month}-${parts.get('year')} ${parts.get('hour')}:${parts.get('minute')}`;
}
