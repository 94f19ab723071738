import { createPortal } from 'react-dom';
import { formatNhsNumber } from '../../../fhir/nhs-number.ts';
import type { Session } from '../../launch/session.ts';
import type { RecordState } from '../../record/record-state.ts';
import type { Banner } from '../../timeline/banner.ts';
import { formatInstant } from '../../timeline/dates.ts';
import type { KeyInformationView } from '../../timeline/key-information/key-information.ts';
import { endWords, type PaperInput } from '../../timeline/print/paper-words.ts';
import type { Known } from '../access/use-own-access.ts';
import { DeathWords } from '../banner/death-words.tsx';
import { PaperHead } from './paper-head.tsx';
import { PaperKey } from './paper-key.tsx';
import { PaperRow } from './paper-row.tsx';
import { readerName } from './read-words.ts';
import { tellPrinted } from './tell-printed.ts';
import { usePrinting } from './use-printing.ts';

export interface PaperProps extends PaperInput {
  session: Session;
  /** On what ground it was read; never `reading`. */
  access: Known;
  banner: Banner;
  sources: RecordState['sources'];
  sourcesRead: RecordState['sourcesRead'];
  /** Undefined where it was not asked for. */
  keyInformation: KeyInformationView | undefined;
  /** Epoch milliseconds. */
  printedAt: number;
  onDone: () => void;
  onRefused: () => void;
}

/**
 * The document that goes onto paper (T13), beside the page and seen on paper only. Whose record it is, who printed it and
 * when is the head of a table around everything, for that is what browsers repeat on every sheet, at any height.
 */
export function Paper(props: PaperProps) {
  const { session, layout, banner, keyInformation, onDone, onRefused } = props;
  usePrinting(() => tellPrinted(session), onDone, onRefused);
  return createPortal(
    <div className="paper" data-testid="paper" lang="en-GB">
      <table role="presentation">
        <thead>
          <tr>
            <td>
              <Whose {...props} />
            </td>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <h1>Care timeline: {props.period.words}</h1>
              <PaperHead {...props} />
              {keyInformation !== undefined && <PaperKey view={keyInformation} />}
              <h2 className="paper-part">Entries</h2>
              {layout.rows.map((row) => (
                <PaperRow key={row.key} row={row} />
              ))}
              <p className="paper-end">
                {endWords(props)} {banner.name}, {layout.shown === 1 ? '1 entry' : `${layout.shown} entries`}.
              </p>
            </td>
          </tr>
        </tbody>
      </table>
    </div>,
    document.body,
  );
}

function Whose({ banner, session, printedAt }: PaperProps) {
  const { openedFrom, hubName } = session;
  const number = banner.nhsNumber === undefined ? 'Not recorded' : formatNhsNumber(banner.nhsNumber);
  return (
    <div className="paper-whose">
      <p className="paper-name">
        {banner.name}
        {banner.transliteration !== undefined && <span> {banner.transliteration}</span>}
      </p>
      <dl>
        <div>
          <dt>Born</dt>{' '}
          <dd>
            {banner.born}
            {banner.age !== undefined && banner.deceased.kind !== 'confirmed' && ` (${banner.age})`}
          </dd>
        </div>
        <DeathWords death={banner.deceased} />
        <div>
          <dt>Gender</dt> <dd>{banner.gender}</dd>
        </div>
        <div>
          <dt>NHS No.</dt>{' '}
          <dd className="paper-whole">
            {number}
            {banner.nhsNumberStatus !== undefined && ` (${banner.nhsNumberStatus})`}
          </dd>
        </div>
      </dl>
      <p className="paper-by">
        Printed {formatInstant(printedAt)} by {readerName(session)}, from Care Timeline of {hubName}
        {openedFrom !== undefined && `, opened from ${openedFrom}`}
      </p>
    </div>
  );
}
