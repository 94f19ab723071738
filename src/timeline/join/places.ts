import { rememberedByWords } from './words.ts';

/** Where something happened, as far as its teller said: organisation codes, and names in any spelling. */
export interface Place {
  /** ODS codes stated for the event itself. */
  codes: readonly string[];
  /** The teller's own ODS code, where it tells of its own work: it can agree, never contradict. */
  ownCode: string | undefined;
  names: readonly string[];
}

/** Words that name no place in particular. */
const generic =
  /^(?:nhs|trust|foundation|ft|hospitals?|health|healthcare|care|centre|services?|the|of|and|for|at|in|department|dept|emergency|outpatients?|inpatients?|clinics?|wards?|site|surgery|practice|medical|group|unit|casualty|accident|main|own|not|known|home|gp|hosp|ae|ed|.)$/;
/** Words that many places share: none of them names one alone. */
const shared =
  /^(?:university|college|royal|london|general|st|saint|north|south|east|west|central|city|county|district|infirmary|community|national|new|great|queen|king|kings|queens|princess|memorial)$/;

/**
 * Whether two tellings name one place. `unknown` when either names none: what is missing never counts as agreement (T4). An ODS
 * site code begins with its trust's.
 */
export function comparePlaces(a: Place, b: Place): 'same' | 'different' | 'unknown' {
  if (meets(a.codes, b.codes, sameCode)) return 'same';
  if (a.codes.length > 0 && b.codes.length > 0) return 'different';
  if (meets(a.names, b.names, sameName)) return 'same';
  const own = (x: Place, y: Place) => x.ownCode !== undefined && meets([x.ownCode], y.codes, sameCode);
  if (own(a, b) || own(b, a)) return 'same';
  const named = (place: Place) => place.names.some((name) => tokens(name).length > 0);
  return named(a) && named(b) ? 'different' : 'unknown';
}

function meets(a: readonly string[], b: readonly string[], same: (x: string, y: string) => boolean): boolean {
  return a.some((x) => b.some((y) => same(x, y)));
}

function sameCode(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length > 2 && long.startsWith(short);
}

/** The words of a name that tell it from others, in their order. */
const tokens = rememberedByWords((name) => wordsIn(name).filter((word) => !generic.test(word)));

function wordsIn(name: string): string[] {
  return name
    .toLowerCase()
    .replace(/['’.]/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/**
 * Equal but for words every name has; the beginning of the other; or its distinctive part, where initials stand for the words
 * they are of (`UCLH`, `LCW Unscheduled Care`).
 */
function sameName(a: string, b: string): boolean {
  const [x, y] = [tokens(a), tokens(b)];
  if (x.length === 0 || y.length === 0) return false;
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  if ((short.length === long.length || short.length > 1) && short.every((word, place) => word === long[place]))
    return true;
  return isPartOf(x, b, y) || isPartOf(y, a, x);
}

function isPartOf(some: readonly string[], name: string, all: readonly string[]): boolean {
  const initials = (word: string) => word.length > 2 && word.length < 6 && initialsOf(name).includes(word);
  if (!some.every((word) => all.includes(word) || initials(word))) return false;
  return some.some((word) => !shared.test(word));
}

const initialsOf = rememberedByWords((name) =>
  wordsIn(name)
    .filter((word) => !/^(?:the|of|and|nhs|trust|foundation)$/.test(word))
    .map((word) => word.charAt(0))
    .join(''),
);
