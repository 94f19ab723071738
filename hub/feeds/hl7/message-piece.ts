import { hash } from 'node:crypto';
import type { KeptPiece, Piece } from '../format.ts';
import type { About } from './part.ts';
import { readTime } from './date-time.ts';
import { readText, type Message } from './message.ts';

/** What a message says of one scope, kept under a name of its own: a fold of all of them does not depend on their order. */
interface Saying {
  scope: string;
  /** When it was said, as the message states it, where that is better known than by MSH-7. */
  at?: string;
  /** Which of two that were said at the same moment came later (a booking before its cancellation). */
  rank?: number;
  lines: readonly string[];
}

/**
 * A piece that holds part of a message. Its name tells when the message was sent, and a digest of what it says: the same
 * message sent twice is one piece, and two messages are never one because a sender counts its messages from 1 each day.
 */
export function messagePiece(message: Message, about: About, { scope, at, rank = 0, lines }: Saying): Piece {
  const content = message.excerpt(lines);
  const sent = instantOf(message.sentAt) ?? '';
  const number = message.controlId.padStart(20, '0');
  const name = [
    sent,
    String(rank).padStart(2, '0'),
    message.event,
    number,
    hash('sha256', content, 'hex').slice(0, 16),
  ].join(' ');
  return {
    subject: about.subject,
    scope,
    name,
    at: (at === undefined ? undefined : instantOf(at)) ?? about.at,
    content,
  };
}

/** A kept message, read again. */
export interface Said {
  event: string;
  /** ISO 8601 UTC. */
  at: string;
  message: Message;
}

/** The messages of a scope in the order they were said: by their own clock, then as sent, never as they arrived. */
export function saidIn(pieces: readonly KeptPiece[]): Said[] {
  return pieces
    .filter(({ content }) => content !== '')
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || compare(a.name, b.name))
    .map(({ name, at, content }) => ({ event: name.split(' ')[2] ?? '', at, message: readText(content) }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function instantOf(time: string): string | undefined {
  const { instant } = readTime(time);
  return instant === undefined ? undefined : new Date(instant).toISOString();
}
