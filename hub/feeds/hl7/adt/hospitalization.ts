import type { EncounterHospitalization, Extension } from 'fhir/r4';
import { ukCoreExtra } from '../concepts.ts';
import type { Dialect, VisitClass } from '../dialect.ts';
import {
  admissionMethods,
  admissionSources,
  destinations,
  dischargeMethods,
  listed,
  outcomesOfAttendance,
} from './data-dictionary.ts';
import type { VisitState } from './visit-state.ts';

/** How somebody came to stay and where they went: of a stay by the Data Dictionary's lists, of another visit in words. */
export function hospitalizationOf(
  visitClass: VisitClass | undefined,
  state: VisitState,
  { ownCodes }: Dialect,
  doubts: string[],
): EncounterHospitalization | undefined {
  const gone = state.ended !== undefined;
  const destination = wordsOf(state, 37);
  if (visitClass !== 'IMP') {
    const text = destination.words || destination.code;
    return gone && text !== '' ? { dischargeDisposition: { text } } : undefined;
  }
  const method = listed(admissionMethods, wordsOf(state, 4), ownCodes.admissionMethod, doubts);
  const source = listed(admissionSources, wordsOf(state, 14), ownCodes.admissionSource, doubts);
  const where = gone ? listed(destinations, destination, ownCodes.destination, doubts) : undefined;
  if (method === undefined && source === undefined && where === undefined) return undefined;
  return {
    ...(method === undefined ? {} : { extension: [ukCoreExtra('AdmissionMethod', method)] }),
    ...(source === undefined ? {} : { admitSource: source }),
    ...(where === undefined
      ? {}
      : { dischargeDisposition: destination.words === '' ? where : { ...where, text: destination.words } }),
  };
}

/** PV1-36: how a stay ended; of an outpatient visit what came of it. */
export function outcomeOf(
  visitClass: VisitClass | undefined,
  state: VisitState,
  { ownCodes }: Dialect,
  doubts: string[],
): Extension | undefined {
  if (state.ended === undefined) return undefined;
  const stated = wordsOf(state, 36);
  if (visitClass === 'IMP') {
    const method = listed(dischargeMethods, stated, ownCodes.dischargeMethod, doubts);
    return method === undefined ? undefined : ukCoreExtra('DischargeMethod', method);
  }
  const outcome = listed(outcomesOfAttendance, stated, {}, doubts);
  return outcome === undefined || visitClass === 'EMER' ? undefined : ukCoreExtra('OutcomeOfAttendance', outcome);
}

function wordsOf(state: VisitState, field: number): { code: string; words: string } {
  const segment = state.said('PV1', field);
  return { code: segment?.at(field) ?? '', words: segment?.at(field, 2) ?? '' };
}
