import { date, day } from '../../../../borough/clock.ts';
import type { Medicine } from '../../../../borough/facts.ts';
import { drugGuid, entry, type Chart } from './cells.ts';
import { guid } from './guid.ts';

const supply = 28 * day;
/** Older issues have been archived. */
const mostIssues = 12;

/** What the practice prescribes: the record of the drug, and an issue each time it was printed. Neither names a consultation. */
export function writeDrugRows(chart: Chart): void {
  for (const medicine of chart.life.medicines) {
    if (!medicine.tellers.includes('emis') || medicine.start > chart.asAt) continue;
    const over = medicine.end !== undefined && medicine.end <= chart.asAt;
    const issues = issuesOf(medicine, chart.asAt);
    const id = drugGuid(medicine.id);
    const common = {
      ...entry(chart, { at: medicine.start, staff: medicine.prescriber, labels: medicine.labels }),
      CodeId: chart.ledger.drug(medicine.term),
      Dosage: medicine.dose,
    };
    chart.ledger.put('Prescribing_DrugRecord', id, {
      ...common,
      DrugRecordGuid: id,
      PrescriptionType: medicine.repeat ? 'Repeat' : 'Acute',
      IsActive: over ? 'false' : 'true',
      CancellationDate: over && medicine.repeat ? date(medicine.end ?? medicine.start) : undefined,
      NumberOfIssues: String(issues.length),
      NumberOfIssuesAuthorised: medicine.repeat ? '12' : '1',
    });
    for (const at of issues) {
      const issue = guid(`issue ${medicine.id} ${date(at)}`);
      chart.ledger.put('Prescribing_IssueRecord', issue, {
        ...common,
        IssueRecordGuid: issue,
        DrugRecordGuid: id,
        EffectiveDate: date(at),
        EnteredDate: date(at),
        CourseDurationInDays: medicine.repeat ? '28' : courseOf(medicine),
      });
    }
  }
}

function courseOf({ start, end }: Medicine): string | undefined {
  return end === undefined ? undefined : String(Math.max(1, Math.round((end - start) / day)));
}

/** The last issue that is known of, and those before it, a supply apart. */
function issuesOf({ repeat, start, lastIssued }: Medicine, asAt: number): number[] {
  if (!repeat) return [start];
  const issues: number[] = [];
  for (let at = Math.max(start, lastIssued); at >= start && issues.length < mostIssues; at -= supply) {
    if (at <= asAt) issues.push(at);
  }
  return issues;
}
