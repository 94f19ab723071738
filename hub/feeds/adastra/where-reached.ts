import type { Address, ContactPoint } from 'fhir/r4';
import { statedPeriod } from './encounter-parts.ts';
import { readXsTime } from './stated-time.ts';
import type { ToldCase } from './told-case.ts';

/** Telephone numbers and the like, each once. */
export function telecomOf({ export: exported, reports }: ToldCase): ContactPoint[] | undefined {
  const uses: Record<string, ContactPoint['use']> = {
    Home: 'home',
    Work: 'work',
    Mobile: 'mobile',
    H: 'home',
    HP: 'home',
    WP: 'work',
    MC: 'mobile',
  };
  const phones = [
    ...(exported?.said.patient.phones.map(({ type, number }) => ({ use: type, number })) ?? []),
    ...reports.flatMap(({ said }) => said.patient.phones),
  ];
  const points = new Map<string, ContactPoint>();
  for (const { use, number } of phones) {
    const known = points.get(number.replaceAll(/\D/g, ''));
    const point: ContactPoint = {
      system: number.includes('@') ? 'email' : 'phone',
      value: number,
      use: uses[use ?? ''],
    };
    if (known?.use === undefined) points.set(number.replaceAll(/\D/g, ''), point);
  }
  return points.size === 0 ? undefined : [...points.values()];
}

/** Where somebody was during the case is their address no longer than that. A report's home is told where the export has none. */
export function addressesOf({ export: exported, reports, doubts }: ToldCase): Address[] | undefined {
  const said = exported?.said;
  const during = statedPeriod(readXsTime(said?.active ?? ''), readXsTime(said?.completed ?? ''));
  const stated = said?.patient.addresses ?? [];
  if (stated.some(({ type }) => type === undefined)) doubts.add('An address without a type');
  const addresses = stated.map(({ type, lines, town, county, postcode }): Address => {
    const where = { line: nonEmpty(lines), city: town, district: county, postalCode: postcode };
    return type === 'Home' ? { use: 'home', ...where } : { use: 'temp', ...where, period: during };
  });
  if (!stated.some(({ type }) => type === 'Home')) {
    const homes = reports.at(-1)?.said.patient.addresses.filter(({ use }) => use === 'H' || use === 'HP') ?? [];
    addresses.push(
      ...homes.map(({ lines, postcode }): Address => ({ use: 'home', line: nonEmpty(lines), postalCode: postcode })),
    );
  }
  const told = addresses.filter(({ line, city, postalCode }) => (line ?? city ?? postalCode) !== undefined);
  return told.length === 0 ? undefined : told;
}

function nonEmpty(lines: string[]): string[] | undefined {
  return lines.length === 0 ? undefined : lines;
}
