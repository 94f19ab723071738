import { informationOf } from '../../../fhir/information-words.ts';
import { directoryTypes, isResourceType } from '../../../fhir/resource-types.ts';
import type { Line } from './read-line.ts';

/** What one reader did in one go. */
export interface Visit {
  key: string;
  who: string;
  own: boolean;
  role: string | undefined;
  organisation: string | undefined;
  from: string | undefined;
  /** Epoch milliseconds of the first and the last act. */
  start: number;
  end: number;
  /** What they did, each said once, in order. */
  did: readonly string[];
  /** Something was refused to them. */
  refused: boolean;
  /** Why they opened what was kept back; empty where no words came. Undefined where they did not. */
  glass: string | undefined;
}

/** A pause after which the same reader's next act counts as another visit. */
const pauseMs = 30 * 60_000;

/** Who somebody is, and the services themselves, stand beside whatever is read. */
const besideTypes: ReadonlySet<string> = new Set(['Patient', 'Provenance', 'List', 'RelatedPerson', ...directoryTypes]);

const actWords: Record<string, string> = {
  launch: 'opened the record',
  authorize: 'opened the record',
  print: 'printed it',
  'break-glass': 'opened what you keep back',
  'declare-relationship': 'said why they look',
  'revoke-relationship': 'ended their reason to look',
  create: 'added something',
  update: 'changed something',
  delete: 'took something out',
  everything: 'took a copy of it',
  history: 'read what it said before',
  'look-at-audit': 'looked at who looked',
  'review-broken-glass': 'looked into why it was opened',
  'look-at-worklist': 'checked who this record is about',
  'settle-match': 'decided who this record is about',
  'sign-on': 'signed in',
  'find-person': 'looked for you by name or number',
};

/** Acts that are part of others, or of no interest. */
const beside = new Set(['access', 'news', 'include', 'revinclude', 'bundle', 'sign-off', 'end-sessions']);

/** Lines as visits, the latest first: one reader, from one place, without a long pause. */
export function visitsOf(lines: readonly Line[]): Visit[] {
  const visits: { visit: Visit; last: number; lines: Line[] }[] = [];
  const open = new Map<string, (typeof visits)[number]>();
  for (const line of lines.toSorted((a, b) => a.at - b.at)) {
    const reader = [line.whoKey, line.who, line.from].join('|');
    const known = open.get(reader);
    if (known !== undefined && line.at - known.last <= pauseMs) {
      known.lines.push(line);
      known.last = line.at;
      continue;
    }
    const { who, own, role, organisation, from, at } = line;
    const visit: Visit = {
      key: `${at}|${reader}`,
      who,
      own,
      role,
      organisation,
      from,
      start: at,
      end: at,
      did: [],
      refused: false,
      glass: undefined,
    };
    const begun = { visit, last: at, lines: [line] };
    open.set(reader, begun);
    visits.push(begun);
  }
  return visits
    .map(({ visit, last, lines: of }) => ({ ...visit, end: last, ...whatWasDone(of) }))
    .toSorted((a, b) => b.start - a.start || (a.key < b.key ? -1 : 1));
}

function whatWasDone(lines: readonly Line[]): Pick<Visit, 'did' | 'refused' | 'glass'> {
  const served = lines.filter(({ refused }) => !refused);
  const acts = served.flatMap(({ act }) => actWords[act] ?? []);
  const read = served.filter(({ act }) => actWords[act] === undefined && !beside.has(act));
  const asked = read.flatMap(({ type }) => type ?? []).filter((type) => isResourceType(type) && !besideTypes.has(type));
  const types = informationOf(asked);
  // Of what was opened alone the hub does not tell others the type.
  const least = read.length > 0 ? ['read part of it'] : served.some(({ act }) => act === 'news') ? ['had it open'] : [];
  const rest = acts.length + types.length === 0 ? least : [];
  const glass = served.find(({ glassReason }) => glassReason !== undefined)?.glassReason;
  return {
    did: [...new Set([...acts, ...(types.length === 0 ? [] : [`read ${types.join(', ')}`]), ...rest])],
    refused: lines.some(({ refused }) => refused),
    glass: glass ?? (served.some(({ throughGlass }) => throughGlass) ? '' : undefined),
  };
}
