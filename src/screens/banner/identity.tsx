import type { ReactNode } from 'react';
import type { Banner } from '../../timeline/banner.ts';
import { classNames } from '../../ui/class-names.ts';

/** One part of an identity: its name, then its value in bold. It wraps and never clips. */
export function Identity({ name, children, className }: { name: string; children: ReactNode; className?: string }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  return (
    <div className={classNames('flex min-w-0 flex-wrap items-baseline gap-x-1.5', className)}>
      <dt className="text-secondary">{name}</dt>
      <dd className="min-w-0 font-bold">{children}</dd>
    </div>
  );
}

/** What else tells one person from another: other names, address, phone, GP. */
export function SecondZone({ id, banner, className }: { id: string; banner: Banner; className: string }) {
  'use no memo';
  const { otherNames, address, phone, gp } = banner;
  return (
    <dl
      id={id}
      className={classNames(
        'grid gap-x-6 gap-y-1 border-t border-line px-4 py-2 text-sm sm:grid-cols-2 sm:px-5 lg:grid-cols-4',
        className,
      )}
    >
      <Identity name="Other names">{otherNames.length === 0 ? 'Not recorded' : otherNames.join('; ')}</Identity>
      <Identity name="Address">{address}</Identity>
      <Identity name="Phone">{phone}</Identity>
      <Identity name="GP">{gp}</Identity>
    </dl>
  );
}
