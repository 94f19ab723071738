import { day, hour, minute } from '../borough/clock.ts';
import type { Happening, HappeningOf } from '../borough/happenings.ts';
import type { Random } from '../borough/random.ts';
import type { Life } from '../borough/truth.ts';

/** How often an event has a second one beside it that is easily taken for it. */
const shares = { emergency: 0.04, outpatient: 0.03, urgent: 0.05, stay: 0.05, transfer: 0.04 } as const;

/**
 * Adds what is easily taken for something else, all of it real: two visits of one day to one place for one reason, a second call
 * to 111 the same night, a stay the day after a stay, a transfer to the other hospital. Changes nothing that was there.
 */
export function addNearMisses(life: Life, random: Random, limit: number): Set<string> {
  const added: Happening[] = [];
  let count = 0;
  const name = (event: Happening) => `${event.id}-again${(count += 1)}`;
  const number = (event: { visitNumber: string }) => `${event.visitNumber}9${count}`;
  for (const event of life.happenings) {
    if (event.labels !== undefined) continue;
    const { end } = event;
    if (
      event.kind === 'emergency' &&
      event.outcome === 'home' &&
      end !== undefined &&
      random.chance(shares.emergency)
    ) {
      const start = end + random.int(20, 600) * minute;
      added.push({ ...event, id: name(event), visitNumber: number(event), start, end: start + 2 * hour });
    } else if (event.kind === 'outpatient' && random.chance(shares.outpatient)) {
      const start = event.start + random.pick([15, 30, 60, 60, 90, 120, 240]) * minute;
      added.push({ ...event, id: name(event), visitNumber: number(event), start, end: start + 20 * minute });
    } else if (event.kind === 'urgent-call' && random.chance(shares.urgent)) {
      added.push(callAgain(event, name(event), count, random));
    } else if (event.kind === 'stay' && end !== undefined && random.chance(shares.stay)) {
      added.push(stayAgain(event, end, name(event), number(event), random));
    } else if (event.kind === 'stay' && end !== undefined && random.chance(shares.transfer)) {
      added.push(transferred(event, end, name(event), number(event), random));
    }
  }
  const happened = added.filter(({ start, end }) => (end ?? start) < limit);
  life.happenings = [...life.happenings, ...happened].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  return new Set(happened.map(({ id }) => id));
}

function callAgain(call: HappeningOf<'urgent-call'>, id: string, count: number, random: Random): Happening {
  const start = call.start + random.int(25, 420) * minute;
  return { ...call, id, caseNumber: `${call.caseNumber}9${count}`, visit: undefined, start, end: start + 8 * minute };
}

function stayAgain(
  stay: HappeningOf<'stay'>,
  end: number,
  id: string,
  visitNumber: string,
  random: Random,
): HappeningOf<'stay'> {
  const start = end + random.int(3, 60) * hour;
  const until = start + random.int(1, 6) * day;
  const [ward] = stay.wards;
  return {
    ...stay,
    id,
    visitNumber,
    wards: ward === undefined ? [] : [{ ward: ward.ward, start, end: until }],
    procedures: [],
    start,
    end: until,
  };
}

function transferred(
  stay: HappeningOf<'stay'>,
  end: number,
  id: string,
  visitNumber: string,
  random: Random,
): HappeningOf<'stay'> {
  const hospital = stay.hospital === 'RKE' ? 'RRV' : 'RKE';
  const next = stayAgain(stay, end, id, visitNumber, random);
  const start = end + random.int(20, 150) * minute;
  const until = start + random.int(1, 8) * day;
  const ward = hospital === 'RKE' ? 'RKE-ward-mary-seacole-ward' : 'RRV-ward-acute-medical-unit';
  return {
    ...next,
    hospital,
    staff: `${hospital}-300`,
    specialty: '300',
    admission: '81',
    admittedFrom: '51',
    wards: [{ ward, start, end: until }],
    start,
    end: until,
  };
}
