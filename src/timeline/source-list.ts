import { type SourceFacts, sourceLine } from './completeness.ts';
import { capital } from './words.ts';

/** One source as the list of sources shows it. */
export interface ListedSource {
  id: string;
  name: string;
  status: SourceFacts['status'];
  /** How old its data is; undefined where the line above the list says it. */
  age: string | undefined;
  startsFrom: string | undefined;
  /** What the hub adds on a source that is not well. */
  message: string | undefined;
}

export interface SourceList {
  /** The age that several sources share, said once: `as at 22-Nov-2026 13:54`. */
  sharedAge: string | undefined;
  connected: ListedSource[];
  /** By name; the hub knows of them and reads nothing from them (misreading 3). */
  notConnected: string[];
}

/** As the settings are ordered: GP, hospitals, out of hours, council, the person; other hubs' sources after them. */
const order = ['emis', 'system-c', 'carecast', 'adastra', 'liquidlogic', 'patient'];

/** The sources in the order of their settings, those that are not connected apart, and a shared age said once. */
export function sourceList(sources: readonly SourceFacts[]): SourceList {
  const connected = sources
    .filter(({ status }) => status !== 'not-connected')
    .map((source) => ({ ...sourceLine(source), source }))
    .sort((a, b) => place(a.source) - place(b.source));
  const sharedAge = mostShared(connected.filter(isWellAndDated).map(({ age }) => age));
  return {
    sharedAge,
    connected: connected.map(({ name, age, startsFrom, source }) => ({
      id: source.id,
      name,
      status: source.status,
      age: source.status === 'ok' && age === sharedAge ? undefined : age,
      startsFrom,
      message: source.status === 'ok' ? undefined : messageOf(source),
    })),
    notConnected: sources.filter(({ status }) => status === 'not-connected').map((source) => sourceLine(source).name),
  };
}

/** The name stands above it already. */
function messageOf({ name, message }: SourceFacts): string | undefined {
  return message === undefined ? undefined : capital(message.replace(`${name}: `, ''));
}

function place({ id }: SourceFacts): number {
  const known = order.indexOf(id);
  return known < 0 ? order.length : known;
}

function isWellAndDated({ source }: { source: SourceFacts }): boolean {
  return source.status === 'ok' && source.asAt !== undefined;
}

/** The text that stands most often, where it stands more than once. */
function mostShared(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most !== undefined && most[1] > 1 ? most[0] : undefined;
}
