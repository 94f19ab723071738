/**
 * What is kept in the place of something that was too large to be kept: no format reads it as a message, so it stands
 * among the dead letters and somebody is told that there was something.
 * @param why a sentence without patient data
 * @param told what its sender would look for it by, such as a message's header
 */
export function refusalNotice(why: string, told = ''): Buffer {
  return Buffer.from(`Not taken in. ${why}\n${told}`.trim(), 'latin1');
}
