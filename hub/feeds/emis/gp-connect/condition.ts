import type { Condition, Extension } from 'fhir/r4';
import { type JsonObject, isObject } from '../../../resource/json.ts';
import { concept, concepts, identifiers, notes, period } from './datatypes.ts';
import { extension, extensions, objects, oneOf, some, words } from './read.ts';
import type { Reading } from './reading.ts';
import { hl7Codes } from './systems.ts';

const clinical = ['active', 'recurrence', 'inactive', 'remission', 'resolved'] as const;
const verified = ['provisional', 'differential', 'confirmed', 'refuted', 'entered-in-error'] as const;

/**
 * A problem of the practice's problem list (ProblemHeader). GP systems do not record how sure they are of one, so nothing is
 * said of it. Its significance keeps the address it came under: UK Core has withdrawn its own, and readers know the name.
 */
export function condition(sent: JsonObject, reading: Reading): Condition {
  const status = oneOf(sent['clinicalStatus'], clinical);
  const verification = oneOf(sent['verificationStatus'], verified);
  return {
    resourceType: 'Condition',
    id: reading.idOf(sent),
    extension: some([
      significance(sent),
      ...extensions(sent, 'RelatedProblemHeader').map((one) => related(one, reading)),
    ]),
    identifier: identifiers(sent['identifier']),
    clinicalStatus:
      status === undefined ? undefined : { coding: [{ system: `${hl7Codes}condition-clinical`, code: status }] },
    verificationStatus:
      verification === undefined
        ? undefined
        : { coding: [{ system: `${hl7Codes}condition-ver-status`, code: verification }] },
    category: concepts(sent['category']),
    severity: concept(sent['severity']),
    code: concept(sent['code']),
    bodySite: concepts(sent['bodySite']),
    subject: reading.patient,
    encounter: reading.refer(sent['context']),
    onsetDateTime: words(sent['onsetDateTime']),
    onsetPeriod: words(sent['onsetDateTime']) === undefined ? period(sent['onsetPeriod']) : undefined,
    abatementDateTime: words(sent['abatementDateTime']),
    abatementString:
      words(sent['abatementDateTime']) === undefined && sent['abatementBoolean'] === true
        ? 'Ended, date not recorded'
        : words(sent['abatementString']),
    recordedDate: words(sent['assertedDate']),
    asserter: reading.refer(sent['asserter']),
    // The entry that the problem was made from says the same in more words.
    evidence: evidence(sent, reading),
    note: notes(sent['note']),
  };
}

function significance(sent: JsonObject): Extension | undefined {
  const stated = extension(sent, 'ProblemSignificance');
  const code = oneOf(stated?.['valueCode'], ['major', 'minor']);
  const url = words(stated?.['url']);
  return code === undefined || url === undefined ? undefined : { url, valueCode: code };
}

/** Another problem that this one belongs to, evolved from, or goes with, in words beside the link. */
function related(sent: JsonObject, reading: Reading): Extension | undefined {
  const part = (name: string) => objects(sent['extension']).find(({ url }) => url === name);
  const target = reading.refer(part('target')?.['valueReference']);
  if (target === undefined) return undefined;
  const how = words(part('type')?.['valueCode']);
  const display = [how, target.display].filter((one) => one !== undefined).join(': ');
  return {
    url: 'http://hl7.org/fhir/StructureDefinition/condition-related',
    valueReference: { ...target, display: display === '' ? undefined : display },
  };
}

function evidence(sent: JsonObject, reading: Reading): Condition['evidence'] {
  const entry = extension(sent, 'ActualProblem')?.['valueReference'];
  const detail = isObject(entry) ? reading.refer(entry) : undefined;
  return detail === undefined ? undefined : [{ detail: [detail] }];
}
