import type { Format, InboxMessage, Piece, Sorted } from '../format.ts';
import { readXml } from '../xml.ts';
import type { CaseExport } from './case-export.ts';
import { caseKey } from './case-key.ts';
import { onlySubject } from './only-subject.ts';
import { readCaseExport } from './read-case-export.ts';
import { isoOf, readXsTime } from './stated-time.ts';
import { tellCase } from './tell-case.ts';

/** The one scope of a case: its export and its reports are told together. */
export const caseScope = 'case';

/** Adastra's case export (AdastraCaseDataExport.xsd): one case a document, told anew as it goes on. */
export const adastraCase: Format = {
  name: 'adastra-case',
  subjectOf: (bytes) => onlySubject(bytes, [/<(?:\w+:)?adastraCaseReference[^<>]*>\s*([^<\s]+)\s*</g]),
  sort: sortCase,
  tell: tellCase,
};

function sortCase(message: InboxMessage): Sorted {
  const { root, doubts } = readXml(message.bytes);
  const { said, doubts: odd } = readCaseExport(root);
  const piece: Piece = {
    subject: caseKey(said.reference, message.organisation),
    scope: caseScope,
    name: 'export',
    at: isoOf(saidAt(said)),
    content: JSON.stringify(said),
  };
  return { pieces: [piece], links: [], doubts: [...doubts, ...odd] };
}

/**
 * An export does not say when it was written. The latest thing it tells of is when at the earliest; a completed case has
 * said all it will, and what is mended in it afterwards has the same end and comes later. So an older export that arrives
 * late never takes the place of a newer one (silent gap). Appointments lie ahead and do not count.
 */
function saidAt({ active, completed, status, consultations }: CaseExport): number | undefined {
  const over = status?.toUpperCase() === 'COMPLETE' && completed !== undefined;
  const times = over ? [completed] : [active, completed, ...consultations.flatMap(({ start, end }) => [start, end])];
  const instants = times.map((time) => readXsTime(time ?? '').instant).filter((instant) => instant !== undefined);
  return instants.length === 0 ? undefined : Math.max(...instants);
}
