import type { Piece } from '../../format.ts';
import type { Message, Segment } from '../message.ts';
import type { About } from '../part.ts';

/** PID fields that say which person it is, and belong together: a number without its status is another statement. */
const identityFields = [2, 3, 4, 32];

/** PID fields that each stand for themselves: an empty one says nothing, and what was said before stays. */
const ownFields = [5, 7, 8, 9, 11, 13, 14, 15, 16, 22, 24, 25, 29, 30];

/** PD1: practice, GP, and whether the record is to be protected. */
const doctorFields = [3, 4, 12];

/** Segments that are told as a list: the last list counts, and a message without one says nothing of it. */
const lists = ['NK1', 'AL1'];

/**
 * Who the person is, as pieces: one for each thing a message can say alone, so that an update with empty fields erases
 * nothing, null (`""`) takes back, and any order of messages comes to the same. What a laboratory or a clinic copied into
 * its own message (`copy`) never stands against what the patient system says itself.
 */
export function personPieces(message: Message, { subject, at }: About): Piece[] {
  const prefix = message.code === 'ADT' ? '' : 'copy ';
  const pieces: Piece[] = [];
  const add = (name: string, lines: readonly string[] | undefined): void => {
    const content = lines === undefined ? '' : message.excerpt(lines);
    pieces.push({ subject, scope: 'person', name: `${prefix}${name}`, at, content });
  };
  const each = (segment: Segment | undefined, fields: readonly number[]): void => {
    for (const field of fields) {
      if (segment?.states(field) !== true) continue;
      add(`${segment.name}-${field}`, segment.isNull(field) ? undefined : [segment.only([field])]);
    }
  };
  const pid = message.first('PID');
  if (pid !== undefined) add('PID-3', [pid.only(identityFields)]);
  each(pid, ownFields);
  each(message.first('PD1'), doctorFields);
  for (const name of lists) {
    const segments = message.all(name);
    if (segments.length > 0)
      add(
        name,
        segments.map(({ raw }) => raw),
      );
  }
  return pieces;
}
