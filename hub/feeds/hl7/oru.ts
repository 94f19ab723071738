import { hash } from 'node:crypto';
import { UnusableMessage, type Sorted, type Told } from '../format.ts';
import { messagePiece, saidIn } from './message-piece.ts';
import type { Message } from './message.ts';
import { foldOrders } from './oru-fold.ts';
import { ordersOf, type Order } from './oru-groups.ts';
import { reportOf } from './oru-report.ts';
import { stageOf } from './oru-status.ts';
import type { Part } from './part.ts';

/**
 * Results (ORU R01): a laboratory's report is all that was said under its number, so that partial ones grow, corrections
 * replace what they name, and any order of messages comes to the same.
 */
export const results: Part = {
  codes: ['ORU'],
  scopes: ['report'],
  sort(message, about): Sorted {
    const orders = ordersOf(message);
    if (orders.length === 0) throw new UnusableMessage('It reports on no order (OBR).');
    const byNumber = new Map<string, Order[]>();
    const doubts: string[] = [];
    for (const order of orders) {
      const number = numberOf(order);
      if (number === undefined) doubts.push('A report without a number: known by its content');
      const key =
        number ?? `unnumbered-${hash('sha256', order.segments.map(({ raw }) => raw).join('\r'), 'hex').slice(0, 16)}`;
      byNumber.set(key, [...(byNumber.get(key) ?? []), order]);
    }
    const visit = message.segments.filter(({ name }) => name === 'PV1' || name === 'PV2').map(({ raw }) => raw);
    const pieces = [...byNumber].map(([number, numbered]) =>
      messagePiece(message, about, {
        scope: `report ${number}`,
        at: changedAt(numbered),
        rank: Math.max(...numbered.map(({ obr }) => stageOf(obr.at(25).toUpperCase()))),
        lines: [...visit, ...numbered.flatMap(({ segments }) => segments.map(({ raw }) => raw))],
      }),
    );
    return { pieces, links: [], doubts };
  },
  async tell({ subject, organisation, scope }, pieces, dialect): Promise<Told> {
    const said = saidIn(pieces);
    const newest = said.map(({ message }) => message).toReversed();
    const holder = {
      subject,
      organisation,
      number: scope.slice('report '.length),
      dialect,
      visit: visitIn(newest),
      newest,
      sent: said.at(-1)?.at,
    };
    const told = foldOrders(said.map(({ message }) => ordersOf(message))).map((panel) => reportOf(panel, holder));
    return { resources: told.flatMap((each) => each.resources), doubts: told.flatMap((each) => each.doubts) };
  },
};

/** The laboratory's own number of the report (OBR-3, else ORC-3), else that of the order; with its namespace, where stated. */
function numberOf({ obr, orc }: Order): string | undefined {
  for (const [segment, field] of [
    [obr, 3],
    [orc, 3],
    [obr, 2],
    [orc, 2],
  ] as const) {
    const number = segment?.at(field) ?? '';
    if (number !== '') return [number, segment?.at(field, 2) ?? ''].filter((part) => part !== '').join(' ');
  }
  return undefined;
}

/** When the laboratory last changed it (OBR-22): a report that is merely sent again later does not stand over its correction. */
function changedAt(orders: readonly Order[]): string | undefined {
  const times = orders.map(({ obr }) => obr.at(22)).filter((time) => /^\d{12}/.test(time));
  return times.toSorted().at(-1);
}

function visitIn(newest: readonly Message[]): string {
  const stating = newest.map((message) => message.first('PV1')).find((pv1) => pv1?.states(19) === true);
  return stating?.at(19) ?? '';
}
