import type { FeedItem, LeadRow } from './group-rows.ts';

const leadHeights: Record<LeadRow['type'], number> = {
  now: 40,
  band: 36,
  month: 36,
  untimed: 25,
  discharge: 25,
  withdrawn: 25,
  gap: 54,
  end: 52,
};
const rowHeight = 54;
const cautionHeight = 22;

/** Height in CSS pixels before an article was measured, near enough that the scroll bar tells the truth. */
export function estimatedHeight(item: FeedItem): number {
  const lead = item.lead.reduce((sum, row) => sum + leadHeights[row.type], 0);
  return (
    lead + rowHeight + (item.row.entry.cautions.length > 0 || item.row.entry.news !== undefined ? cautionHeight : 0)
  );
}
