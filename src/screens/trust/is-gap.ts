import type { Notice } from '../../timeline/completeness.ts';

const quiet: ReadonlySet<Notice['kind']> = new Set([
  'limits',
  'loaded',
  'empty',
  'filters',
  'undated',
  'withdrawn',
  'withheld',
  'standing',
]);

/** Whether a notice tells of something that is or may be missing now, and so stands out in a frame of its own. */
export function isGap({ kind }: Notice): boolean {
  return !quiet.has(kind);
}

/** Said in plain text beside the gaps: what is undated or left out, and the standing notices. */
export function isAside({ kind }: Notice): boolean {
  return kind === 'limits' || kind === 'undated' || kind === 'withdrawn' || kind === 'withheld' || kind === 'standing';
}

/** How much is loaded and how far back: one of these stands on every record, save offline. */
export function isSummary({ kind }: Notice): boolean {
  return kind === 'loaded' || kind === 'empty';
}
