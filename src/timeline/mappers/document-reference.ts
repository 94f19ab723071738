import type { DocumentReference } from 'fhir/r4';
import { type LookContext, nameOf } from '../context.ts';
import { formatDate } from '../dates.ts';
import type { Entry } from '../entry.ts';
import { laneOf } from '../lane.ts';
import { concept, date, firstConcept, items, keyOf, text } from '../read.ts';
import { sourceOf, statementOf } from '../source.ts';
import { phrases, plainCase, titled } from '../words.ts';
import { timeCautions } from './times.ts';

/**
 * A letter or other document that belongs to no encounter above. It stands where the event it tells of happened; where
 * that is not said, where it was written, and says so. When it was received never counts (T1).
 */
export function mapDocumentReference(document: DocumentReference, context: LookContext): Entry {
  const setting = concept(document.context?.practiceSetting);
  const type = concept(document.type) ?? firstConcept(document.category);
  const authors = items(document.author).map((author) => nameOf(author, document, context));
  const custodian = nameOf(document.custodian, document, context);
  const { lane } = laneOf({
    source: sourceOf(document),
    classCode: undefined,
    typeWords: [setting, type, concept(document.context?.facilityType)].filter((word) => word !== undefined),
    placeWords: [...authors, custodian].filter((word) => word !== undefined),
    placeCodes: [],
  });
  const happened = date(document.context?.period?.start);
  const attachments = items(document.content).map((content) => content.attachment);
  const writtenText = attachments.map((item) => text(item?.creation)).find(Boolean) ?? text(document.date);
  const written = date(writtenText);
  const hidden = lane === 'mental-health';
  return {
    key: keyOf(document),
    kind: 'letter',
    lane,
    state: 'closed',
    title: hidden ? 'Letter: mental health' : titleOf(document, type, setting),
    detail: phrases(
      authors.find(Boolean) === undefined ? undefined : `From ${authors.find(Boolean)}`,
      custodian === undefined || authors.includes(custodian) ? undefined : `Kept by ${custodian}`,
      hidden ? undefined : setting,
    ),
    facts: phrases(
      written === undefined ? undefined : `written ${formatDate(written)}`,
      text(document.docStatus) === 'preliminary' ? 'Preliminary' : undefined,
      text(document.docStatus) === 'amended' ? 'Amended' : undefined,
    ),
    cautions: [
      ...(happened === undefined && written !== undefined ? ['Event date not known'] : []),
      ...(text(document.status) === 'superseded' ? ['Replaced by a newer version'] : []),
      ...timeCautions(document.context?.period, writtenText),
    ],
    start: happened ?? written,
    end: date(document.context?.period?.end),
    lasting: false,
    moves: [],
    children: [],
    statements: [statementOf(document)],
  };
}

/** The type without its own `letter`, so that no title says it twice; a summary or report keeps its own name. */
function titleOf(document: DocumentReference, type: string | undefined, setting: string | undefined): string {
  const description = text(document.description);
  const name =
    type ??
    description ??
    items(document.content)
      .map((item) => text(item.attachment?.title))
      .find(Boolean);
  if (name === undefined) return titled('Document', setting);
  const letter = /^(.*?)\s*letter(?:[,:]\s*(.+))?$/i.exec(name);
  if (letter !== null) {
    const own = [letter[1], letter[2]].filter((part) => part !== undefined && part !== '').join(', ');
    const about = own === '' ? (description ?? setting) : own;
    return titled('Letter', about === undefined ? undefined : plainCase(about));
  }
  return titled(/letter/i.test(name) ? 'Letter' : 'Document', name);
}
