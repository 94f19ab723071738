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
  /^(?:nhs|trust|foundation|ft|hospitals?|health|healthcare|care|centre|services?|the|of|and|for|at|in|department|dept|emergency|outpatients?|inpatients?|clinics?|wards?|site|surgery|practice|medical|group|unit|casualty|accident|main|own|not|known|home|gp|hosp|ae|ed)$/;
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

const read = new Map<string, string[]>();

/** The words of a name that tell it from others, in their order. */
function tokens(name: string): string[] {
  let found = read.get(name);
  if (found === undefined) {
    found = wordsIn(name).filter((word) => !generic.test(word));
    // Names come from a record that is read page by page: the same few again and again.
    if (read.size > 2000) read.clear();
    read.set(name, found);
  }
  return found;
}

function wordsIn(name: string): string[] {
  return name
    .toLowerCase()
    .replace(/['’.]/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/** Equal but for words every name has; the beginning of the other; its distinctive part; or its initials (`UCLH`). */
function sameName(a: string, b: string): boolean {
  const [x, y] = [tokens(a), tokens(b)];
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  if (short.length === 0) return false;
  if (short.length === long.length || short.length > 1) {
    if (short.every((word, place) => word === long[place])) return true;
  }
  if (short.some((word) => !shared.test(word)) && short.every((word) => long.includes(word))) return true;
  return short.length === 1 && (initials(a) === y[0] || initials(b) === x[0]);
}

function initials(name: string): string {
  return wordsIn(name.replace(/ nhs .*$| trust$/i, ''))
    .filter((word) => !/^(?:the|of|and)$/.test(word))
    .map((word) => word.charAt(0))
    .join('');
}
