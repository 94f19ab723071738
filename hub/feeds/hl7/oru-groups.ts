import { UnusableMessage } from '../format.ts';
import type { Message, Segment } from './message.ts';

/** One OBX with the comments under it. */
export interface ResultLines {
  obx: Segment;
  notes: Segment[];
}

/** One order of a message: an OBR and what belongs to it. */
export interface Order {
  orc: Segment | undefined;
  obr: Segment;
  notes: Segment[];
  results: ResultLines[];
  specimens: Segment[];
  /** Every segment of it, in the order sent. */
  segments: Segment[];
}

/**
 * The orders of an ORU, each with its own results (HL7 v2.4, 7.3.1). An ORC stands before the OBRs it belongs to, and marks
 * all of them. Segments nobody here reads (TQ1, CTI) are kept with their order.
 * @throws UnusableMessage when results stand before any order: whose test they are would be a guess.
 */
export function ordersOf(message: Message): Order[] {
  const orders: Order[] = [];
  let orc: Segment | undefined;
  for (const segment of message.segments) {
    const order = orders.at(-1);
    if (segment.name === 'ORC') orc = segment;
    else if (segment.name === 'OBR') {
      orders.push(newOrder(orc, segment));
    } else if (order === undefined) {
      if (segment.name === 'OBX') throw new UnusableMessage('It has results (OBX) before any order (OBR).');
    } else {
      order.segments.push(segment);
      if (segment.name === 'OBX') order.results.push({ obx: segment, notes: [] });
      else if (segment.name === 'NTE') (order.results.at(-1)?.notes ?? order.notes).push(segment);
      else if (segment.name === 'SPM') order.specimens.push(segment);
    }
  }
  return orders;
}

function newOrder(orc: Segment | undefined, obr: Segment): Order {
  const segments = orc === undefined ? [obr] : [orc, obr];
  return { orc, obr, notes: [], results: [], specimens: [], segments };
}
