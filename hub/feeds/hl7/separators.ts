import { UnusableMessage } from '../format.ts';

/** The characters a message is divided by, as its MSH-1 and MSH-2 state them. */
export interface Separators {
  field: string;
  component: string;
  repetition: string;
  /** Empty where the sender states none: then nothing is escaped. */
  escape: string;
  /** Empty where the sender states none. */
  subcomponent: string;
}

/**
 * What MSH-1 and MSH-2 say. @throws UnusableMessage when they cannot divide anything: letters or digits, one character
 * for two purposes, or no component separator; a guess here could put one person's data into another's field.
 */
export function separatorsOf(header: string): Separators {
  const field = header.charAt(3);
  const encoding = header.slice(4).split(field, 1)[0] ?? '';
  // A fifth character (v2.7) marks what was cut short.
  const [component = '', repetition = '', escape = '', subcomponent = ''] = encoding;
  const stated = [field, component, repetition, escape, subcomponent].filter((each) => each !== '');
  const sound = stated.length >= 3 && new Set(stated).size === stated.length;
  if (!sound || stated.some((each) => /[\p{L}\p{N}\s"]/u.test(each))) {
    throw new UnusableMessage('MSH-1 and MSH-2 do not state how the message is divided.');
  }
  return { field, component, repetition, escape, subcomponent };
}
