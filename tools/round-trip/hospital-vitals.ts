import type { FhirResource, Observation } from 'fhir/r4';
import { dateTime } from '../../mocks/borough/clock.ts';
import type { Vital } from '../../mocks/borough/facts.ts';
import { habitsOf } from '../../mocks/writers/hospital/native/habits.ts';
import { visitNumberOf, type Hand } from '../../mocks/writers/hospital/native/hand.ts';
import { vitalOf } from '../../mocks/writers/vitals.ts';
import type { Compared } from './adastra.ts';
import { sameAs } from './hospital-same.ts';

/** Whether an observation is one of the bedside. */
export function isVital({ category }: Observation): boolean {
  return category?.[0]?.coding?.[0]?.code === 'vital-signs';
}

/** Everything measured at this hospital's bedsides against what the hub holds of it. */
export function compareVitals(hand: Hand, resources: readonly FhirResource[]): Compared[] {
  const told = resources.filter((each): each is Observation => each.resourceType === 'Observation').filter(isVital);
  return hand.life.vitals
    .filter(({ tellers, taken }) => tellers.includes(habitsOf(hand.hospital).source) && taken + 60_000 <= hand.asAt)
    .flatMap((vital) => compareVital(vital, told, hand));
}

function compareVital(vital: Vital, all: readonly Observation[], hand: Hand): Compared[] {
  const { code, valueQuantity, component = [] } = vitalOf(vital.type, vital.values);
  const parts = component.length > 0 ? component : [{ code, valueQuantity }];
  const visit = visitNumberOf(hand, vital.at);
  return parts.flatMap((part) => {
    const loinc = part.code.coding?.[0]?.code;
    const told = all.find(
      (each) =>
        each.effectiveDateTime === dateTime(vital.taken) && each.code.coding?.some((coding) => coding.code === loinc),
    );
    return [
      sameAs('measured: value', part.valueQuantity?.value, told?.valueQuantity?.value),
      sameAs('measured: unit', part.valueQuantity?.code, told?.valueQuantity?.code),
      sameAs(
        'measured: its visit',
        visit === '' ? undefined : `Encounter/${hand.mrn}-visit-${visit}`,
        told?.encounter?.reference,
      ),
    ];
  });
}
