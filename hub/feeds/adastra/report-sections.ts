import type { Report, ReportSection } from './report.ts';

const reported = '886891000000102';

/** What the caller said was wrong, on one line, where it is short enough to be read in a row: the report holds it all. */
export function reportedCondition(report: Report | undefined): string | undefined {
  const section = report?.sections.find(
    ({ title, code }) => code === reported || /reported condition/i.test(title ?? ''),
  );
  const words = section?.lines.join(' ').trim();
  return words === undefined || words === '' || words.length > 200 ? undefined : words;
}

/** The sections that hold special patient notes. */
export function specialNotes(report: Report): ReportSection[] {
  return report.sections.filter(({ title }) => /special (?:patient )?notes?/i.test(title ?? ''));
}
