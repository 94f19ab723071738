import type { Death } from '../../timeline/banner.ts';
import { Chip } from '../../ui/chip.tsx';

/**
 * A death as far as it is known: confirmed with its date and age; reported by one source alone with who says so and that
 * nobody confirmed it (misreading 19).
 */
export function DeathWords({ death }: { death: Death }) {
  // Drawn seldom and cheaply: what the compiler would remember costs more bytes than it saves work.
  'use no memo';
  if (death.kind === 'no') return null;
  if (death.kind === 'confirmed') {
    return (
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
        <dt>Died</dt>
        <dd className="min-w-0 font-bold">
          {death.date ?? 'Date not recorded'}
          {death.age !== undefined && ` (aged ${death.age})`}
        </dd>
      </div>
    );
  }
  const by = death.by === undefined ? 'Death reported' : `Death reported by ${death.by}`;
  return (
    <div className="min-w-0">
      <dt className="sr-only">Death</dt>
      <dd className="min-w-0">
        <Chip look="caution" icon="warning">
          {by}
          {death.date !== undefined && `, ${death.date}`}: not confirmed
        </Chip>
      </dd>
    </div>
  );
}
