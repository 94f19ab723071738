import { downNotices } from './completeness/down-notices.ts';
import type { CompletenessFacts } from './completeness/facts.ts';
import { filterNotice } from './completeness/find-notices.ts';
import { loadedNotice } from './completeness/loaded-notice.ts';
import type { Notice } from './completeness/notice.ts';
import { sourceNotices } from './completeness/source-notices.ts';
import { formatClock } from './dates.ts';
import { listed } from './source-words.ts';
import { count, lowerStart } from './words.ts';

export { completenessAttributes, type CompletenessFacts, failedIds } from './completeness/facts.ts';
export type { Notice, NoticeAction } from './completeness/notice.ts';
export { recordsName, type SourceFacts, sourceLine } from './source-words.ts';

/**
 * Everything that has to be said, gravest first. Words and counts never depend on what is withheld: that notice stands or
 * does not, the same under every filter and period (misreading 17).
 */
export function noticesOf(facts: CompletenessFacts): Notice[] {
  if (facts.offline && facts.readAt === undefined) {
    return [{ kind: 'offline', key: 'offline', text: 'You are offline. No record is shown.' }, ...privacy(facts)];
  }
  return [
    ...takenBackNotice(facts),
    ...offline(facts),
    ...downNotices(facts.failedStreams),
    ...sourceNotices(facts),
    ...(facts.lacks ?? []).filter((lack) => lack.kind !== 'listed'),
    loadedNotice(facts),
    ...filterNotice(facts),
    ...undatedNotice(facts),
    ...leftOutNotices(facts),
    ...privacy(facts),
  ];
}

/** A page that was open while records were taken apart has shown what is somebody else's (wrong patient). */
function takenBackNotice({ takenBackAt }: CompletenessFacts): Notice[] {
  if (takenBackAt === undefined) return [];
  const text = `At ${formatClock(takenBackAt)} it was found that which records are this person's has changed. What you read here before may be another person's: check it against what stands here now.`;
  return [{ kind: 'taken-back', key: 'taken-back', text }];
}

function offline(facts: CompletenessFacts): Notice[] {
  if (!facts.offline || facts.readAt === undefined) return [];
  const text = `You are offline. What was read at ${formatClock(facts.readAt)} is shown; nothing newer can be read.`;
  return [{ kind: 'offline', key: 'offline', text }];
}

function undatedNotice(facts: CompletenessFacts): Notice[] {
  if (facts.undated === 0) return [];
  const text =
    facts.undated === 1
      ? '1 entry has no date. It is under "Date not known".'
      : `${facts.undated} entries have no date. They are under "Date not known".`;
  return [{ kind: 'undated', key: 'undated', text }];
}

function leftOutNotices(facts: CompletenessFacts): Notice[] {
  const notices: Notice[] = [];
  if (facts.withdrawn > 0) {
    const what = count(facts.withdrawn, 'item', 'items');
    const verb = facts.withdrawn === 1 ? 'is' : 'are';
    const text = `${what} marked by the source as entered in error ${verb} not shown.`;
    notices.push({ kind: 'withdrawn', key: 'withdrawn', text });
  }
  if (facts.strangers > 0) {
    const what = count(facts.strangers, 'item', 'items');
    const among = (facts.strangersIn ?? []).map(lowerStart);
    const where = among.length === 0 ? 'with this record' : `among ${listed(among)}`;
    const verb = facts.strangers === 1 ? 'is' : 'are';
    const text = `${what} sent ${where} named another person and ${verb} not shown. Entries may be missing.`;
    notices.push({ kind: 'strangers', key: 'strangers', text });
  }
  return notices;
}

/** The standing notice is on every record, so that it tells nothing of this one (T3, T7). */
function privacy(facts: CompletenessFacts): Notice[] {
  const standing: Notice = {
    kind: 'standing',
    key: 'standing',
    text: "Items may be withheld by law or by the person's choice.",
  };
  if (facts.withheld === 'none') return [standing];
  return [{ kind: 'withheld', key: 'withheld', text: 'Some information is not shown to you, for privacy.' }, standing];
}
