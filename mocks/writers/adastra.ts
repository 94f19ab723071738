import type { Borough, Life } from '../borough/truth.ts';
import { classOf, concept, localIdentifier, ukCore } from './codes.ts';
import { encounterOf, outcomeInWords, reasonOf } from './encounter.ts';
import { writePatient } from './patient.ts';
import { organisationReference, penFor, placeReference, recordOf } from './pen.ts';
import { writeWarnings } from './warnings.ts';
import type { SourceRecordLike } from './source-record.ts';

/** 111 calls, the out-of-hours visits that came of them (partOf, one case number) and special notes. */
export function writeAdastra(life: Life, borough: Borough): SourceRecordLike | undefined {
  const calls = life.happenings.filter((event) => event.kind === 'urgent-call');
  const visits = life.happenings.filter((event) => event.kind === 'urgent-visit');
  const notes = life.warnings.filter(({ tellers }) => tellers.includes('adastra'));
  const pen = penFor('adastra', 'XLCW1', life, borough);
  const known = [...calls, ...visits, ...notes.map(({ from }) => ({ start: from }))].some(
    ({ start }) => start <= pen.asAt,
  );
  if (!known) return undefined;
  writePatient(pen);
  const caseNumber = (number: string) => localIdentifier('case', `XLCW1-${number}`);
  for (const call of calls) {
    if (call.start > pen.asAt) continue;
    const encounter = encounterOf(pen, call, {
      class: classOf('111'),
      type: [{ text: 'NHS 111 call' }],
      number: `XLCW1-${call.caseNumber}-call`,
    });
    pen.add({
      ...encounter,
      identifier: [...(encounter.identifier ?? []), caseNumber(call.caseNumber)],
      extension: [outcomeInWords(call.advice)],
      serviceType: { text: 'NHS 111' },
      reasonCode: reasonOf(call, [concept(call.reason)]),
      serviceProvider: organisationReference('XLCW1'),
    });
  }
  for (const visit of visits) {
    if (visit.start > pen.asAt) continue;
    const home = visit.place === 'home';
    const encounter = encounterOf(pen, visit, {
      class: classOf(home ? 'HH' : 'AMB'),
      type: [{ text: 'Out-of-hours visit' }],
      number: `XLCW1-${visit.caseNumber}-visit`,
      staff: visit.staff,
    });
    pen.add({
      ...encounter,
      identifier: [...(encounter.identifier ?? []), caseNumber(visit.caseNumber)],
      extension: [outcomeInWords(visit.outcome)],
      serviceType: { text: 'GP out-of-hours service' },
      reasonCode: reasonOf(visit, [concept(visit.reason)]),
      location: home
        ? [
            {
              location: { display: "Person's home" },
              physicalType: ukCore('EncounterLocationTypeEngland', 'A01', "Patient's Home"),
            },
          ]
        : [
            {
              location: placeReference('XLCW1-base'),
              physicalType: ukCore('EncounterLocationTypeEngland', 'D02', 'Out of Hours Centre'),
            },
          ],
      serviceProvider: organisationReference('XLCW1'),
      partOf:
        visit.call !== undefined && pen.encounters.has(visit.call)
          ? { reference: `Encounter/${visit.call}` }
          : undefined,
    });
  }
  writeWarnings(pen);
  return recordOf(pen);
}
