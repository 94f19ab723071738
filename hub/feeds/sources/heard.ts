/** How the hub's own notes in the inbox begin, that it asked a source and got nothing. */
const noAnswer = 'no answer';

/** What the hub calls its note that this asking of a source brought nothing usable. */
export function noAnswerLabel(traceId: string): string {
  return `${noAnswer} ${traceId}`;
}

/**
 * Condition on a row `i` of the inbox: it came from the source. A source that only fails to answer has not been heard, however
 * often it is asked, and falls late (silent gap).
 */
export const isHeard = `i.label not like '${noAnswer} %'`;
