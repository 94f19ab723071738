import type { ResourceType } from '../../fhir/resource-types.ts';

/** A kind of information that the person may share or keep back, and that a role may or may not need. */
export const kinds = ['general', 'mental', 'sexual', 'social'] as const;
export type Kind = (typeof kinds)[number];

/**
 * On what ground a reader reads: the launching system has the person as its own (`system`); the reader said why (`agrees`,
 * `cannot`, `absent`); it is the person (`self`); a registered service (`service`); or none, and then nothing but who the person is.
 */
export type Ground = 'system' | 'agrees' | 'cannot' | 'absent' | 'self' | 'service' | 'none';

/** One thing that the person's choices deny; what is not named is denied whole. */
export interface Denial {
  toOrganisation: string | undefined;
  fromSource: string | undefined;
  kind: Kind | undefined;
}

/** What is known when access is decided: one read of the store at every request, nothing remembered between requests. */
export interface AccessFacts {
  /** Job role code (SDS), a council's role, `person` or `service`. */
  role: string;
  /** ODS code of the reader's organisation. */
  organisation: string;
  ground: Ground;
  /** The glass was broken in this very authorization. */
  brokeGlass: boolean;
  denials: readonly Denial[];
}

/** What one source says, as far as it is kept back: its rows with any of the bits, and those of kind `general`. */
export interface SourceDenial {
  source: string;
  bits: number;
  general: boolean;
}

/** What the policy and the person's choices leave of one record for one reader. */
export interface Access {
  ground: Ground;
  brokeGlass: boolean;
  /** Bits (hub/access/labels.ts) of rows that are not given. */
  denied: number;
  /** Those of them of whose rows nothing is said, either. */
  unsaid: number;
  /** Sources none of whose rows are given. */
  deniedSources: readonly string[];
  /** Those of them of whose rows nothing is said, either. */
  unsaidSources: readonly string[];
  /** Sources of whose rows some kinds are not given. */
  deniedInPart: readonly SourceDenial[];
  /** Whether rows of no label and of no social care source are given. */
  general: boolean;
  /** Whether nothing is said of those, either. */
  unsaidGeneral: boolean;
  /** Whose rows are of the kind `social`. */
  socialSources: readonly string[];
  /** The only types given, where it is not the whole record: who the person is. */
  onlyTypes: readonly ResourceType[] | undefined;
}
