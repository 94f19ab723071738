import type { RecordReader } from '../record/record-state.ts';
import type { NoticeAction } from '../timeline/completeness.ts';
import { focusOn } from '../ui/skip-links.tsx';
import { retryStream } from './retry-stream.ts';

export interface Acts {
  reader: RecordReader;
  showAll: () => void;
  showSources: () => void;
}

/** What a press on a notice's button does. Where the notice goes with it, focus moves to the trust line, not to nowhere. */
export function actOn({ reader, showAll, showSources }: Acts): (action: NoticeAction) => void {
  return (action) => {
    switch (action.what) {
      case 'retry':
        retryStream(reader, action.stream);
        focusOn('trust');
        break;
      case 'clear-filters':
        showAll();
        focusOn('trust');
        break;
      case 'stop':
        reader.stop();
        break;
      case 'resume':
        reader.resume();
        break;
      case 'show-sources':
        showSources();
        break;
    }
  };
}
