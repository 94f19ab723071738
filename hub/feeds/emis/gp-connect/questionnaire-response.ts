import type { QuestionnaireResponse, QuestionnaireResponseItem, QuestionnaireResponseItemAnswer } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { coding, identifier, quantity } from './datatypes.ts';
import { numeric, object, objects, oneOf, some, truth, uri, words } from './read.ts';
import type { Reading } from './reading.ts';

/** A template that the practice filled in; its answers are entries of the record, told beside it. */
export function questionnaireResponse(sent: JsonObject, reading: Reading): QuestionnaireResponse {
  return {
    resourceType: 'QuestionnaireResponse',
    id: reading.idOf(sent),
    identifier: identifier(sent['identifier']),
    basedOn: reading.referAll(sent['basedOn']),
    partOf: reading.referAll(sent['parent']),
    status:
      oneOf(sent['status'], ['in-progress', 'completed', 'amended', 'entered-in-error', 'stopped']) ?? 'completed',
    subject: reading.patient,
    encounter: reading.refer(sent['context']),
    authored: words(sent['authored']),
    author: reading.refer(sent['author']),
    source: reading.refer(sent['source']),
    item: items(sent, reading),
  };
}

/** Deeper than this nobody asks questions; a record made to exhaust its reader does. */
const deepest = 20;

function items(sent: JsonObject, reading: Reading, depth = 0): QuestionnaireResponseItem[] | undefined {
  if (depth > deepest) {
    reading.doubt('A template was nested deeper than can be read; its innermost answers were left out.');
    return undefined;
  }
  return some(
    objects(sent['item']).map((one, place) => ({
      linkId: words(one['linkId']) ?? String(place + 1),
      text: words(one['text']),
      answer: some(objects(one['answer']).map((value) => answer(value, reading, depth))),
      item: items(one, reading, depth + 1),
    })),
  );
}

function answer(sent: JsonObject, reading: Reading, depth: number): QuestionnaireResponseItemAnswer | undefined {
  const whole = Number.isInteger(sent['valueInteger']);
  const values: QuestionnaireResponseItemAnswer[] = [
    { valueBoolean: truth(sent['valueBoolean']) },
    { valueDecimal: numeric(sent['valueDecimal']) },
    { valueInteger: whole ? numeric(sent['valueInteger']) : undefined },
    { valueDate: words(sent['valueDate']) },
    { valueDateTime: words(sent['valueDateTime']) },
    { valueTime: /^\d\d:\d\d:\d\d(?:\.\d+)?$/.exec(words(sent['valueTime']) ?? '')?.[0] },
    { valueString: words(sent['valueString']) },
    { valueUri: uri(sent['valueUri']) },
    { valueCoding: objects(sent['valueCoding']).map(coding)[0] },
    { valueQuantity: quantity(sent['valueQuantity']) },
    { valueReference: reading.refer(object(sent['valueReference'])) },
  ];
  const value = values.find((one) => Object.values(one).some((part) => part !== undefined));
  const nested = items(sent, reading, depth + 1);
  return value === undefined && nested === undefined ? undefined : { ...value, item: nested };
}
