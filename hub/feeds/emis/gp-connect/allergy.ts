import type { AllergyIntolerance, AllergyIntoleranceReaction, Extension } from 'fhir/r4';
import { ukCoreExtension } from '../../../../fhir/systems.ts';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, identifiers, notes } from './datatypes.ts';
import { allWords, extension, objects, oneOf, some, words } from './read.ts';
import type { Reading } from './reading.ts';
import { hl7Codes } from './systems.ts';

/**
 * An allergy, an ended one too, or the statement that there are none known. GP Connect writes `unconfirmed` for every one
 * because STU3 wants a word there, and forbids to read anything into it: told on, each allergy of the borough would stand as
 * "Suspected", and no "no known allergies" would count (misreading 1). So it is left out.
 */
export function allergy(sent: JsonObject, reading: Reading): AllergyIntolerance {
  const verification = oneOf(sent['verificationStatus'], ['confirmed', 'refuted', 'entered-in-error']);
  const status = oneOf(sent['clinicalStatus'], ['active', 'inactive', 'resolved']) ?? 'active';
  return {
    resourceType: 'AllergyIntolerance',
    id: reading.idOf(sent),
    extension: some([ended(sent)]),
    identifier: identifiers(sent['identifier']),
    // FHIR ait-2: what was entered in error has no status.
    clinicalStatus:
      verification === 'entered-in-error'
        ? undefined
        : { coding: [{ system: `${hl7Codes}allergyintolerance-clinical`, code: status }] },
    verificationStatus:
      verification === undefined
        ? undefined
        : { coding: [{ system: `${hl7Codes}allergyintolerance-verification`, code: verification }] },
    type: oneOf(sent['type'], ['allergy', 'intolerance']),
    category: some(
      allWords(sent['category']).map((one) => oneOf(one, ['food', 'medication', 'environment', 'biologic'])),
    ),
    criticality: oneOf(sent['criticality'], ['low', 'high', 'unable-to-assess']),
    code: concept(sent['code']),
    patient: reading.patient,
    encounter: reading.refer(extension(sent, 'encounter-associatedEncounter')?.['valueReference']),
    onsetDateTime: words(sent['onsetDateTime']),
    recordedDate: words(sent['assertedDate']),
    recorder: reading.refer(sent['recorder']),
    asserter: reading.refer(sent['asserter']),
    lastOccurrence: words(sent['lastOccurrence']),
    note: notes(sent['note']),
    reaction: some(objects(sent['reaction']).map(reaction)),
  };
}

function ended(sent: JsonObject): Extension | undefined {
  const stated = extension(sent, 'AllergyIntoleranceEnd');
  if (stated === undefined) return undefined;
  const part = (name: string) => objects(stated['extension']).find(({ url }) => url === name);
  const [date, reason] = [words(part('endDate')?.['valueDateTime']), words(part('reasonEnded')?.['valueString'])];
  const parts = some<Extension>([
    date === undefined ? undefined : { url: 'endDate', valueDateTime: date },
    reason === undefined ? undefined : { url: 'reasonEnded', valueString: reason },
  ]);
  return parts === undefined ? undefined : { url: `${ukCoreExtension}AllergyIntoleranceEnd`, extension: parts };
}

/** STU3 wants a manifestation and gets a null flavour where none was recorded: the words beside it are what is known. */
function reaction(sent: JsonObject): AllergyIntoleranceReaction | undefined {
  const description = words(sent['description']);
  const known = objects(sent['manifestation']).filter(
    (one) => !objects(one['coding']).some(isNull) || words(one['text']),
  );
  const severity = oneOf(sent['severity'], ['mild', 'moderate', 'severe']);
  const told = concepts(known);
  if (told === undefined && description === undefined && severity === undefined) return undefined;
  return {
    substance: concept(sent['substance']),
    manifestation: told ?? [{ text: description ?? 'Reaction not recorded' }],
    description,
    onset: words(sent['onset']),
    severity,
    exposureRoute: concept(sent['exposureRoute']),
    note: notes(sent['note']),
  };
}

function isNull({ system }: JsonObject): boolean {
  return words(system)?.endsWith('NullFlavor') ?? false;
}
