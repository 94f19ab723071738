import { formatDateTime } from '../../timeline/dates.ts';
import type { WardMove } from '../../timeline/entry.ts';
import { Section } from '../../ui/section.tsx';

/** The wards of a stay in the order they were lived in; a move nobody dated says so. */
export function WardMoves({ moves }: { moves: readonly WardMove[] }) {
  if (moves.length === 0) return null;
  return (
    <Section title="Wards and places">
      <ol className="text-sm">
        {moves.map((move, index) => (
          <li
            key={`${move.place} ${move.start?.text ?? index}`}
            className="flex flex-wrap justify-between gap-x-3 border-b border-line py-1 last:border-b-0"
          >
            <span>{move.place}</span>
            <span className="text-secondary">{moveDates(move)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function moveDates({ start, end }: WardMove): string {
  if (start === undefined) return end === undefined ? 'Dates not recorded' : `until ${formatDateTime(end)}`;
  return end === undefined ? `from ${formatDateTime(start)}` : `${formatDateTime(start)} to ${formatDateTime(end)}`;
}
