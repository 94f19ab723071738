import { describe, expect, it } from 'vitest';
import type { FhirResource } from 'fhir/r4';
import { makeBorough } from '../../mocks/borough/make.ts';
import { writeDirectories } from '../../mocks/writers/directory.ts';
import { directoryOf, roundTripLines, roundTripLiquidlogic, type RoundTrip } from './liquidlogic.ts';

const borough = makeBorough({ people: 300, seed: 7, now: new Date('2026-11-21T12:00:00Z') });
const counted = 'Line … is no line of this file (its quotes or the number of its fields): not taken.';

const without = ({ items }: RoundTrip): string[] =>
  [...items].filter(([, { there, back }]) => back < there).map(([kind]) => kind);
const notAsTrue = ({ facts }: RoundTrip): string[] =>
  [...facts].filter(([, { lost, other, added }]) => lost + other + added > 0).map(([fact]) => fact);

function nameIn(resource: FhirResource): string | undefined {
  if (resource.resourceType === 'Organization') return resource.name;
  if (resource.resourceType === 'Practitioner') return resource.name?.[0]?.text;
  return resource.resourceType === 'PractitionerRole' ? resource.code?.[0]?.coding?.[0]?.code : resource.resourceType;
}

describe('what the borough’s council tells', () => {
  it('comes back item by item and fact by fact from the return and the extension together', async () => {
    const trip = await roundTripLiquidlogic(borough, ['client-level-data', 'social-care-extension']);
    expect(trip.items.get('Task')?.there).toBeGreaterThan(50);
    expect(trip.items.get('EpisodeOfCare')?.there).toBeGreaterThan(20);
    expect(without(trip)).toEqual([]);
    // What came back otherwise than it is true would stand here fact by fact, with an example.
    expect(roundTripLines(trip).filter((line) => line.startsWith(' '))).toEqual([
      // A carer's line of the return has a reason of its own, "Support to Carer", that the borough does not count.
      expect.stringMatching(/^ {2}besides: \d+ Condition$/),
      // The line below an export that counts its rows.
      `  doubt: ${counted}`,
    ]);
  });

  it('comes back whole from the extension alone, and what was told does not depend on the return', async () => {
    const trip = await roundTripLiquidlogic(borough, ['social-care-extension']);
    expect([without(trip), notAsTrue(trip), trip.besides.size, trip.doubts.size]).toEqual([[], [], 0, 0]);
  });

  it('names its teams, providers and staff as they are', async () => {
    const truth = [...writeDirectories(borough)].find(({ source }) => source === 'liquidlogic')?.resources ?? [];
    const names = (resources: readonly FhirResource[]) => new Set(resources.map(nameIn));
    expect(names(await directoryOf(borough))).toEqual(names(truth));
  });

  it('loses from the national return alone what the return has no columns for, and nothing else', async () => {
    const trip = await roundTripLiquidlogic(borough, ['client-level-data']);
    // No alerts, teams, equipment or documents; of events none that is still asked for, under way or arranged; of reasons
    // none before the first event.
    expect(without(trip)).toEqual([
      'ServiceRequest',
      'Task',
      'Condition',
      'DeviceRequest',
      'Flag',
      'CareTeam',
      'DocumentReference',
    ]);
    expect(notAsTrue(trip)).toEqual([
      'Patient: how sure the number is',
      'Patient: all names',
      'Patient: time of death',
      'Patient: address lines',
      'Patient: phone',
      'Patient: contact',
      'ServiceRequest: time',
      'ServiceRequest: who asked',
      'ServiceRequest: reason',
      'ServiceRequest: team',
      'ServiceRequest: outcome',
      'Task: kind of assessment or review',
      'Task: time',
      'Task: time of its end',
      'Task: team',
      'Task: who did it',
      'Task: request it follows',
      'Task: service it is about',
      'Task: has a document',
      'EpisodeOfCare: status',
      'EpisodeOfCare: what it is called',
      'EpisodeOfCare: care manager',
      'EpisodeOfCare: pauses',
      'EpisodeOfCare: assessment it follows',
      'Condition: in force',
      'Condition: from',
      'Condition: until',
    ]);
    const statuses = trip.facts.get('Task: last day');
    expect(statuses).toMatchObject({ lost: 0, other: 0, added: 0 });
  });
});
