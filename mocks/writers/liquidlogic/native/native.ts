import { date, dateTime, dayAt, hour } from '../../../borough/clock.ts';
import { organisations } from '../../../borough/places.ts';
import { professionals, type Professional } from '../../../borough/professionals.ts';
import type { Borough } from '../../../borough/truth.ts';
import type { NativeMessage } from '../../native.ts';
import { asAtOf } from '../../pen.ts';
import { csvOf, type Line } from './columns.ts';
import { extensionPerson } from './extension-people.ts';
import { linesOf, type Export } from './return-lines.ts';

/** People in one message of the extension. */
const peopleAMessage = 500;

/**
 * Tells what the council knows in its own two formats: the national return (a file of all that came before, the last whole
 * quarter, last night's), then the extension, whose first message has the council's teams and staff.
 */
export function* writeLiquidlogicNative(borough: Borough): Iterable<NativeMessage> {
  const asAt = asAtOf('liquidlogic', borough.now);
  const quarter = lastQuarter(date(asAt));
  const history: Export = { from: '1990-01-01', to: dayBefore(quarter.from), release: 1 };
  const running: Export = { from: dayAfter(quarter.to), to: date(asAt), release: 2 };
  const sent = Date.parse(`${quarter.to}T12:00:00Z`) + 20 * 24 * hour;
  yield returnFile('cld-706-history.csv', borough, history, Math.min(sent, asAt) - 2 * hour, true);
  const whole = linesFor(borough, quarter);
  const label = `cld-706-${quarter.from}-${quarter.to}-whole-${whole.length}.csv`;
  yield message('client-level-data', label, Math.min(sent, asAt) - hour, csvOf(whole, false));
  yield returnFile(`cld-706-${running.to}.csv`, borough, running, asAt, false);
  yield* extensionMessages(borough, asAt);
}

function linesFor(borough: Borough, made: Export): Line[] {
  return borough.lives.flatMap((life) => linesOf(life, borough, made));
}

function returnFile(label: string, borough: Borough, made: Export, at: number, counted: boolean): NativeMessage {
  return message('client-level-data', label, at, csvOf(linesFor(borough, made), counted));
}

function message(format: string, label: string, at: number, bytes: Uint8Array): NativeMessage {
  return { source: 'liquidlogic', format, label, at, subject: undefined, bytes };
}

function* extensionMessages(borough: Borough, asAt: number): Iterable<NativeMessage> {
  let people: object[] = [];
  let sent = 0;
  const flush = (): NativeMessage => {
    const body = {
      feed: 'social-care-extension',
      version: 1,
      council: '706',
      asAt: dateTime(asAt),
      ...(sent === 0 ? directory() : {}),
      people,
    };
    sent += 1;
    people = [];
    return message(
      'social-care-extension',
      `social-care-extension-${date(asAt)}-${sent}.json`,
      asAt + sent * 1000,
      new TextEncoder().encode(JSON.stringify(body)),
    );
  };
  for (const life of borough.lives) {
    const person = extensionPerson(life, borough);
    if (person !== undefined) people.push(person);
    if (people.length === peopleAMessage) yield flush();
  }
  if (people.length > 0 || sent === 0) yield flush();
}

function directory(): object {
  const held = organisations.filter(
    ({ ods, partOf, kind }) => ods === '706' || partOf === '706' || kind === 'provider',
  );
  return {
    organisations: held.map(({ ods, name, kind, partOf }) => ({
      id: ods,
      name,
      kind: kind === 'council' ? 'authority' : kind,
      partOf,
    })),
    staff: professionals.filter(({ organisation }) => organisation === '706').map(staffPart),
  };
}

function staffPart({ id, sdsUser, name, role, team }: Professional): object {
  return { id, name, sdsUserId: sdsUser, role: { code: role.code, name: role.name }, team };
}

/** The last quarter that was over by this day (councils' quarters begin in January, April, July and October). */
function lastQuarter(today: string): Export {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const first = Math.floor((month - 1) / 3) * 3 - 3;
  const day = (months: number, days: number): string =>
    new Date(Date.UTC(year, months, days, 12)).toISOString().slice(0, 10);
  return { from: day(first, 1), to: day(first + 3, 0), release: 2 };
}

function dayBefore(iso: string): string {
  return date(dayAt(Date.parse(`${iso}T12:00:00Z`), -1));
}

function dayAfter(iso: string): string {
  return date(dayAt(Date.parse(`${iso}T12:00:00Z`), 1));
}
