import type { HumanName } from 'fhir/r4';
import { personName, texts } from './context.ts';
import { date, items, text } from './read.ts';

const notCurrent = new Set(['old', 'maiden', 'anonymous', 'temp', 'nickname']);

/** The name a banner shows: the official one in force, else the usual one, else the first that is no former or pet name. */
export function chosenName(names: HumanName[] | undefined, now: number): HumanName | undefined {
  const all = items(names).filter((name) => personName(name) !== undefined);
  const current = all.filter((name) => inForce(name, now) && !notCurrent.has(text(name.use) ?? ''));
  return (
    current.find((name) => name.use === 'official') ??
    current.find((name) => name.use === 'usual') ??
    current[0] ??
    all[0]
  );
}

/** A current name in Latin script beside one that is not, so that every reader can say it; the official one stays first. */
export function latinName(
  names: HumanName[] | undefined,
  official: HumanName | undefined,
  now: number,
): HumanName | undefined {
  if (official === undefined || isLatin(official)) return undefined;
  const others = items(names).filter((name) => name !== official && inForce(name, now) && isLatin(name));
  return others.find((name) => !notCurrent.has(text(name.use) ?? ''));
}

/** All further names, with their kind where it is said: `SMITH, Ann (maiden name)`. */
export function otherNames(names: HumanName[] | undefined, ...shown: readonly (HumanName | undefined)[]): string[] {
  const said = new Set(shown.map((name) => (name === undefined ? undefined : bannerName(name))));
  const others: string[] = [];
  for (const name of items(names)) {
    const words = shown.includes(name) ? undefined : bannerName(name);
    if (words === undefined || said.has(words)) continue;
    said.add(words);
    const kind = uses[text(name.use) ?? ''];
    others.push(kind === undefined ? words : `${words}, ${kind}`);
  }
  return others;
}

const uses: Record<string, string> = {
  old: 'former name',
  maiden: 'maiden name',
  nickname: 'known as',
  usual: 'usual name',
  temp: 'temporary name',
};

/** `FAMILY, Given (Title)` (NHS CUI, Patient Name Display); a name sent only as one text stays as it was sent. */
export function bannerName(name: HumanName): string | undefined {
  const family = text(name.family)?.toLocaleUpperCase('en-GB');
  const given = text(texts(name.given).join(' '));
  const title = text(texts(name.prefix).join(' '));
  const main = [family, given].filter((part) => part !== undefined).join(', ');
  if (main === '') return text(name.text);
  return title === undefined ? main : `${main} (${title})`;
}

function inForce(name: HumanName, now: number): boolean {
  const end = date(name.period?.end);
  return end === undefined || end.end > now;
}

/** Whether every letter of the name is Latin. */
function isLatin(name: HumanName): boolean {
  const words = [text(name.family), ...texts(name.given)].filter((word) => word !== undefined).join('');
  const whole = words === '' ? (text(name.text) ?? '') : words;
  return !/[^\p{Script=Latin}\P{L}]/u.test(whole);
}
