import type { KeyInformationView } from '../../timeline/key-information/key-information.ts';
import type { NextAppointment } from '../../timeline/key-information/next-appointments.ts';
import { Unbroken } from '../../ui/unbroken.tsx';
import { Fold } from './fold.tsx';

/** So many of the nearest stand at once; the rest folds to a count. */
const nearest = 3;

/** The bookings ahead, unless a nearer one may not have been read yet. */
export function NextAppointmentsView({ next }: { next: KeyInformationView['next'] }) {
  const { appointments, complete } = next;
  const more = appointments.slice(nearest);
  const empty = complete ? 'Not recorded' : 'Not all read';
  return (
    <Fold
      title="Next bookings"
      aside={appointments.length === 0 ? empty : appointments.length}
      open={appointments.length > 0 || !complete}
    >
      {() => (
        <>
          {!complete && (
            <p className="text-sm font-bold text-gap-ink">
              {appointments.length === 0 ? 'Bookings have not all been read.' : 'A nearer one may not have been read.'}
            </p>
          )}
          <ul className="text-sm">{appointments.slice(0, nearest).map(line)}</ul>
          {more.length > 0 && (
            <details className="text-sm">
              <summary className="cursor-pointer py-1 text-link max-sm:py-2.5">{more.length} more</summary>
              <ul>{more.map(line)}</ul>
            </details>
          )}
        </>
      )}
    </Fold>
  );
}

function line({ key, when, title, detail, source }: NextAppointment) {
  return (
    <li key={key} className="border-b border-line py-1 last:border-b-0">
      <b>
        <Unbroken words={when} />
      </b>
      <Unbroken words={[title, ...detail].map((words) => ` · ${words}`).join('')} />
      <span className="block text-xs text-secondary">{source}</span>
    </li>
  );
}
