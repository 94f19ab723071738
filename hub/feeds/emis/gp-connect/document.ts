import type { Binary, DocumentReference } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { concept, concepts, identifier, identifiers, period } from './datatypes.ts';
import { problemExtensions } from './reasons.ts';
import { code, object, objects, oneOf, some, whole, words } from './read.ts';
import { keyOf } from './keys.ts';
import type { Reading } from './reading.ts';

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
        ? [{ attachment: { title: 'Not sent', creation: created } }]
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
  const attachment = {
    contentType: code(file?.['contentType']),
    language: code(file?.['language']),
    data: base64(file?.['data'], reading),
    url: inside ? `Binary/${reading.idOf({ id })}` : undefined,
    size: whole(file?.['size']),

    title: words(file?.['title']),
    creation: words(file?.['creation']) ?? created,
  };
  return {
    // R4 has no attachment that says nothing.
    attachment: Object.values(attachment).some((one) => one !== undefined) ? attachment : { title: 'Not sent' },
    kept: inside ? undefined : url,
  };
}

/** A file that came with the record; R4 calls its content data. */
export function binary(sent: JsonObject, reading: Reading): Binary {
  return {
    resourceType: 'Binary',
    id: reading.idOf(sent),
    contentType: code(sent['contentType']) ?? 'application/octet-stream',
    securityContext: reading.patient,
    data: base64(sent['content'] ?? sent['data'], reading),
  };
}

/** A file's bytes; damaged ones are left out and said, for a letter that opens to nothing reads as an empty one. */
function base64(value: unknown, reading: Reading): string | undefined {
  const text = words(value)?.replaceAll(/\s/g, '');
  if (text === undefined || /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return text;
  reading.doubt('The bytes of a document were damaged and left out.');
  return undefined;
}
