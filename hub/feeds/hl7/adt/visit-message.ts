import type { KeptPiece } from '../../format.ts';
import { readTime, type ReadTime } from '../date-time.ts';
import { readText, type Message, type Segment } from '../message.ts';
import { order, visitSteps, type VisitStep } from './events.ts';
import { lookUp } from '../look-up.ts';

/** What one message said of a visit. */
export interface VisitMessage {
  step: VisitStep;
  event: string;
  message: Message;
  /** When it happened (EVN-6, else EVN-2). */
  occurred: ReadTime;
  /** EVN-6 alone: only where it is stated does it name which move is undone. */
  stated: ReadTime;
}

/** Segments of a message that speak of the visit; whom it is about is told apart. */
const parts: ReadonlySet<string> = new Set(['EVN', 'PV1', 'PV2', 'DG1', 'PR1']);

/** A message as its visit keeps it: these segments, in its own words. */
export function keptOf(message: Message): string {
  return message.excerpt(message.segments.filter(isPart).map(({ raw }) => raw));
}

function isPart({ name }: Segment): boolean {
  return parts.has(name);
}

/**
 * All that was said of a visit, in the order its source said it; at one moment in the order it must have happened, so that
 * the same messages in any order of arrival, each any number of times, come to the same.
 */
export function inOrder(pieces: readonly KeptPiece[]): VisitMessage[] {
  const kept = pieces.flatMap(({ name, at, content }) => {
    const [event = ''] = name.split(' ');
    const step = lookUp(visitSteps, event);
    return step === undefined || content === '' ? [] : [{ step, event, at, content }];
  });
  kept.sort(
    (a, b) => compare(a.at, b.at) || order.indexOf(a.step) - order.indexOf(b.step) || compare(a.content, b.content),
  );
  return kept.map(({ step, event, content }) => {
    const message = readText(content);
    const evn = message.first('EVN');
    const stated = readTime(evn?.at(6) ?? '');
    const occurred = stated.value === undefined ? readTime(evn?.at(2) ?? '') : stated;
    return { step, event, message, occurred, stated };
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
