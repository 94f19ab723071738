import { informationOf } from '../../fhir/information-words.ts';
import type { AuditLine } from '../audit/lines.ts';
import type { Folded } from './fold.ts';

const words: Record<string, string> = {
  launch: 'opened it from a clinical system',
  authorize: 'was let in',
  'find-person': 'found the person in a search',
  'sign-on': 'signed on',
  'sign-off': 'signed off',
  access: 'asked what they may see',
  read: 'read one item',
  vread: 'read an earlier version',
  history: 'read earlier versions',
  search: 'read a list',
  count: 'counted',
  include: 'read what a list refers to',
  revinclude: 'read what refers to a list',
  everything: 'read the whole record',
  news: 'looked whether anything is new',
  create: 'wrote something new',
  update: 'changed what an app wrote',
  delete: 'took out what an app wrote',
  print: 'printed',
  'break-glass': 'broke the glass',
  'declare-relationship': 'declared a ground to look',
  'revoke-relationship': 'ended their ground to look',
  'look-at-audit': 'looked at who looked',
  'look-at-privacy': 'opened the privacy pages',
  'look-at-patterns': 'looked at patterns',
  'review-broken-glass': 'reviewed broken glass',
  'end-sessions': 'ended sessions',
  'look-at-sources': 'looked at how the sources stand',
  'look-at-dead-letters': 'looked at dead letters',
  'look-at-message': 'looked at a message’s shape',
  'look-at-worklist': 'looked at who this may be',
  'settle-match': 'settled who this is',
};

/** What was read at one time, in words: `read 21 times: visits and stays, alerts`. */
export function foldedWords({ line, count, types }: Folded): string {
  if (count === 1) return actWords(line);
  return `read ${count} times${types.length === 0 ? '' : `: ${informationOf(types).join(', ')}`}`;
}

/** What was done, in words for a reader of the trail. */
function actWords({ action, type, outcome, detail }: AuditLine): string {
  const act = words[action] ?? action;
  const of = type !== undefined ? informationOf([type]).join() : action === 'look-at-audit' ? detail : undefined;
  const what = of === undefined ? act : `${act} (${of})`;
  return outcome === 'refused' ? `Refused: ${what}${detail === undefined ? '' : `: ${detail}`}` : what;
}
