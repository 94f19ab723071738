import type { SourceId } from '../../fhir/sources.ts';
import type { Label, Term } from './facts.ts';

export type Hospital = 'RKE' | 'RRV';
export type Channel = 'In-person' | 'Telephone' | 'Video';

/** What every event has. Instants are epoch milliseconds; without `end` it is not over, or it has no length. */
interface Event {
  id: string;
  start: number;
  end?: number;
  labels?: readonly Label[];
  /** How badly it was written down, where a story needs that; the event itself still happened at `start`. */
  recorded?: Recording;
}

/** The record's faults: dates stated otherwise or in part, elements left out, staff nobody can resolve. */
export interface Recording {
  start?: string;
  end?: string;
  omit?: readonly ('class' | 'type' | 'period' | 'reason')[];
  unknownStaff?: true;
}

export interface Diagnosis {
  term: Term;
  certainty: 'confirmed' | 'suspected' | 'refuted';
}

export interface GpContact extends Event {
  kind: 'gp';
  mode: 'surgery' | 'nurse' | 'phone' | 'video' | 'home' | 'online';
  practice: string;
  staff: string;
  reason: Term;
  outcome?: string;
}

export interface Emergency extends Event {
  kind: 'emergency';
  hospital: Hospital;
  visitNumber: string;
  staff: string;
  arrival: 'ambulance' | 'walk-in';
  reason: Term;
  diagnosis?: Diagnosis;
  outcome: 'admitted' | 'home' | 'left';
  stay?: string;
}

export interface Stay extends Event {
  kind: 'stay';
  hospital: Hospital;
  visitNumber: string;
  specialty: string;
  staff: string;
  /** NHS Data Dictionary ADMISSION METHOD and SOURCE OF ADMISSION. */
  admission: string;
  admittedFrom: string;
  wards: { ward: string; start: number; end?: number }[];
  reason: Term;
  diagnoses: Diagnosis[];
  procedures: { id: string; term: Term; at: number }[];
  discharge?: { method: string; destination: string; words: string };
}

export interface Outpatient extends Event {
  kind: 'outpatient';
  hospital: Hospital;
  visitNumber: string;
  specialty: string;
  clinic: string;
  staff: string;
  channel: Channel;
  reason: Term;
  /** NHS Data Dictionary OUTCOME OF ATTENDANCE. */
  outcome?: '1' | '2' | '3';
}

interface UrgentCall extends Event {
  kind: 'urgent-call';
  caseNumber: string;
  reason: Term;
  advice: string;
  visit?: string;
}

interface UrgentVisit extends Event {
  kind: 'urgent-visit';
  caseNumber: string;
  place: 'base' | 'home';
  staff: string;
  reason: Term;
  outcome: string;
  call?: string;
}

export interface CommunityVisit extends Event {
  kind: 'community';
  visitNumber: string;
  place: 'home' | 'clinic';
  team: string;
  staff: string;
  reason: Term;
  outcome: string;
}

export interface MentalHealthContact extends Event {
  kind: 'mental-health';
  visitNumber: string;
  channel: Channel;
  team: string;
  staff: string;
  reason: Term;
}

export interface Booking extends Event {
  kind: 'booking';
  /** ODS code of who will see the person. */
  organisation: string;
  /** Specialty code, where it is a hospital's. */
  specialty?: string;
  service: string;
  place: string;
  staff?: string;
  channel: Channel;
  booked: number;
  status: 'booked' | 'kept' | 'cancelled' | 'missed';
  cancelled?: { by: 'person' | 'service'; reason: string };
  attendance?: string;
  reason?: Term;
}

export interface CareRequest extends Event {
  kind: 'care-request';
  from: { code: string; text: string };
  reason: { code: string; text: string };
  team: string;
  status: 'open' | 'closed';
  outcome?: string;
}

export interface CareAssessment extends Event {
  kind: 'care-assessment';
  type: { code: string; text: string };
  team: string;
  staff: string;
  status: 'accepted' | 'in-progress' | 'completed' | 'cancelled';
  outcome?: { code: string; text: string };
  asCarer?: true;
  request?: string;
  summary?: string;
}

export interface CareReview extends Event {
  kind: 'care-review';
  planned: boolean;
  team: string;
  staff: string;
  status: 'accepted' | 'in-progress' | 'completed' | 'cancelled';
  outcome?: { code: string; text: string };
  package?: string;
}

export interface CarePackage extends Event {
  kind: 'care-package';
  category: { code: string; text: string };
  type: { code: string; text: string };
  /** What was arranged, in words: `Reablement package`. */
  title: string;
  provider: string;
  status: 'planned' | 'active' | 'onhold' | 'finished';
  history: { status: 'planned' | 'active' | 'onhold' | 'finished'; start: number; end?: number }[];
  staff: string;
  assessment?: string;
  nextReview?: number;
}

export interface Letter extends Event {
  kind: 'letter';
  from: string;
  title: string;
  text: string;
  author: string;
  about?: string;
  /** Who holds a copy: the writer's system and, when it was sent, the GP's. */
  tellers: readonly SourceId[];
  /** How the GP's staff filed it. With `entry` they also entered the hospital's event themselves, from the letter. */
  filed?: { at: number; entry?: { start: string; end?: string; quotesVisitNumber: boolean } };
  /** What the hospital's document store holds it as; without it, plain text inline. */
  form?: 'page' | 'pdf' | 'scan' | 'rtf';
  /** Stands below the text, in the forms that have tables. */
  table?: LetterTable;
}

export interface LetterTable {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Measured by the person at home and shared. */
interface Reading extends Event {
  kind: 'reading';
  type: 'blood-pressure' | 'weight' | 'oxygen' | 'glucose';
  values: number[];
  device: string;
}

export type Happening =
  | GpContact
  | Emergency
  | Stay
  | Outpatient
  | UrgentCall
  | UrgentVisit
  | CommunityVisit
  | MentalHealthContact
  | Booking
  | CareRequest
  | CareAssessment
  | CareReview
  | CarePackage
  | Letter
  | Reading;

export type HappeningOf<K extends Happening['kind']> = Extract<Happening, { kind: K }>;
