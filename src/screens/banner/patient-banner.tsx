import { useId, useState, type ReactNode } from 'react';
import type { Banner } from '../../timeline/banner.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { DeathWords } from './death-words.tsx';
import { Identity, SecondZone } from './identity.tsx';
import { NhsNumber } from './nhs-number.tsx';

export interface PatientBannerProps {
  banner: Banner;
  /** False when the launching system shows the whole banner: one line of identity stays all the same. */
  full: boolean;
  /** Who reads and since when, where there is room for it beside the identity. */
  opened: ReactNode;
}

/**
 * Whose record this is (T9; NHS Common User Interface, Patient Banner): name, birth, gender and NHS number, always in
 * view and never cut, and a second zone behind a press. A confirmed death changes ground and pattern and says so in words.
 * Under 400 px of height only name and number stay fixed.
 */
export function PatientBanner({ banner, full, opened }: PatientBannerProps) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const [wide, setWide] = useState(false);
  const zone = useId();
  const dead = banner.deceased.kind === 'confirmed';
  const ground = dead ? 'deceased-ground' : 'bg-card';
  return (
    <section
      aria-label="Patient"
      data-testid="patient-banner"
      data-nhs-number={banner.nhsNumber ?? ''}
      data-deceased={banner.deceased.kind}
      className={classNames('relative border-t-4 border-b border-t-brand border-b-line short:contents', ground)}
    >
      <div
        className={classNames(
          'flex flex-wrap items-baseline gap-x-4 gap-y-0.5 py-1 pr-12 pl-3 sm:py-1.5 sm:pr-22 sm:pl-5 short:contents',
        )}
      >
        <div
          data-stays
          className={classNames(
            'flex min-w-0 flex-wrap items-baseline gap-x-4 short:sticky short:top-0 short:z-30 short:border-t-2 short:border-t-brand short:px-4 short:text-sm',
            ground,
            'not-short:bg-transparent not-short:bg-none',
          )}
        >
          <h1 className={classNames('min-w-0 leading-tight short:text-sm', full ? 'text-xl' : 'text-base')}>
            {banner.name}
            {banner.transliteration !== undefined && (
              <span className="ml-1 font-normal text-secondary"> {banner.transliteration}</span>
            )}
          </h1>
          <p className="hidden short:block">
            NHS No. <NhsNumber banner={banner} />
          </p>
        </div>
        <dl
          className={classNames(
            'flex min-w-0 flex-wrap items-baseline gap-x-4 max-lg:order-2 text-[0.9375rem] short:px-4 short:pb-1 short:text-sm',
            ground,
            'not-short:bg-transparent not-short:bg-none',
          )}
        >
          <Identity name="Born">
            {banner.born}
            {banner.age !== undefined && !dead && ` (${banner.age})`}
          </Identity>
          <DeathWords death={banner.deceased} />
          <Identity name="Gender">{banner.gender}</Identity>
          <Identity name="NHS No." className="short:hidden">
            <NhsNumber banner={banner} />
          </Identity>
        </dl>
        {opened !== undefined && (
          <p className="ml-auto flex flex-wrap items-baseline gap-x-2 text-xs text-secondary max-lg:order-3 max-lg:ml-0 max-lg:basis-full [&_button]:px-1 [&_button]:text-xs">
            {opened}
          </p>
        )}
        {full && (
          <Button
            look="quiet"
            icon={wide ? 'fold' : 'expand'}
            aria-expanded={wide}
            aria-controls={wide ? zone : undefined}
            onClick={() => setWide(!wide)}
            className="absolute top-0.5 right-1 sm:top-1.5 sm:right-3 short:hidden"
          >
            <span className="max-sm:sr-only">{wide ? 'Less' : 'More'}</span>
            <VisuallyHidden> about the person</VisuallyHidden>
          </Button>
        )}
      </div>
      {wide && <SecondZone id={zone} banner={banner} className={ground} />}
    </section>
  );
}
