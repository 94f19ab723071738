import type { KeyInformationView } from '../../timeline/key-information/key-information.ts';
import { Section } from '../../ui/section.tsx';

/** The nearest booking, unless a nearer one may not have been read yet. */
export function NextAppointmentView({ next }: { next: KeyInformationView['next'] }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <Section title="Next booking">
      {next.appointment === undefined ? (
        <p className="text-sm">{next.complete ? 'Not recorded' : 'Bookings have not all been read.'}</p>
      ) : (
        <p className="text-sm">
          <b>{next.appointment.when}</b> · {next.appointment.title}
          {next.appointment.detail.map((words) => ` · ${words}`).join('')}
          <span className="block text-xs text-secondary">
            {next.appointment.source}
            {!next.complete && ' · A nearer one may not have been read.'}
          </span>
        </p>
      )}
    </Section>
  );
}
