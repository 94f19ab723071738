import type { Page } from '../auth/pages.ts';
import { markup, type Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import type { DoubtView } from './doubts.ts';
import { list } from './page-parts.ts';
import { frame, nameOf, type Shown } from './pages.ts';

/** What is missing because it could not be told, and what was taken though something was odd. */
export function doubtsPage(shown: Shown, missing: readonly DoubtView[], doubts: readonly DoubtView[]): Page {
  return frame(
    shown,
    'Doubts',
    markup`<h2>Not in the record</h2>
      <p>Left for later by a file, and not told since. The page of each person says that something is missing.</p>
      ${listOf(missing, 'Nothing is missing.')}
      <h2>Taken with doubts</h2>
      <p>In the record as it came. The latest stand first.</p>
      ${listOf(doubts, 'Nothing was doubtful.')}`,
  );
}

function listOf(views: readonly DoubtView[], none: string): Markup {
  return list(views, none, ({ source, seq, at, why }) => {
    const name = nameOf(source);
    const message =
      seq === undefined ? name : markup`<a href="/ops/messages/${source}/${String(seq)}">${name} ${String(seq)}</a>`;
    return markup`<div class="person"><h3>${message}</h3>
      <dl><dt>When</dt><dd>${moment(at)}</dd><dt>Why</dt><dd>${why.map((words) => markup`<div>${words}</div>`)}</dd></dl></div>`;
  });
}
