import { lazyPart } from '../lazy-part.tsx';
import type { KeyStripProps } from './key-strip.tsx';
import { stripLabel, stripLook } from './strip-look.ts';

/**
 * Allergies, alerts and plans: their code is asked for while the first reads are on their way and comes before their answers do.
 * Should it not arrive, that is said where they would stand (misreadings 1 and 2).
 */
export const { Part: LazyKeyStrip, load: loadKeyStrip } = lazyPart<KeyStripProps>(
  async () => (await import('./key-strip.tsx')).KeyStrip,
  {
    waiting: 'Allergies, alerts and plans are being read.',
    failed:
      'Allergies, alerts and plans are not shown: a part of this page did not arrive. Look in the source systems.',
    behind: true,
    frame: (told) => (
      <section aria-label={stripLabel} className={stripLook}>
        {told}
      </section>
    ),
  },
);
