import type { CodeableConcept, Extension, Immunization, ImmunizationPerformer } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, identifiers, notes, quantity } from './datatypes.ts';
import { extension, object, objects, oneOf, some, truth, whole, words } from './read.ts';
import type { Reading } from './reading.ts';

/**
 * A vaccination given, or refused. EMIS names it by the procedure (UK Core VaccinationProcedure) and states no vaccine: its
 * words stand where a reader looks for the vaccine, its codes only where they are true.
 */
export function immunization(sent: JsonObject, reading: Reading): Immunization {
  const procedure = concept(extension(sent, 'VaccinationProcedure')?.['valueCodeableConcept']);
  const explained = object(sent['explanation']);
  const date = words(sent['date']);
  return {
    resourceType: 'Immunization',
    id: reading.idOf(sent),
    extension: some<Extension>([
      procedure === undefined
        ? undefined
        : { url: `${ukCoreExtension}VaccinationProcedure`, valueCodeableConcept: procedure },
    ]),
    identifier: identifiers(sent['identifier']),
    status:
      sent['notGiven'] === true
        ? 'not-done'
        : (oneOf(sent['status'], ['completed', 'entered-in-error']) ?? 'completed'),
    statusReason: concept(explained?.['reasonNotGiven']),
    vaccineCode: vaccine(sent, procedure),
    patient: reading.patient,
    encounter: reading.refer(sent['encounter']),
    occurrenceDateTime: date,
    occurrenceString: date === undefined ? 'Date not recorded' : undefined,
    recorded: words(extension(sent, 'DateRecorded')?.['valueDateTime']),
    primarySource: truth(sent['primarySource']),
    reportOrigin: concept(sent['reportOrigin']),
    location: reading.refer(sent['location']),
    manufacturer: reading.refer(sent['manufacturer']),
    lotNumber: words(sent['lotNumber']),
    expirationDate: words(sent['expirationDate']),
    site: concept(sent['site']),
    route: concept(sent['route']),
    doseQuantity: quantity(sent['doseQuantity']),
    performer: some(objects(sent['practitioner']).map((one) => performer(one, reading))),
    note: notes(sent['note']),
    reasonCode: concepts(explained?.['reason']),
    reasonReference: reading.problemsOf(sent),
    protocolApplied: protocols(sent, reading),
  };
}

function vaccine(sent: JsonObject, procedure: CodeableConcept | undefined): CodeableConcept {
  const stated = concept(sent['vaccineCode']);
  const isNull = stated?.coding?.some(({ system }) => system?.endsWith('NullFlavor') === true) ?? true;
  if (stated !== undefined && !isNull) return stated;
  const named = procedure?.text ?? words(object(sent['vaccineCode'])?.['text']);
  return { text: named ?? 'Vaccine not recorded' };
}

function performer(sent: JsonObject, reading: Reading): ImmunizationPerformer | undefined {
  const actor = reading.refer(sent['actor']);
  return actor === undefined ? undefined : { function: concept(sent['role']), actor };
}

/** Only where the dose of the course is stated, for R4 has no course without it. */
function protocols(sent: JsonObject, reading: Reading): Immunization['protocolApplied'] {
  return some(
    objects(sent['vaccinationProtocol']).map((one) => {
      const [dose, text] = [whole(one['doseSequence'], 1), words(one['description'])];
      if (dose === undefined && text === undefined) return undefined;
      return {
        series: words(one['series']),
        authority: reading.refer(one['authority']),
        targetDisease: concepts(one['targetDisease']),
        doseNumberPositiveInt: dose,
        doseNumberString: dose === undefined ? text : undefined,
        seriesDosesPositiveInt: whole(one['seriesDoses'], 1),
      };
    }),
  );
}
