import type { Address, ContactPoint, HumanName } from 'fhir/r4';
import type { JsonObject } from '../../../resource/json.ts';
import { period } from './datatypes.ts';
import { allWords, objects, oneOf, some, whole, words } from './read.ts';

export function humanNames(value: unknown): HumanName[] | undefined {
  return some(objects(value).map(humanName));
}

function humanName(sent: JsonObject): HumanName | undefined {
  const name = {
    use: oneOf(sent['use'], ['usual', 'official', 'temp', 'nickname', 'anonymous', 'old', 'maiden']),
    text: words(sent['text']),
    family: words(sent['family']),
    given: some(allWords(sent['given'])),
    prefix: some(allWords(sent['prefix'])),
    suffix: some(allWords(sent['suffix'])),
    period: period(sent['period']),
  };
  return name.text === undefined && name.family === undefined && name.given === undefined ? undefined : name;
}

/** `Dr David Example`, as a reader who cannot follow a reference has it. */
export function spokenName(value: unknown): string | undefined {
  const [first] = humanNames(value) ?? [];
  if (first === undefined) return undefined;
  const { text, prefix = [], given = [], family } = first;
  const spoken = [...prefix, ...given, ...(family === undefined ? [] : [family])].join(' ');
  return spoken === '' ? text : spoken;
}

export function telecoms(value: unknown): ContactPoint[] | undefined {
  return some(
    objects(value).map((sent): ContactPoint | undefined =>
      words(sent['value']) === undefined
        ? undefined
        : {
            // FHIR cpt-2: a value says what it is.
            system: oneOf(sent['system'], ['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other']) ?? 'other',
            value: words(sent['value']),
            use: oneOf(sent['use'], ['home', 'work', 'temp', 'old', 'mobile']),
            rank: whole(sent['rank'], 1),
            period: period(sent['period']),
          },
    ),
  );
}

export function address(sent: JsonObject): Address | undefined {
  const parts = {
    text: words(sent['text']),
    line: some(allWords(sent['line'])),
    city: words(sent['city']),
    district: words(sent['district']),
    state: words(sent['state']),
    postalCode: words(sent['postalCode']),
    country: words(sent['country']),
  };
  if (Object.values(parts).every((one) => one === undefined)) return undefined;
  return {
    use: oneOf(sent['use'], ['home', 'work', 'temp', 'old', 'billing']),
    type: oneOf(sent['type'], ['postal', 'physical', 'both']),
    ...parts,
    period: period(sent['period']),
  };
}

export function addresses(value: unknown): Address[] | undefined {
  return some(objects(value).map(address));
}
