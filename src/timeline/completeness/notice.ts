export type NoticeAction =
  /** The stream to read again, or several with spaces between. */
  | { label: 'Try again'; what: 'retry'; stream: string }
  | { label: 'Show all'; what: 'clear-filters' }
  | { label: 'Stop'; what: 'stop' }
  | { label: 'Load the rest'; what: 'resume' }
  | { label: 'What is not connected?'; what: 'show-sources' };

/** One thing that must be said about what is, or may be, missing (T3; look.md, What is said about gaps). */
export interface Notice {
  kind:
    | 'offline'
    | 'taken-back'
    | 'down'
    | 'source-down'
    | 'sources-unknown'
    | 'late'
    | 'truncated'
    | 'lacks'
    | 'limits'
    | 'loaded'
    | 'empty'
    | 'filters'
    | 'undated'
    | 'withdrawn'
    | 'strangers'
    | 'withheld'
    | 'standing';
  /** Stable and unique among the notices. */
  key: string;
  text: string;
  action?: NoticeAction;
}
