import type { Binary, DocumentReference } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, identifier, identifiers, period } from './datatypes.ts';
import { problemExtensions } from './reasons.ts';
import { allWords, object, objects, oneOf, some, whole, words } from './read.ts';
import { keyOf, type Reading } from './reading.ts';

/**
 * A letter or another document of the practice. Most are named only, and kept at the practice: an address there leads nowhere
 * from here, so it is kept as the document's number and not as a link that would fail, and the page says that the letter was
 * not sent.
 */
export function documentReference(sent: JsonObject, reading: Reading): DocumentReference {
  const [created, indexed] = [words(sent['created']), words(sent['indexed'])];
  const contents = objects(sent['content']).map((one) => attachmentOf(one, created, reading));
  const elsewhere = contents.flatMap(({ kept }) =>
    kept === undefined ? [] : [{ system: 'urn:ietf:rfc:3986', value: kept }],
  );
  const context = object(sent['context']);
  const about = {
    encounter: reading.referAll(context?.['encounter']),
    event: concepts(context?.['event']),
    period: period(context?.['period']),
    facilityType: concept(context?.['facilityType']),
    practiceSetting: concept(context?.['practiceSetting']),
  };
  return {
    resourceType: 'DocumentReference',
    id: reading.idOf(sent),
    extension: problemExtensions(sent, reading),
    masterIdentifier: identifier(sent['masterIdentifier']),
    identifier: some([...(identifiers(sent['identifier']) ?? []), ...elsewhere]),
    status: oneOf(sent['status'], ['current', 'superseded', 'entered-in-error']) ?? 'current',
    docStatus: oneOf(sent['docStatus'], ['preliminary', 'final', 'amended', 'entered-in-error']),
    type: concept(sent['type']),
    category: some([concept(sent['class'])]),
    subject: reading.patient,
    date: indexed,
    author: reading.referAll(sent['author']),
    authenticator: reading.refer(sent['authenticator']),
    custodian: reading.refer(sent['custodian']),
    description: words(sent['description']),
    // R4 wants at least one: a document that is only named has an empty one.
    content:
      contents.length === 0
        ? [{ attachment: { creation: created } }]
        : contents.map(({ attachment }) => ({ attachment })),
    context: Object.values(about).every((one) => one === undefined) ? undefined : about,
  };
}

type Attachment = DocumentReference['content'][number]['attachment'];

function attachmentOf(
  sent: JsonObject,
  created: string | undefined,
  reading: Reading,
): { attachment: Attachment; kept: string | undefined } {
  const file = object(sent['attachment']);
  const url = words(file?.['url']);
  const [type, id] = keyOf(url ?? '')?.split('/') ?? [];
  const inside = type === 'Binary' && id !== undefined && reading.find({ reference: `Binary/${id}` }) !== undefined;
  return {
    attachment: {
      contentType: words(file?.['contentType'])?.trim(),
      language: words(file?.['language']),
      data: words(file?.['data']),
      url: inside ? `Binary/${reading.idOf({ id })}` : undefined,
      size: whole(file?.['size']),
      hash: words(file?.['hash']),
      title: words(file?.['title']),
      creation: words(file?.['creation']) ?? created,
    },
    kept: inside ? undefined : url,
  };
}

/** A file that came with the record; R4 calls its content data. */
export function binary(sent: JsonObject, reading: Reading): Binary {
  return {
    resourceType: 'Binary',
    id: reading.idOf(sent),
    contentType: allWords(sent['contentType'])[0] ?? 'application/octet-stream',
    securityContext: reading.patient,
    data: words(sent['content']) ?? words(sent['data']),
  };
}
