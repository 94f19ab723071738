import type { Borough } from '../../borough/truth.ts';
import type { NativeMessage } from '../native.ts';
import { asAtOf } from '../pen.ts';
import { type AdastraCase, batchAfter, casesOf, endOf } from './cases.ts';
import { caseDocument } from './write-case.ts';
import { reportMessage } from './write-report.ts';

/**
 * The borough as Adastra sends it: batches at 23:10, the 111 reports of a batch before its cases. A case that is still open
 * when its first batch leaves is in it as far as it has come, and whole in the next.
 */
export function* writeAdastraNative(borough: Borough): Iterable<NativeMessage> {
  const asAt = asAtOf('adastra', borough.now);
  const messages = borough.lives
    .flatMap(casesOf)
    .flatMap((held) => messagesOf(held, borough))
    .filter(({ at }) => at <= asAt);
  yield* messages.sort((a, b) => a.at - b.at || rank(a) - rank(b));
}

function messagesOf(held: AdastraCase, borough: Borough): NativeMessage[] {
  const raised = Math.min(...[...held.calls, ...held.visits].map(({ start }) => start));
  const first = batchAfter(held.calls[0]?.end ?? raised);
  const last = batchAfter(endOf(held));
  const message = (format: string, label: string, at: number, text: string): NativeMessage => {
    return { source: 'adastra', format, label, at, subject: held.guid, bytes: Buffer.from(text, 'utf8') };
  };
  const report = held.habits.reported ? reportMessage(held, borough) : undefined;
  return [
    ...(report === undefined ? [] : [message('nhs-111-cda', `111-${held.guid}.xml`, first, report)]),
    ...[...new Set([first, last])].map((at) =>
      message(
        'adastra-case',
        `case-${held.guid}-${new Date(at).toISOString().slice(0, 10)}.xml`,
        at,
        caseDocument(held, borough, at),
      ),
    ),
  ];
}

function rank({ format }: NativeMessage): number {
  return format === 'nhs-111-cda' ? 0 : 1;
}
