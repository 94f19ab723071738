import { hash } from 'node:crypto';
import { UnusableMessage, type Piece, type Sorted, type Told } from '../format.ts';
import { documentOf } from './mdm-document.ts';
import { foldDocument } from './mdm-fold.ts';
import { messagePiece, saidIn } from './message-piece.ts';
import type { Message } from './message.ts';
import type { About, Part } from './part.ts';

/** T01 to T11: documents told of, changed, added to, replaced, cancelled (HL7 v2.4, chapter 9). */
const events = /^T(0[1-9]|1[01])$/;

const kept = new Set(['TXA', 'OBX', 'PV1', 'PV2', 'ORC']);

/** Letters and other documents, as MDM messages bring them: one sent again replaces itself, whatever order they come in. */
export const documents: Part = {
  codes: ['MDM'],
  scopes: ['document'],
  sort(message, about): Sorted {
    const txa = message.first('TXA');
    if (!events.test(message.event) || txa === undefined) {
      throw new UnusableMessage(`MDM ${message.event.slice(0, 3)} without a document (TXA), or of no known event.`);
    }
    const lines = message.segments.filter(({ name }) => kept.has(name)).map(({ raw }) => raw);
    const number = txa.at(12);
    const key = number || `unnumbered-${hash('sha256', lines.join('\r'), 'hex').slice(0, 16)}`;
    const pieces = [messagePiece(message, about, { scope: `document ${key}`, lines })];
    const parent = txa.at(13);
    const replaces = /^T(09|10)$/.test(message.event);
    if (parent !== '' && parent !== key && (replaces || message.event === 'T11')) {
      pieces.push(replacement(message, about, { parent, key, stands: replaces }));
    }
    return { pieces, links: [], doubts: number === '' ? ['A document without a number: known by its content'] : [] };
  },
  async tell({ subject, organisation, scope }, pieces, dialect): Promise<Told> {
    const replaced = pieces.some(({ name, content }) => name.startsWith(replacedBy) && content !== '');
    const said = saidIn(pieces.filter(({ name }) => !name.startsWith(replacedBy)));
    if (said.length === 0) return { resources: [], doubts: [] };
    const key = scope.slice('document '.length);
    return documentOf(foldDocument(said), { subject, organisation, key, dialect, replaced });
  },
};

const replacedBy = 'replaced by ';

/** What a replacing document says of the one it replaces; taken back when the replacing one is cancelled. */
function replacement(
  message: Message,
  { subject, at }: About,
  { parent, key, stands }: { parent: string; key: string; stands: boolean },
): Piece {
  const content = stands ? message.excerpt([]) : '';
  return { subject, scope: `document ${parent}`, name: `${replacedBy}${key}`, at, content };
}
