import { lazyPart } from '../lazy-part.tsx';
import { PatientBanner } from '../banner/patient-banner.tsx';
import type { KeptRecordProps } from './kept-record.tsx';

/** In the timeline's place where all of it is kept from this reader; whose record it is stands at once. */
export const { Part: LazyKeptRecord } = lazyPart<KeptRecordProps>(
  async () => (await import('./kept-record.tsx')).KeptRecord,
  {
    waiting: 'Reading what you may see.',
    failed: 'The record is not shown to you, and why could not be said: a part of this page did not arrive.',
    frame: (told, { banner, session }) => (
      <>
        <header>
          <PatientBanner banner={banner} full={session.needPatientBanner} opened={undefined} />
        </header>
        <main className="p-5">{told}</main>
      </>
    ),
  },
);
