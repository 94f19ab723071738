import { useId, useState, type ReactNode } from 'react';
import { formatNhsNumber } from '../../../fhir/nhs-number.ts';
import type { Banner } from '../../timeline/banner.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { classNames } from '../../ui/class-names.ts';
import { DeathWords } from './death-words.tsx';

export interface PatientBannerProps {
  banner: Banner;
  /** False when the launching system shows the whole banner: one line of identity stays all the same. */
  full: boolean;
  /** Who reads, from where, since when: beside the identity, never between its parts. */
  opened: ReactNode;
}

/**
 * Whose record this is (T9; NHS Common User Interface, Patient Banner): name, birth, gender and NHS number, always in
 * view and never cut, and a second zone behind a press. A confirmed death changes ground and pattern and says so in words.
 */
export function PatientBanner({ banner, full, opened }: PatientBannerProps) {
  const [wide, setWide] = useState(false);
  const zone = useId();
  const ground = banner.deceased.kind === 'confirmed' ? 'deceased-ground' : 'bg-card';
  const size = full ? 'text-xl' : 'text-base';
  return (
    <section
      aria-label="Patient"
      data-testid="patient-banner"
      data-nhs-number={banner.nhsNumber ?? ''}
      data-deceased={banner.deceased.kind}
      className={classNames('border-t-4 border-t-brand short:contents', ground)}
    >
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-0.5 px-4 pt-2 pb-2 sm:px-5 short:contents">
        <div
          data-stays
          className={classNames(
            'flex min-w-0 flex-wrap items-baseline gap-x-4 short:sticky short:top-0 short:z-30 short:w-full short:border-t-2 short:border-t-brand short:px-4 short:text-sm',
            ground,
          )}
        >
          <h1 className={classNames('min-w-0 leading-tight short:text-sm', size)}>
            {banner.name}
            {banner.transliteration !== undefined && (
              <span className="ml-2 font-normal text-secondary">{banner.transliteration}</span>
            )}
          </h1>
          <p className="hidden short:block">
            NHS No. <b className="whitespace-nowrap">{nhsNumberWords(banner)}</b>
          </p>
        </div>
        <dl className={classNames('flex min-w-0 flex-wrap items-baseline gap-x-5 short:px-4 short:pb-1', ground)}>
          <Identity name="Born">
            {banner.born}
            {banner.age !== undefined && banner.deceased.kind !== 'confirmed' && ` (${banner.age})`}
          </Identity>
          <DeathWords death={banner.deceased} />
          <Identity name="Gender">{banner.gender}</Identity>
          <Identity name="NHS No.">
            <span className="whitespace-nowrap">{nhsNumberWords(banner)}</span>
            {banner.nhsNumberStatus !== undefined && (
              <span className="ml-2 inline-block">
                <Chip look="caution" icon="warning">
                  {banner.nhsNumberStatus}
                </Chip>
              </span>
            )}
          </Identity>
        </dl>
        <div
          className={classNames(
            'ml-auto flex flex-wrap items-baseline justify-end gap-x-3 text-sm text-secondary max-sm:hidden short:flex short:w-full short:px-4 short:pb-1',
            ground,
          )}
        >
          {opened}
          {full && <More wide={wide} zone={zone} onChange={setWide} />}
        </div>
        {full && (
          <div className="-mt-0.5 sm:hidden short:hidden">
            <More wide={wide} zone={zone} onChange={setWide} />
          </div>
        )}
      </div>
      {wide && (
        <dl
          id={zone}
          className={classNames(
            'grid gap-x-6 gap-y-1 border-t border-line px-4 py-2 text-sm sm:grid-cols-2 sm:px-5 lg:grid-cols-4',
            ground,
          )}
        >
          <More.Item name="Other names">{banner.otherNames.join('; ') || 'Not recorded'}</More.Item>
          <More.Item name="Address">{banner.address}</More.Item>
          <More.Item name="Phone">{banner.phone}</More.Item>
          <More.Item name="GP">{banner.gp}</More.Item>
          <div className="sm:hidden">{opened}</div>
        </dl>
      )}
    </section>
  );
}

function nhsNumberWords(banner: Banner): string {
  return banner.nhsNumber === undefined ? 'Not recorded' : formatNhsNumber(banner.nhsNumber);
}

function Identity({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      <dt className="text-secondary">{name}</dt>
      <dd className="min-w-0 font-bold">{children}</dd>
    </div>
  );
}

function More({ wide, zone, onChange }: { wide: boolean; zone: string; onChange: (wide: boolean) => void }) {
  return (
    <Button
      look="quiet"
      icon={wide ? 'fold' : 'expand'}
      aria-expanded={wide}
      aria-controls={wide ? zone : undefined}
      onClick={() => onChange(!wide)}
      className="text-sm"
    >
      {wide ? 'Less about the person' : 'More about the person'}
    </Button>
  );
}

More.Item = function MoreItem({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-secondary">{name}</dt>
      <dd className="font-bold">{children}</dd>
    </div>
  );
};
