import type { Sql } from '../store/database.ts';
import { directory } from '../store/rows.ts';
import {
  auditedPeople,
  chainsOf,
  headsOf,
  unchained,
  verifyAgainst,
  verifyChain,
  type Break,
  type Checkpoint,
} from './chain.ts';

/** What is to be verified. */
export interface Verification {
  /** One person, by the hub's Patient id; undefined is everybody, and what is about nobody in particular. */
  person: string | undefined;
  /** What was kept elsewhere of the chains. */
  against: readonly Checkpoint[];
}

/** Follows the chains and tells each fault, then the sum, in a line. Answers whether everything holds. */
export async function verifyAudit(
  sql: Sql,
  { person, against }: Verification,
  say: (line: string) => void,
): Promise<boolean> {
  const counts = { people: 0, chains: 0, broken: 0 };
  const tell = (found: Break | undefined) => {
    if (found === undefined) return;
    counts.broken += 1;
    say(wordsOf(found));
  };
  for await (const patient of person === undefined ? auditedPeople(sql) : [person]) {
    counts.people += patient === directory ? 0 : 1;
    for (const key of await chainsOf(sql, patient)) {
      counts.chains += 1;
      tell(await verifyChain(sql, key));
    }
    for (const found of await unchained(sql, patient)) tell(found);
  }
  const kept = against.filter(({ patient }) => person === undefined || patient === person);
  for (const each of kept) tell(await verifyAgainst(sql, each));
  const of = [
    `${counts.people} people`,
    `${counts.chains} chains`,
    ...(kept.length === 0 ? [] : [`${kept.length} lines of a checkpoint`]),
  ];
  say(`${of.join(', ')}: ${counts.broken === 0 ? 'all hold' : `${counts.broken} faults`}.`);
  return counts.broken === 0;
}

function wordsOf({ patient, chain, seq, at, words }: Break): string {
  const whose = patient === directory ? `Nobody in particular ${chain}`.trim() : `Patient/${patient}`;
  const place = seq === undefined ? '' : `, line ${seq}`;
  return `${whose}${place}${at === undefined ? '' : `, written ${at}`}: ${words}`;
}

/** Tells the end of every chain, or of one person's, to be kept elsewhere. */
export async function checkpointAudit(
  sql: Sql,
  person: string | undefined,
  tell: (head: Checkpoint) => void,
): Promise<void> {
  for await (const patient of person === undefined ? auditedPeople(sql) : [person]) {
    for (const head of await headsOf(sql, patient)) tell(head);
  }
}
