import { dayAt, minute } from '../clock.ts';
import type { Telling } from '../life.ts';

export function communityVisit(
  t: Telling,
  around: number,
  visit: {
    staff: string;
    reason: { text: string; code?: string };
    place: 'home' | 'clinic';
    outcome: string;
    team?: string;
  },
): string {
  const start = dayAt(around, 0, t.random.int(9, 16), t.random.int(0, 11) * 5);
  const team =
    {
      'RKE-health-visitor': 'Health visiting, Islington',
      'RKE-physio': 'Community rehabilitation team',
      'RKE-district2': 'District nursing, North Islington',
    }[visit.staff] ?? 'District nursing, Central Islington';
  return t.tell({
    kind: 'community',
    visitNumber: t.number(),
    place: visit.place,
    team,
    staff: visit.staff,
    reason: visit.reason,
    outcome: visit.outcome,
    start,
    end: start + 30 * minute,
  });
}
