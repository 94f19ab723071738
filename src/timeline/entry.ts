import type { Resource } from 'fhir/r4';
import type { PartialDate } from '../../fhir/partial-date.ts';

/** Care settings, in the order they are always listed (timeline.md, Settings). */
export const lanes = ['gp', 'hospital', 'urgent', 'community', 'mental-health', 'social-care', 'patient'] as const;
export type Lane = (typeof lanes)[number];

export const laneNames: Record<Lane, string> = {
  gp: 'GP',
  hospital: 'Hospital',
  urgent: 'Out of hours and 111',
  community: 'Community',
  'mental-health': 'Mental health',
  'social-care': 'Social care',
  patient: 'Shared by the person',
};

/** What kind of row it is (look.md, Rows). */
export type Kind =
  | 'gp-consultation'
  | 'gp-call'
  | 'emergency'
  | 'stay'
  | 'outpatient'
  | 'urgent-call'
  | 'urgent-visit'
  | 'community-visit'
  | 'mental-health-contact'
  | 'visit'
  | 'booking'
  | 'care-request'
  | 'assessment'
  | 'review'
  | 'package'
  | 'letter'
  | 'results'
  | 'home-reading';

/**
 * Where an entry stands in its own life. `open` has no recorded end (pinned under Now); `unknown` is a past booking
 * nobody said was kept (misreading 6); `entered-in-error` entries are never rows.
 */
export type State = 'planned' | 'open' | 'closed' | 'cancelled' | 'missed' | 'unknown';

/** One source's own statement of an event: a FHIR resource as it was read. */
export interface Statement {
  /** `Type/id`. */
  reference: string;
  resource: Resource;
  /** Source id (`emis`, …), another system's name, or undefined when nobody said. */
  source: string | undefined;
  /** ODS code or name of the organisation that states it (Provenance tag). */
  organisation: string | undefined;
}

/** A part of a stay: a ward and when, as the source states it. */
export interface WardMove {
  place: string;
  start: PartialDate | undefined;
  end: PartialDate | undefined;
}

/** One source's telling of an event that several tell of (T4). */
export interface Witness {
  /** The entry as this source alone tells it. */
  entry: Entry;
  /** Why it was taken for the same event, in words: `same visit number`; undefined for the one that leads. */
  because: string | undefined;
}

/** Where the witnesses of one event differ, with what each says; the row names it (misreading 10). */
export interface Difference {
  what: 'time' | 'place' | 'kind' | 'reason' | 'outcome' | 'state';
  /** Each telling once, by the key of the witness's entry. */
  said: readonly { key: string; words: string }[];
}

/** What an entry that several sources tell of stands on. */
export interface Joined {
  /** At least two; the first gives the row its title, place and order. */
  witnesses: readonly Witness[];
  differences: readonly Difference[];
}

/** Another row that may be the same event and is kept apart; both rows name each other. */
export interface UnsurePair {
  /** Key of the other entry, as it stands in the feed. */
  key: string;
  /** What speaks for it, in words. */
  because: string;
  /** What keeps them apart, in words: `times differ by 3 hours`. */
  apart: string;
}

/** How an entry differs from what this reader saw before (T14). */
export interface News {
  how: 'new' | 'changed';
  /** Since when, epoch milliseconds: the reader's last sitting, or the reading before this one. */
  since: number;
}

/** One row of the timeline: what happened, in words, with the statements it stands on. */
export interface Entry {
  /** `Type/id` of its first statement; stable while the record loads. */
  key: string;
  kind: Kind;
  lane: Lane;
  state: State;
  /** Kind first, then the source's own reason: `GP consultation: cough`. */
  title: string;
  /** Second line: place, team, role, outcome; only what a source states. Shown joined by a middle dot. */
  detail: string[];
  /** Up to three short facts: `5 nights`, `emergency`. */
  facts: string[];
  /** Cautions shown on the row in words: `No discharge recorded`, `Not known if attended`, `Event date not known`. */
  cautions: string[];
  /** When it happened; undefined stands under "Date not known" (T1). */
  start: PartialDate | undefined;
  end: PartialDate | undefined;
  /** True when it lasts (a stay, a package): it may be open-ended. */
  lasting: boolean;
  /** Ward moves, and `partOf` children one level down. */
  moves: WardMove[];
  children: Entry[];
  /** Every source resource this row stands for: its own, nested and joined ones. */
  statements: Statement[];
  /** Set where several sources tell of it (T4). */
  joined?: Joined;
  /** Set where another row may be the same event. */
  unsure?: readonly UnsurePair[];
  /** Set where it was received or changed since this reader last looked (T14). */
  news?: News & { words: string };
}
