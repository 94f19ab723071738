import { isFile, isProse, textOf } from './oru-value.ts';
import type { Order, ResultLines } from './oru-groups.ts';
import type { Segment } from './message.ts';

/** One result as it stands: its lines (prose comes as several), what is said of it, and how far along it is. */
export interface Result {
  key: string;
  /** More than one only for prose. */
  lines: Segment[];
  notes: Segment[];
  /** OBX-11; '' when none is stated. */
  status: string;
}

/** One test of a report after everything that was said of it. */
export interface Panel {
  key: string;
  /** Orders that told of it, the last one first: what that does not state, an earlier one did. */
  orders: Order[];
  results: Result[];
}

/**
 * All that was said of a report, oldest first, as its tests: partial reports grow, a correction replaces the results it
 * names and no others, a result taken back (D) is gone.
 */
export function foldOrders(said: readonly (readonly Order[])[]): Panel[] {
  const panels = new Map<string, Panel & { byKey: Map<string, Result> }>();
  for (const orders of said) {
    const seen = new Map<string, number>();
    for (const order of orders) {
      const key = numbered(testKey(order.obr), seen);
      const panel = panels.get(key) ?? { key, orders: [], results: [], byKey: new Map<string, Result>() };
      panels.set(key, panel);
      panel.orders.unshift(order);
      for (const result of resultsOf(order)) replace(panel.byKey, result);
    }
  }
  return [...panels.values()].map(({ key, orders, byKey }) => ({ key, orders, results: [...byKey.values()] }));
}

function replace(results: Map<string, Result>, result: Result): void {
  const before = results.get(result.key);
  if (result.status === 'D') results.delete(result.key);
  // U makes final what was sent before, without sending it again.
  else if (result.status === 'U' && before !== undefined && result.lines.every((line) => textOf(line) === '')) {
    results.set(result.key, { ...before, status: 'U' });
  } else if (result.status === 'B' && before !== undefined) results.set(result.key, appended(before, result));
  else results.set(result.key, result);
}

/** Text that was added to a text (B): some laboratories send the whole again, some only what is new. */
function appended(before: Result, added: Result): Result {
  const [old, fresh] = [before, added].map(({ lines }) => lines.map(textOf).join('\n'));
  if (old === undefined || fresh === undefined || fresh.includes(old)) return added;
  if (old.includes(fresh)) return { ...before, status: 'B' };
  const notes = [...before.notes, ...added.notes];
  return { ...added, lines: [...before.lines, ...added.lines], notes };
}

/** OBR-4, by which a test is known within its report. */
function testKey(obr: Segment): string {
  return obr.at(4) || obr.at(4, 2) || obr.at(4, 4) || 'test';
}

/** The results of one order; lines of prose under one name are one text, corrected as a whole. */
function resultsOf(order: Order): Result[] {
  const numbersLines = lineNumbering(order.results);
  const results = new Map<string, Result>();
  const seen = new Map<string, number>();
  for (const { obx, notes } of order.results) {
    const prose = isProse(obx);
    const name = prose ? obx.at(3) || 'text' : nameOf(obx);
    const part = prose && numbersLines.has(name) ? '' : obx.at(4);
    const whole = [name, part, prose ? 'text' : ''].filter((each) => each !== '').join(' ');
    const key = prose ? whole : numbered(whole, seen);
    const status = obx.at(11).toUpperCase();
    const before = prose ? results.get(key) : undefined;
    if (before === undefined) results.set(key, { key, lines: [obx], notes: [...notes], status });
    else {
      before.lines.push(obx);
      before.notes.push(...notes);
      before.status = before.status || status;
    }
  }
  return [...results.values()];
}

function nameOf(obx: Segment): string {
  const name = obx.at(3) || obx.at(3, 2) || obx.at(3, 4) || 'result';
  return isFile(obx) ? `${name} file` : name;
}

/** Names of prose whose OBX-4 only counts its lines; where results share a number it groups them (organisms) instead. */
function lineNumbering(results: readonly ResultLines[]): Set<string> {
  const numbers = new Map<string, string[]>();
  const grouping = new Set<string>();
  for (const { obx } of results) {
    if (!isProse(obx)) grouping.add(obx.at(4));
    else {
      const name = obx.at(3) || 'text';
      numbers.set(name, [...(numbers.get(name) ?? []), obx.at(4)]);
    }
  }
  grouping.delete('');
  return new Set(
    [...numbers]
      .filter(
        ([, stated]) =>
          stated.every((each, at) => Number(each) === at + 1) && !stated.some((each) => grouping.has(each)),
      )
      .map(([name]) => name),
  );
}

/** A key that was met before in the same message, told apart by its place among its like. */
function numbered(key: string, seen: Map<string, number>): string {
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return count === 1 ? key : `${key}#${count}`;
}
