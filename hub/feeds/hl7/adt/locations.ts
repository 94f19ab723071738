import type { EncounterLocation, Period } from 'fhir/r4';
import { ukCore } from '../concepts.ts';
import type { Dialect, VisitClass } from '../dialect.ts';
import type { Visit } from './encounter.ts';
import type { Stop } from './moves.ts';
import { habitual } from './period.ts';

/**
 * The places of a visit. A stay tells each ward with its time, and so does any visit that moved; another visit was where it
 * was for as long as it lasted.
 */
export function locationsOf(
  { stops, state }: Visit,
  visitClass: VisitClass | undefined,
  period: Period | undefined,
  dialect: Dialect,
): EncounterLocation[] {
  const ended = state.ended !== undefined;
  const over = state.phase === 'cancelled' || state.phase === 'planned';
  const timed = !over && (visitClass === 'IMP' || stops.length > 1);
  return stops.map((stop, index) => {
    const next = stops[index + 1];
    const physicalType = physicalTypeOf(stop, visitClass);
    const location = {
      location: { display: stop.place.display },
      ...(physicalType === undefined ? {} : { physicalType }),
    };
    if (!timed) return location;
    const start = startOf(stop, period, dialect);
    const end = next === undefined ? (ended ? period?.end : undefined) : startOf(next, period, dialect);
    const left = next !== undefined || ended;
    return {
      ...location,
      status: left ? ('completed' as const) : ('active' as const),
      ...(start === undefined && end === undefined
        ? {}
        : { period: { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) } }),
    };
  });
}

function startOf({ since }: Stop, period: Period | undefined, dialect: Dialect): string | undefined {
  if (since === 'beginning') return period?.start;
  return since?.value === undefined ? undefined : habitual(since.value, dialect);
}

const physicalTypes: Readonly<Partial<Record<VisitClass, readonly [code: string, display: string]>>> = {
  IMP: ['E02', 'Ward'],
  EMER: ['E04', 'Emergency Care Department or Minor Injuries Department'],
  AMB: ['E01', 'Out-Patient Clinic'],
  VR: ['E01', 'Out-Patient Clinic'],
};

function physicalTypeOf({ place }: Stop, visitClass: VisitClass | undefined): EncounterLocation['physicalType'] {
  const [code, display] = place.home
    ? ['A01', "Patient's Home"]
    : ((visitClass === undefined ? undefined : physicalTypes[visitClass]) ?? []);
  return code === undefined || display === undefined
    ? undefined
    : ukCore('EncounterLocationTypeEngland', code, display);
}
