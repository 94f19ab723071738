import { formatClock, formatDay, formatInstant } from './dates.ts';

// Words about why a record is read. The hub's picker has the same for the three that are declared.

/** What may be declared, with what each asks of whoever declares it. */
export const declarable = {
  agrees: { words: 'The person is here and agrees', hint: 'You asked, and they said yes' },
  cannot: { words: 'The person cannot consent', hint: 'You act in their best interests' },
  absent: { words: 'The person is not here', hint: 'Say below why you need it; the privacy officer can read it' },
} as const;
export type Declarable = keyof typeof declarable;

/** Why what is withheld may be opened, the last resort. */
export const glassReasons = {
  'express-consent': 'The person has agreed to it now',
  'vital-interest': 'Their life or safety is in danger',
  'overriding-interest': 'Somebody else is in danger',
  law: 'A law or a court requires it',
} as const;
export type GlassReason = keyof typeof glassReasons;

/** The fewest characters that say why. */
export const fewestOfGlassReason = 10;
const fewestOfReason = 3;

/** On what ground the record is read; `until` in epoch milliseconds. Undefined where there is none to tell. */
export function groundWords(ground: string, until: number | undefined, openedFrom: string): string | undefined {
  if (ground === 'system') return `You read this as: known to ${openedFrom}.`;
  if (!isDeclarable(ground)) return undefined;
  return `You declared: ${declaredWords(ground, until)}.`;
}

function declaredWords(ground: Declarable, until: number | undefined): string {
  const { words } = declarable[ground];
  const end = until === undefined ? '' : `, until ${formatDay(until)}`;
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}${end}`;
}

/** Why a document's reader could read it, in words for whoever holds the paper; instants are epoch milliseconds. */
export function paperGround(
  access: {
    ground: string;
    until: number | undefined;
    broken: { since: number | undefined } | undefined;
  },
  reader: string,
  openedFrom: string,
): { ground: string | undefined; broken: string | undefined } {
  const { ground, until, broken } = access;
  const since = broken?.since === undefined ? '' : ` at ${formatInstant(broken.since)}`;
  return {
    ground:
      ground === 'system'
        ? `Read by ${reader} as: known to ${openedFrom}.`
        : isDeclarable(ground)
          ? `Read by ${reader}, who declared: ${declaredWords(ground, until)}.`
          : undefined,
    broken:
      broken &&
      `The glass was broken by ${reader}${since}: this document may hold what is withheld otherwise. The person and the privacy officer are told.`,
  };
}

/** What stands while the glass is broken; `until` in epoch milliseconds. */
export function brokenWords(until: number): string {
  return `Glass broken until ${formatClock(until)}. The person and the privacy officer are told.`;
}

function isDeclarable(ground: string): ground is Declarable {
  return Object.hasOwn(declarable, ground);
}

/** What is missing before a ground can be declared; undefined where nothing is. */
export function declarationProblem(ground: Declarable | undefined, reason: string): string | undefined {
  if (ground === undefined) return 'Say why you open this record.';
  if (ground === 'absent' && reason.trim().length < fewestOfReason) {
    return 'Say in a few words why you open the record of somebody who is not here.';
  }
  return undefined;
}

/** What is missing before the glass can be broken; undefined where nothing is. */
export function glassProblem(code: GlassReason | undefined, reason: string): string | undefined {
  if (code === undefined) return 'Choose why you open what is withheld.';
  if (reason.trim().length < fewestOfGlassReason) {
    return `Say in your own words why, in ${fewestOfGlassReason} characters or more. The person can read it.`;
  }
  return undefined;
}
