import { formatNhsNumber } from '../../../fhir/nhs-number.ts';
import type { Banner } from '../../timeline/banner.ts';
import { Chip } from '../../ui/chip.tsx';

/** The number in 3-3-4 on an unbroken line (T10), with a caution when it was not traced or verified. */
export function NhsNumber({ banner }: { banner: Pick<Banner, 'nhsNumber' | 'nhsNumberStatus'> }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  const { nhsNumber, nhsNumberStatus } = banner;
  return (
    <>
      <b className="whitespace-nowrap">{nhsNumber === undefined ? 'Not recorded' : formatNhsNumber(nhsNumber)}</b>
      {nhsNumberStatus !== undefined && (
        <span className="ml-2 inline-block">
          <Chip look="caution" icon="warning">
            {nhsNumberStatus}
          </Chip>
        </span>
      )}
    </>
  );
}
