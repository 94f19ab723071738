import type { Encounter } from 'fhir/r4';

/** How somebody was helped, as far as the words tell. */
export type How = '111' | 'call' | 'base' | 'home' | 'unknown';

/** Whether somebody still waits is the case's to say only until they were spoken to. */
export function statusOf(stated: string | undefined, over: boolean, doubts: Set<string>): Encounter['status'] {
  const status = stated?.toUpperCase();
  if (over || status === 'COMPLETE') return 'finished';
  if (status === 'NEW') return 'arrived';
  if (status === 'TRIAGE') return 'triaged';
  doubts.add('A case status that the hub does not know: told as not known');
  return 'unknown';
}

/** What a place's name, else the kind of case, says of how somebody was helped. A call from a home is a call. */
export function howOf(place: string | undefined, caseType: string | undefined): How {
  const words = place ?? caseType ?? '';
  if (/\b111\b/.test(words)) return '111';
  if (/tele|phone|advice|triage|remote|video|\bcall\b/i.test(words)) return 'call';
  if (/\bhome\b|residen|housebound|\bcar\b|\bmobile\b|visiting/i.test(words)) return 'home';
  return place !== undefined || /base|centre|walk|clinic|\bpcc\b/i.test(words) ? 'base' : 'unknown';
}

export function isCall(how: How): boolean {
  return how === '111' || how === 'call';
}
