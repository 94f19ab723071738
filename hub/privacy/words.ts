import type { AuditLine } from '../audit/lines.ts';

const words: Record<string, string> = {
  launch: 'opened it from a clinical system',
  authorize: 'was let in',
  'find-person': 'found the person in a search',
  'sign-on': 'signed on',
  'sign-off': 'signed off',
  read: 'read one item',
  vread: 'read an earlier version',
  history: 'read earlier versions',
  search: 'read a list',
  count: 'counted',
  include: 'read what a list refers to',
  revinclude: 'read what refers to a list',
  everything: 'read the whole record',
  create: 'wrote something new',
  update: 'changed what an app wrote',
  delete: 'took out what an app wrote',
  print: 'printed',
  'break-glass': 'broke the glass',
  'declare-relationship': 'declared a ground to look',
  'revoke-relationship': 'ended their ground to look',
  'look-at-audit': 'looked at who looked',
  'look-at-worklist': 'looked at who this may be',
  'settle-match': 'settled who this is',
};

/** What was done, in words for a reader of the trail. */
export function actWords({ action, type, outcome, detail }: AuditLine): string {
  const act = words[action] ?? action;
  const what = type === undefined ? act : `${act} (${type})`;
  return outcome === 'refused' ? `Refused: ${what}${detail === undefined ? '' : `: ${detail}`}` : what;
}
