import type { SourceId } from '../../fhir/sources.ts';
import type {
  Allergy,
  Equipment,
  Immunisation,
  ListWarning,
  Medicine,
  Plan,
  Problem,
  Report,
  SupportReason,
  Team,
  Vital,
  Warning,
} from './facts.ts';
import type { Happening } from './happenings.ts';

export interface PersonName {
  use: 'official' | 'usual' | 'maiden';
  family: string;
  given: string[];
  prefix?: string;
  /** BCP 47, where the name is not written in Latin letters. */
  language?: string;
}

export interface Person {
  /** `p001`, stable: everything about the person is named from it. */
  key: string;
  /** Ten bare digits, from 999. */
  nhsNumber: string;
  names: PersonName[];
  gender: 'male' | 'female' | 'other';
  /** Instant of birth; only newborns' systems state the time. */
  birth: number;
  death?: { at: number; confirmedBy: readonly SourceId[] };
  /** A-Z, ethnic category 2001. */
  ethnicity: string;
  /** BCP 47 where an interpreter may be needed. */
  language?: string;
  phone: string;
  contact?: { relationship: string; name: PersonName; phone: string };
  household: string;
  /** ODS code of the GP practice, and the professional who is their usual GP. */
  practice: string;
  usualGp: string;
  /** Number the person goes by in each system that knows them. */
  localNumbers: Partial<Record<SourceId, string>>;
  /** NHS number verification status by system, where it is other than 01. */
  verification: Partial<Record<SourceId, string>>;
  /** How a system holds the names, where it differs. */
  namesIn: Partial<Record<SourceId, PersonName[]>>;
}

export interface Household {
  id: string;
  line: string;
  postcode: string;
  members: string[];
}

/** One person and all that happened to them, as it was, whoever knows of it. */
export interface Life {
  person: Person;
  /** The GP record holds nothing before this instant. */
  recordStart: number;
  happenings: Happening[];
  problems: Problem[];
  medicines: Medicine[];
  allergies: Allergy[];
  reports: Report[];
  vitals: Vital[];
  warnings: Warning[];
  plans: Plan[];
  teams: Team[];
  immunisations: Immunisation[];
  equipment: Equipment[];
  supportReasons: SupportReason[];
  listWarnings: ListWarning[];
}

export interface Borough {
  /** Epoch milliseconds everything is told as at. */
  now: number;
  seed: number;
  households: Household[];
  lives: Life[];
}
