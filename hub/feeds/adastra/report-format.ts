import { type Format, type InboxMessage, type Piece, type Sorted, UnusableMessage } from '../format.ts';
import { readXml } from '../xml.ts';
import type { XmlElement } from '../xml-element.ts';
import { caseScope } from './case-format.ts';
import { caseKey } from './case-key.ts';
import { onlySubject } from './only-subject.ts';
import { organisationPieces } from './organisations.ts';
import { clinicalDocuments, readReport, replacedSets } from './read-report.ts';
import { isoOf, readCdaTime } from './stated-time.ts';
import { tellCase } from './tell-case.ts';

// The case's GUID (root …18.34), its two attributes in either order.
const extensionFirst = /extension\s*=\s*"([^"]+)"\s+root\s*=\s*"2\.16\.840\.1\.113883\.2\.1\.3\.2\.4\.18\.34"/g;
const rootFirst = /root\s*=\s*"2\.16\.840\.1\.113883\.2\.1\.3\.2\.4\.18\.34"\s+extension\s*=\s*"([^"]+)"/g;

/** The report of an NHS 111 call (ITK NHS 111 CDA v2): bare, or in an envelope with those of a repeat caller's earlier calls. */
export const nhs111Report: Format = {
  name: 'nhs-111-cda',
  subjectOf: (bytes) => onlySubject(bytes, [extensionFirst, rootFirst]),
  sort: sortReports,
  tell: tellCase,
};

function sortReports(message: InboxMessage): Sorted {
  const { root, doubts } = readXml(message.bytes);
  const documents = clinicalDocuments(root);
  if (documents.length === 0) throw new UnusableMessage('The message holds no report.');
  const pieces: Piece[] = [];
  const unread: string[] = [];
  for (const document of documents) {
    try {
      const sorted = sortReport(document, message);
      pieces.push(...sorted.pieces);
      doubts.push(...sorted.doubts);
    } catch (error) {
      if (!(error instanceof UnusableMessage)) throw error;
      unread.push(error.message);
    }
  }
  // One that cannot be used does not take the others with it.
  if (unread.length === documents.length) throw new UnusableMessage([...new Set(unread)].join(' '));
  return { pieces, links: [], doubts: [...doubts, ...unread.map((why) => `One report of several: ${why}`)] };
}

function sortReport(document: XmlElement, message: InboxMessage): Pick<Sorted, 'pieces' | 'doubts'> {
  const { said, doubts } = readReport(document);
  const at = isoOf(readCdaTime(said.written ?? '').instant);
  // A reference that is no GUID is the custodian's own, whoever passes it on.
  const subject = caseKey(said.reference, said.custodian.ods ?? message.organisation);
  const piece = (setId: string, content: string): Piece => ({
    subject,
    scope: caseScope,
    name: `report ${setId}`,
    at,
    content,
  });
  const replaced = replacedSets(document).filter((setId) => setId !== said.setId);
  return {
    pieces: [
      piece(said.setId, JSON.stringify(said)),
      ...replaced.map((setId) => piece(setId, '')),
      ...organisationPieces(said, at),
    ],
    doubts,
  };
}
